"""A new draft from an old story's text is a story of its own."""

from __future__ import annotations

import pytest
from factories.story import BY, proposal
from factories.user import user

from khabarayn.desk.by import By
from khabarayn.desk.permissions import Forbidden
from khabarayn.desk.stories.correct import correct
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.duplicate import duplicate
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.submit import submit
from khabarayn.store.db import db
from khabarayn.store.queries.people import person_of
from khabarayn.store.queries.revisions import editable_story, revisions_of
from khabarayn.store.queries.story import article_by_id
from khabarayn.store.queries.story_lists import notes_of, story_summary

pytestmark = pytest.mark.usefixtures("any_app_context")


def somebody(role: str) -> By:
    row = user(role=role)
    db.session.commit()
    return By.of(person_of(row))


def test_it_has_the_text_and_nothing_else_of_the_old_story():
    writer = somebody("writer")
    told = proposal(headline="أسعار الوقود هذا الأسبوع", origin_uri="wire:7", breaking=True)
    old = draft(told, BY)
    submit(old, BY, "راجعوه.")
    publish(old, BY)
    correct(old, BY, "السعر للتر لا للغالون.")
    new = duplicate(old, writer)
    assert new != old
    found, before = editable_story(new), editable_story(old)
    assert found.content.blocks == before.content.blocks
    assert found.content.headline == "أسعار الوقود هذا الأسبوع"
    assert (found.status, found.owner_id) == ("draft", writer.id)
    story = story_summary(new)
    assert (story.breaking, story.corrected, story.rev, story.published_at) == (
        False,
        False,
        0,
        None,
    )
    assert notes_of(new) == ()
    assert len(revisions_of(new)) == 1
    assert old in revisions_of(new)[0].note
    # The old one stands as it stood.
    assert article_by_id(old).corrections
    assert article_by_id(new) is None
    publish(new, BY)
    assert not article_by_id(new).corrections
    assert article_by_id(new).card.headline == article_by_id(old).card.headline


def test_who_may_not_read_a_story_may_not_copy_it():
    writer, contributor = somebody("writer"), somebody("contributor")
    old = draft(proposal(), writer)
    with pytest.raises(Forbidden):
        duplicate(old, contributor)
    publish(old, BY)
    assert duplicate(old, contributor)
