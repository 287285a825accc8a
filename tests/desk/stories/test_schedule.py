"""A story gets a time at which the worker publishes it, another one, or none."""

from __future__ import annotations

from datetime import timedelta

import pytest
from factories.story import BY, proposal
from factories.user import user
from sqlalchemy import select

from khabarayn.desk.by import By
from khabarayn.desk.permissions import Forbidden
from khabarayn.desk.refused import Refused, UnknownStory
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.schedule import schedule, unschedule
from khabarayn.desk.stories.step import OutOfTurn
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, LogRow, ReviewNoteRow
from khabarayn.store.queries.people import person_of

pytestmark = pytest.mark.usefixtures("any_app_context")


def by(role: str) -> By:
    row = user(role=role)
    db.session.commit()
    return By.of(person_of(row))


def row_of(public_id: str) -> ArticleRow:
    return db.session.scalars(select(ArticleRow).where(ArticleRow.public_id == public_id)).one()


def verbs() -> list[str]:
    return list(db.session.scalars(select(LogRow.verb).order_by(LogRow.id)))


def test_a_scheduled_story_waits_for_its_hour_and_may_be_given_another():
    story, hour = draft(proposal(), BY), now() + timedelta(hours=5)
    schedule(story, BY, hour, "بعد المؤتمر")
    assert (row_of(story).status, row_of(story).publish_at) == ("scheduled", hour)
    schedule(story, BY, hour + timedelta(hours=1))
    assert row_of(story).publish_at == hour + timedelta(hours=1)
    assert verbs() == ["draft", "schedule", "schedule"]
    assert [note.text for note in db.session.scalars(select(ReviewNoteRow))] == ["بعد المؤتمر"]


def test_the_same_hour_twice_is_one_step():
    story, hour = draft(proposal(), BY), now() + timedelta(hours=5)
    schedule(story, BY, hour)
    schedule(story, BY, hour)
    assert verbs() == ["draft", "schedule"]


@pytest.mark.parametrize("away", [timedelta(seconds=-1), timedelta(days=370)])
def test_an_hour_that_has_passed_or_is_years_away_is_refused(away):
    story = draft(proposal(), BY)
    with pytest.raises(Refused) as error:
        schedule(story, BY, now() + away)
    assert error.value.field == "at"
    assert row_of(story).status == "draft"


def test_a_writer_may_not_schedule_and_nothing_is_written():
    writer = by("writer")
    story = draft(proposal(), BY, owner_id=writer.id)
    with pytest.raises(Forbidden):
        schedule(story, writer, now() + timedelta(hours=1))
    assert row_of(story).publish_at is None


def test_a_published_story_has_no_hour_any_more():
    story = draft(proposal(), BY)
    publish(story, BY)
    with pytest.raises(OutOfTurn):
        schedule(story, BY, now() + timedelta(hours=1))


def test_without_its_hour_a_story_waits_for_an_editor_again():
    story = draft(proposal(), BY)
    schedule(story, BY, now() + timedelta(hours=5))
    editor = by("editor")
    unschedule(story, editor)
    unschedule(story, editor)  # a second click
    assert (row_of(story).status, row_of(story).publish_at) == ("review", None)
    assert verbs() == ["draft", "schedule", "unschedule"]


def test_a_story_that_is_not_there_cannot_be_scheduled():
    with pytest.raises(UnknownStory):
        schedule("22222222", BY, now() + timedelta(hours=1))
