"""The breaking-news strip: one at a time, for a while, about a published story or by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from factories.story import BY, proposal
from factories.user import user
from sqlalchemy import func, select

from khabarayn.desk.by import By
from khabarayn.desk.front.bulletin import LONGEST, TEXT, announce, end_bulletin
from khabarayn.desk.permissions import Forbidden
from khabarayn.desk.refused import AllWrong
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.store.db import db
from khabarayn.store.models import BulletinRow, LogRow
from khabarayn.store.queries.front import current_bulletin
from khabarayn.store.queries.people import person_of

pytestmark = pytest.mark.usefixtures("any_app_context")

HOUR = timedelta(hours=1)
MORNING = datetime(2026, 11, 10, 6, tzinfo=UTC)


def words() -> str:
    strip = current_bulletin()
    return strip.text if strip else ""


def test_a_strip_stands_for_its_time_and_a_second_one_takes_its_place():
    with time_machine.travel(MORNING, tick=False) as clock:
        announce("فيضان في الوادي", HOUR, BY)
        announce("إخلاء قرى الوادي", HOUR, BY)
        assert words() == "إخلاء قرى الوادي"
        clock.shift(HOUR + timedelta(seconds=1))
        assert words() == ""


def test_a_second_click_is_no_second_strip():
    with time_machine.travel(MORNING, tick=False) as clock:
        announce("فيضان في الوادي", HOUR, BY)
        announce("فيضان في الوادي", HOUR, BY)
        count = select(func.count()).select_from(BulletinRow)
        assert db.session.scalar(count) == 1
        clock.shift(timedelta(minutes=2))
        announce("فيضان في الوادي", HOUR, BY)
        assert db.session.scalar(count) == 2


def test_a_strip_about_a_story_says_its_short_headline_where_no_words_are_given():
    story = draft(proposal(short_headline="الجسر يُفتح"), BY)
    with pytest.raises(AllWrong) as error:
        announce("", HOUR, BY, story)
    assert list(error.value.faults) == ["story"]  # not published yet
    publish(story, BY)
    announce("", HOUR, BY, story)
    assert words() == "الجسر يُفتح"


def test_everything_wrong_with_a_strip_is_told_at_once():
    for text, lasts, wrong in (
        (" ", timedelta(0), ["text", "lasts"]),
        ("س" * (TEXT + 1), LONGEST + HOUR, ["text", "lasts"]),
    ):
        with pytest.raises(AllWrong) as error:
            announce(text, lasts, BY)
        assert list(error.value.faults) == wrong


def test_a_strip_is_taken_down_once_and_only_what_was_done_is_logged():
    announce("فيضان في الوادي", HOUR, BY)
    end_bulletin(BY)
    end_bulletin(BY)
    assert words() == ""
    assert list(db.session.scalars(select(LogRow.verb).order_by(LogRow.id))) == [
        "announce",
        "end_bulletin",
    ]


def test_an_editor_may_not_announce():
    row = user(role="editor")
    db.session.commit()
    with pytest.raises(Forbidden):
        announce("فيضان في الوادي", HOUR, By.of(person_of(row)))
