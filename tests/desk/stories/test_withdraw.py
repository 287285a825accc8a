"""A withdrawn story leaves every list at once, and its address says why and what replaced it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from factories.story import BY, MORNING, proposal
from sqlalchemy import func, select

from khabarayn.article.story import WithdrawnStory
from khabarayn.desk.front.bulletin import announce
from khabarayn.desk.front.front_page import FrontPlace, compose_front
from khabarayn.desk.refused import AllWrong, Refused
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.step import OutOfTurn
from khabarayn.desk.stories.withdraw import REASON, withdraw
from khabarayn.store.db import db, now
from khabarayn.store.models import (
    BulletinRow,
    FrontRow,
    LinkRow,
    ListingRow,
    LogRow,
    SearchDocument,
)
from khabarayn.store.queries.story import article_by_id

pytestmark = pytest.mark.usefixtures("any_app_context")


def told(**given) -> str:
    public_id = draft(proposal(**given), BY)
    publish(public_id, BY, at=MORNING)
    return public_id


def rows(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_withdrawn_story_is_in_no_list_no_search_and_on_no_front_page():
    story = told()
    compose_front({0: FrontPlace(story)}, BY)
    announce("", timedelta(hours=1), BY, story)
    assert rows(ListingRow)
    assert rows(SearchDocument) == rows(FrontRow) == rows(BulletinRow) == 1
    withdraw(story, BY, "خبر غير صحيح")
    assert [rows(t) for t in (ListingRow, FrontRow, BulletinRow, SearchDocument)] == [0, 0, 0, 0]
    found = article_by_id(story)
    assert isinstance(found, WithdrawnStory)
    assert found.reason == "خبر غير صحيح"


def test_nothing_leads_to_a_withdrawn_story_any_more():
    tags = ("جسر الشمال", "وادي الرمان")
    first, second = told(tags=tags), told(tags=tags)
    assert rows(LinkRow)
    withdraw(first, BY, "خطأ")
    assert rows(LinkRow) == 0
    assert isinstance(article_by_id(first), WithdrawnStory)
    assert not isinstance(article_by_id(second), WithdrawnStory)


@pytest.mark.parametrize("said", ["{id}", "/a/{id}", "https://paper.example/en/a/{id}/slug?x=1#y"])
def test_what_stands_in_its_place_is_named_by_id_or_address(said):
    story, other = told(), told()
    withdraw(story, BY, "نُشر أدق منه", said.format(id=other))
    found = article_by_id(story)
    assert isinstance(found, WithdrawnStory)
    assert found.successor is not None
    assert found.successor.id == other


def test_a_reason_and_a_successor_that_will_not_do_are_told_at_once():
    story = told()
    with pytest.raises(AllWrong) as error:
        withdraw(story, BY, " ", "22222222")
    assert set(error.value.faults) == {"reason", "successor"}
    with pytest.raises(Refused):
        withdraw(story, BY, "س" * (REASON + 1))
    with pytest.raises(Refused):
        withdraw(story, BY, "خطأ", story)
    assert not isinstance(article_by_id(story), WithdrawnStory)


def test_withdrawing_twice_is_one_step_and_a_draft_cannot_be_withdrawn():
    story = told()
    withdraw(story, BY, "خطأ", at=now())
    withdraw(story, BY, "خطأ آخر")
    steps = select(func.count()).select_from(LogRow).where(LogRow.verb == "withdraw")
    assert db.session.scalar(steps) == 1
    with pytest.raises(OutOfTurn):
        withdraw(draft(proposal(), BY), BY, "خطأ")
