"""A letter tells a person of a story, sent by the worker to a real mail server, never by a form."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from factories.story import proposal
from factories.user import user
from sqlalchemy import func, select

from khabarayn.desk.by import By
from khabarayn.desk.people.mail_notices import LATEST, choose_mail_notices
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.notify import see
from khabarayn.desk.stories.return_story import return_story
from khabarayn.desk.stories.schedule import schedule
from khabarayn.desk.stories.submit import submit
from khabarayn.jobs.outbox import ATTEMPTS
from khabarayn.store.db import db, now
from khabarayn.store.models import OutboxRow
from khabarayn.store.queries.people import person_of
from khabarayn.worker import work


@pytest.fixture
def by_mail(app_context, mailbox):
    """The application with a mail server."""
    app_context.config["KHABARAYN"] = replace(
        app_context.config["KHABARAYN"],
        smtp_url=mailbox.url,
        base_url="https://paper.example",
        site_name="الشاطئ",
    )
    return mailbox


def somebody(role: str, **given) -> By:
    row = user(role=role, **given)
    db.session.commit()
    return By.of(person_of(row))


def address_of(by: By) -> str:
    from khabarayn.store.models import UserRow

    return db.session.get_one(UserRow, by.own_id).email


def open_letters() -> int:
    return db.session.scalar(
        select(func.count())
        .select_from(OutboxRow)
        .where(OutboxRow.done_at.is_(None), OutboxRow.topic == "letter")
    )


def submitted(writer: By, **given) -> str:
    public_id = draft(proposal(**given), writer)
    submit(public_id, writer, "الأرقام من الهيئة.")
    return public_id


def test_editors_get_a_letter_of_what_waits_for_them(by_mail):
    writer = somebody("writer", name="ليلى")
    editor, chief = somebody("editor"), somebody("chief")
    somebody("writer")
    somebody("editor", active=False)
    public_id = submitted(writer, headline="الميناء يستقبل OpenAI لأول مرة")
    assert not by_mail.letters
    work(once=True)
    assert {letter["To"] for letter in by_mail.letters} == {address_of(editor), address_of(chief)}
    letter = by_mail.letters[0]
    assert letter["Subject"] == "ينتظر المراجعة: الميناء يستقبل OpenAI لأول مرة"
    assert letter["From"] == "desk@khabarayn.example"
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_content().replace("\r\n", "\n")
    assert "ليلى" in text
    assert "الأرقام من الهيئة." in text
    assert f"https://paper.example/newsroom/stories/{public_id}\n" in text
    assert "https://paper.example/newsroom/account#letters" in text
    work(once=True)
    assert len(by_mail.letters) == 2


def test_the_address_in_a_letter_is_where_the_story_is_written(by_mail, app_context, enter):
    editor = enter("editor")
    public_id = submitted(somebody("writer"))
    work(once=True)
    text = by_mail.letters[0].get_content()
    assert f"https://paper.example/newsroom/stories/{public_id}" in text
    assert editor.get(f"/newsroom/stories/{public_id}").status_code == 200
    assert 'id="letters"' in editor.get("/newsroom/account").text


def test_a_writer_gets_a_letter_when_their_story_comes_back(by_mail):
    writer, editor = somebody("writer"), somebody("editor")
    public_id = submitted(writer)
    work(once=True)
    by_mail.letters.clear()
    return_story(public_id, editor, "أين تصريح المتحدث؟")
    work(once=True)
    assert [letter["To"] for letter in by_mail.letters] == [address_of(writer)]
    assert by_mail.letters[0]["Subject"].startswith("أُعيد إليك: ")
    assert "أين تصريح المتحدث؟" in by_mail.letters[0].get_content()


def test_writer_and_editor_hear_of_the_hour_kept_and_the_hour_missed(by_mail, monkeypatch):
    writer, editor = somebody("writer"), somebody("editor")
    kept, missed = (draft(proposal(), writer) for _ in range(2))
    for public_id in (kept, missed):
        schedule(public_id, editor, now() + timedelta(minutes=5))
    from khabarayn.desk.stories import publish_due

    put_out = publish_due.put_out

    def broken(public_id, *args, **given):
        if public_id == missed:
            raise RuntimeError("a disk is full")
        return put_out(public_id, *args, **given)

    monkeypatch.setattr(publish_due, "put_out", broken)
    with time_machine.travel(now() + timedelta(minutes=6), tick=False):
        work(once=True)
    heard = {(letter["To"], letter["Subject"].partition(":")[0]) for letter in by_mail.letters}
    people = (address_of(writer), address_of(editor))
    assert heard == {(to, words) for to in people for words in ("نُشر في موعده", "لم يُنشر في موعده")}


def test_who_switched_letters_off_gets_none_and_keeps_the_badge(by_mail):
    from khabarayn.store.queries.notifications import unseen_count

    writer, editor = somebody("writer"), somebody("editor")
    choose_mail_notices(False, editor)
    submitted(writer)
    work(once=True)
    assert not by_mail.letters
    assert unseen_count(editor.own_id, sees_all=True) == 1


def test_a_letter_that_waits_is_not_sent_of_what_was_seen_meanwhile(by_mail):
    writer, editor = somebody("writer"), somebody("editor")
    public_id = submitted(writer)
    see(public_id, editor)
    handled = submitted(writer)
    return_story(handled, editor, "ناقص.")
    work(once=True)
    assert [letter["To"] for letter in by_mail.letters] == [address_of(writer)]
    assert not open_letters()


def test_a_mail_server_that_is_away_gets_the_same_letter_later_once(by_mail):
    submitted(somebody("writer"))
    db.session.rollback()
    editor = somebody("editor")
    submitted(somebody("writer"))
    by_mail.away = True
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        work(once=True)
        assert not by_mail.letters
        assert open_letters() == 1
        by_mail.away = False
        work(once=True)
        assert not by_mail.letters
        clock.shift(timedelta(minutes=1, seconds=1))
        work(once=True)
        assert [letter["To"] for letter in by_mail.letters] == [address_of(editor)]
        clock.shift(timedelta(hours=1))
        work(once=True)
    assert len(by_mail.letters) == 1


def test_old_news_is_not_sent_when_the_mail_server_returns_days_later(by_mail):
    somebody("editor")
    submitted(somebody("writer"))
    with time_machine.travel(now() + LATEST + timedelta(hours=1), tick=False):
        work(once=True)
    assert not by_mail.letters
    assert not open_letters()


def test_a_letter_nobody_takes_is_given_up_after_the_last_try(by_mail):
    somebody("editor")
    submitted(somebody("writer"))
    by_mail.away = True
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(ATTEMPTS):
            work(once=True)
            clock.shift(timedelta(hours=3))
    assert not open_letters()
    assert not by_mail.letters


def test_without_a_mail_server_no_letter_waits_for_one(app_context):
    somebody("editor")
    submitted(somebody("writer"))
    assert open_letters() == 1
    work(once=True)
    assert not open_letters()
