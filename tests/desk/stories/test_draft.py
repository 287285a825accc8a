"""A proposal is stored once as a draft; the id of a story from elsewhere is that of its origin."""

from __future__ import annotations

import pytest
from factories.story import BY, proposal
from factories.user import user
from sqlalchemy import func, select

from khabarayn.article.identity import public_id
from khabarayn.desk.by import By
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.draft import AlreadyHere, draft
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, ListingRow, RevisionRow
from khabarayn.store.queries.people import person_of

pytestmark = pytest.mark.usefixtures("any_app_context")

ORIGIN = "https://wakala.example/2026/bridge"


def row_of(name: str) -> ArticleRow:
    return db.session.scalars(select(ArticleRow).where(ArticleRow.public_id == name)).one()


def count(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_draft_has_one_revision_and_stands_in_no_list():
    story = draft(proposal(), BY, digest="abc")
    assert (row_of(story).status, row_of(story).origin_digest) == ("draft", "abc")
    assert (count(RevisionRow), count(ListingRow)) == (1, 0)


def test_a_story_from_elsewhere_has_the_id_that_its_origin_decides_and_comes_in_once():
    story = draft(proposal(origin_uri=ORIGIN), BY)
    assert story == public_id(ORIGIN)
    with pytest.raises(AlreadyHere) as error:
        draft(proposal(origin_uri=ORIGIN), BY)
    assert error.value.public_id == story
    assert count(ArticleRow) == 1


def test_an_id_that_is_taken_is_given_to_no_second_story():
    first = draft(proposal(origin_uri=ORIGIN), BY)
    row_of(first).origin_uri = None
    db.session.commit()
    second = draft(proposal(origin_uri=ORIGIN), BY)
    assert second != first


def test_a_persons_draft_is_their_own_whatever_is_said_of_its_owner():
    one, other = user(role="writer"), user(role="writer")
    db.session.commit()
    writer, ids = By.of(person_of(one)), (one.id, other.id)
    assert row_of(draft(proposal(), writer, owner_id=ids[1])).owner_id == ids[0]
    assert row_of(draft(proposal(), BY, owner_id=ids[1])).owner_id == ids[1]


def test_a_draft_in_a_section_that_is_not_there_leaves_nothing_behind():
    with pytest.raises(Refused) as error:
        draft(proposal(section="nowhere"), BY)
    assert error.value.field == "section"
    db.session.rollback()
    assert (count(ArticleRow), count(RevisionRow)) == (0, 0)
