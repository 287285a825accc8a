"""A person's badge counts the stories that concern them, and no story that is dealt with."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from factories.story import proposal
from factories.user import user

from khabarayn.desk.by import By
from khabarayn.desk.stories.delete_draft import delete_draft
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.notify import RETENTION, prune_notifications, see, see_all
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.publish_due import publish_due_stories
from khabarayn.desk.stories.return_story import return_story
from khabarayn.desk.stories.schedule import schedule
from khabarayn.desk.stories.submit import submit
from khabarayn.store.db import db, now
from khabarayn.store.queries.notifications import notifications_of, unseen_count
from khabarayn.store.queries.people import person_of

pytestmark = pytest.mark.usefixtures("any_app_context")


def somebody(role: str, **given) -> By:
    row = user(role=role, **given)
    db.session.commit()
    return By.of(person_of(row))


def badge(by: By) -> int:
    return unseen_count(by.own_id, sees_all=by.role in {"editor", "chief", "admin"})


def kinds(by: By) -> list[str]:
    found = notifications_of(by.own_id, sees_all=by.role in {"editor", "chief", "admin"})
    return [one.kind for one in found]


def waiting(writer: By) -> str:
    public_id = draft(proposal(), writer)
    submit(public_id, writer)
    return public_id


def test_what_is_submitted_counts_for_every_editor_and_for_nobody_else():
    writer, other = somebody("writer"), somebody("writer")
    editor, chief = somebody("editor"), somebody("chief")
    waiting(writer)
    assert [badge(one) for one in (editor, chief, writer, other)] == [1, 1, 0, 0]


def test_nobody_is_told_what_they_did_themselves():
    editor = somebody("editor")
    public_id = waiting(editor)
    assert badge(editor) == 0
    return_story(public_id, editor)
    assert badge(editor) == 0


def test_what_a_colleague_has_dealt_with_counts_no_more():
    writer, editor, chief = somebody("writer"), somebody("editor"), somebody("chief")
    public_id = waiting(writer)
    publish(public_id, editor)
    assert (badge(editor), badge(chief)) == (0, 0)
    # The list still says what it was told.
    assert kinds(chief) == ["submitted"]


def test_a_story_submitted_again_counts_once():
    writer, editor = somebody("writer"), somebody("editor")
    public_id = waiting(writer)
    return_story(public_id, writer)
    submit(public_id, writer)
    assert badge(editor) == 1
    assert kinds(editor) == ["submitted"]


def test_a_writer_sees_what_came_back_until_they_have_seen_it():
    writer, editor = somebody("writer"), somebody("editor")
    public_id = waiting(writer)
    return_story(public_id, editor, "أين المصدر؟")
    assert badge(writer) == 1
    assert notifications_of(writer.own_id, sees_all=False)[0].note == "أين المصدر؟"
    see(public_id, writer)
    assert badge(writer) == 0
    assert kinds(writer) == ["returned"]


def test_all_at_once_are_seen_by_one_person_alone():
    writer, editor, chief = somebody("writer"), somebody("editor"), somebody("chief")
    waiting(writer)
    waiting(writer)
    see_all(editor)
    assert (badge(editor), badge(chief)) == (0, 2)


def test_the_hour_is_told_to_the_writer_and_to_who_set_it():
    writer, editor, other = somebody("writer"), somebody("editor"), somebody("editor")
    public_id = draft(proposal(), writer)
    schedule(public_id, editor, now() + timedelta(minutes=5))
    with time_machine.travel(now() + timedelta(minutes=6), tick=False):
        assert publish_due_stories() == 1
    assert (kinds(writer), kinds(editor), kinds(other)) == (["published"], ["published"], [])


def test_a_missed_hour_without_an_editor_behind_it_is_told_to_all_of_them(monkeypatch):
    from khabarayn.desk.stories import publish_due

    def broken(*_args, **_given):
        raise RuntimeError("a disk is full")

    monkeypatch.setattr(publish_due, "put_out", broken)
    writer, gone, editor = somebody("writer"), somebody("editor"), somebody("editor")
    public_id = draft(proposal(), writer)
    schedule(public_id, gone, now() + timedelta(minutes=5))
    from khabarayn.store.models import UserRow

    db.session.get_one(UserRow, gone.own_id).active = False
    db.session.commit()
    with time_machine.travel(now() + timedelta(minutes=6), tick=False):
        publish_due_stories()
        assert (kinds(writer), kinds(editor)) == (["failed"], ["failed"])
        assert badge(writer) == badge(editor) == 1


def test_who_is_an_editor_no_more_is_told_nothing_of_others_stories():
    writer, editor = somebody("writer"), somebody("editor")
    waiting(writer)
    assert unseen_count(editor.own_id, sees_all=False) == 0
    assert notifications_of(editor.own_id, sees_all=False) == ()


def test_what_is_told_goes_with_the_story_and_with_time():
    writer, editor = somebody("writer"), somebody("editor")
    public_id = waiting(writer)
    return_story(public_id, editor, "اختصره.")
    delete_draft(public_id, writer)
    assert kinds(writer) == kinds(editor) == []
    waiting(writer)
    assert prune_notifications() == 0
    with time_machine.travel(now() + RETENTION + timedelta(days=1), tick=False):
        assert prune_notifications() == 1
    assert kinds(editor) == []
