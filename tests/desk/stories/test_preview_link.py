"""A link shows the newest text of a story to whoever has it, until it ends or is revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from factories.story import BY, proposal
from factories.user import user
from sqlalchemy import func, select

from khabarayn.desk.by import By
from khabarayn.desk.permissions import Forbidden
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.preview_link import (
    MOST,
    behind,
    make_preview_link,
    prune_preview_links,
    revoke_preview_link,
)
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.revise import revise
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.store.db import db, now
from khabarayn.store.models import PreviewLinkRow
from khabarayn.store.queries.people import person_of
from khabarayn.store.queries.preview_links import preview_links

pytestmark = pytest.mark.usefixtures("any_app_context")


def somebody(role: str) -> By:
    row = user(role=role)
    db.session.commit()
    return By.of(person_of(row))


def test_it_shows_the_newest_revision_and_ends():
    writer = somebody("writer")
    story = draft(proposal(headline="أول صيغة"), writer)
    token = make_preview_link(story, 3, writer)
    assert behind(token).content.headline == "أول صيغة"
    revise(story, proposal(headline="ثاني صيغة"), writer)
    shown = behind(token)
    assert (shown.content.headline, shown.revision.number, shown.live) == ("ثاني صيغة", 2, False)
    with time_machine.travel(now() + timedelta(days=3, minutes=1), tick=False):
        assert behind(token) is None
        assert preview_links(story) == ()
        assert prune_preview_links() == 1


def test_revoked_it_shows_nothing_and_the_others_go_on():
    writer = somebody("writer")
    story = draft(proposal(), writer)
    first, second = (make_preview_link(story, 7, writer) for _ in range(2))
    links = preview_links(story)
    assert revoke_preview_link(story, links[1].id, writer)
    assert behind(first) is None
    assert behind(second) is not None
    assert not revoke_preview_link(story, links[1].id, writer)
    other = draft(proposal(), writer)
    assert not revoke_preview_link(other, links[0].id, writer)
    assert behind(second) is not None


def test_a_withdrawn_story_is_shown_to_nobody():
    story = draft(proposal(), BY)
    publish(story, BY)
    token = make_preview_link(story, 7, BY)
    assert behind(token).live
    withdraw(story, BY, "خبر غير صحيح")
    assert behind(token) is None


def test_nothing_in_the_database_opens_a_story():
    story = draft(proposal(), BY)
    token = make_preview_link(story, 7, BY)
    kept = db.session.scalar(select(PreviewLinkRow.digest))
    assert token not in kept
    assert behind(kept) is None
    assert behind("") is None


@pytest.mark.parametrize("days", [0, -1, 31, 10**9])
def test_a_link_lasts_from_one_day_to_thirty(days):
    story = draft(proposal(), BY)
    with pytest.raises(Refused):
        make_preview_link(story, days, BY)


def test_a_story_has_no_more_links_than_somebody_can_look_after():
    story = draft(proposal(), BY)
    for _ in range(MOST):
        make_preview_link(story, 1, BY)
    with pytest.raises(Refused, match="كثيرة"):
        make_preview_link(story, 1, BY)
    assert db.session.scalar(select(func.count()).select_from(PreviewLinkRow)) == MOST


def test_only_the_writer_of_a_story_and_editors_show_it_around():
    writer, other, editor = somebody("writer"), somebody("writer"), somebody("editor")
    story = draft(proposal(), writer)
    with pytest.raises(Forbidden):
        make_preview_link(story, 7, other)
    token = make_preview_link(story, 7, editor)
    with pytest.raises(Forbidden):
        revoke_preview_link(story, preview_links(story)[0].id, other)
    assert behind(token)
