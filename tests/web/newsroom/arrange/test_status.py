"""The admin reads how the house is, and who schedules is told when the worker is missed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from factories.feed import feed

from khabarayn.jobs.outbox import BACKUP, beat, rest
from khabarayn.search.index import reindex
from khabarayn.settings import VERSION
from khabarayn.store.db import db, now
from khabarayn.store.models import OutboxRow
from khabarayn.store.schema import newest

PAGE = "/newsroom/status"
MISSED = "العامل متوقف"


def test_only_an_admin_reads_it(enter):
    assert enter("chief").get(PAGE).status_code == 403
    assert enter("admin").get(PAGE).status_code == 200


def test_a_sound_house_says_so(app, enter):
    app.config["KHABARAYN"] = replace(app.config["KHABARAYN"], backup_url="/backup")
    with app.app_context():
        for _step in reindex():
            pass
        beat()
        beat(BACKUP)
    said = enter("admin").get(PAGE).text
    for words in ("يعمل", "سليم", "مكتمل", VERSION, newest()):
        assert f">{words}<" in said.replace("الترحيل ", ">"), words
    assert "لا يعمل" not in said
    assert "متأخر" not in said


def test_each_trouble_is_told(app, enter, monkeypatch):
    admin = enter("admin")
    app.config["KHABARAYN"] = replace(app.config["KHABARAYN"], backup_url="/backup")
    usage = SimpleNamespace(free=100 * 1024 * 1024)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    with app.app_context():
        db.session.add(OutboxRow(topic="relabel", payload={}, created_at=now()))
        feed(failures=3, answered_at=now() - timedelta(days=3))
        feed(answered_at=now())
        db.session.commit()
    said = admin.get(PAGE).text
    for words in (
        "لا يعمل",
        "لا نسخة سليمة بعد.",
        "يكاد يمتلئ",
        "متأخر",
        "أقدمها منذ",
        "لا تجيب منذ أيام: 1",
    ):
        assert words in said, words


@pytest.mark.parametrize(("role", "told"), [("writer", False), ("editor", True), ("admin", True)])
def test_a_worker_that_died_is_told_on_every_page_to_who_schedules(app, enter, role, told):
    person = enter(role)
    with app.app_context():
        beat()
    assert MISSED not in person.get("/newsroom/").text
    app.extensions["khabarayn.watch"] = type(app.extensions["khabarayn.watch"])()
    with time_machine.travel(now() + timedelta(minutes=2), tick=True):
        assert (MISSED in person.get("/newsroom/").text) is told


def test_a_worker_that_never_was_is_missed_once_something_waits_for_long(app, enter):
    editor = enter("editor")
    assert MISSED not in editor.get("/newsroom/").text
    with app.app_context():
        beat()
        rest()
        made = now() - timedelta(minutes=6)
        db.session.add(OutboxRow(topic="relabel", payload={}, created_at=made))
        db.session.commit()
    app.extensions["khabarayn.watch"] = type(app.extensions["khabarayn.watch"])()
    assert MISSED in editor.get("/newsroom/").text
