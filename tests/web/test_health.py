"""Two addresses tell a monitor whether the process lives, and whether it can serve."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import text

from khabarayn.jobs.outbox import beat
from khabarayn.store.db import db
from khabarayn.web import health


def test_a_living_process_says_so_without_a_database(app, client):
    with app.app_context():
        db.session.execute(text("DROP TABLE alembic_version"))
        db.session.commit()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok")
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_site_without_a_worker_serves_and_says_that_none_works(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.text.startswith("ready\nworker: ")


def test_a_site_with_a_worker_is_ready(app, client):
    with app.app_context():
        beat()
    assert client.get("/readyz").text == "ready"


def test_a_database_of_another_version_is_not_ready_and_says_what_to_do(app, client):
    with app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
        db.session.commit()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "0000" in answer.text
    assert "khabarayn init" in answer.text
    assert answer.headers["Retry-After"] == "5"


def test_however_many_ask_the_database_is_asked_once_a_second(monkeypatch):
    asked: list[float] = []

    def probe() -> tuple[int, str]:
        asked.append(time.monotonic())
        return 200, "ready"

    monkeypatch.setattr(health, "_probe", probe)
    known = health.Readiness()
    assert {known.now() for _ in range(50)} == {(200, "ready")}
    assert len(asked) == 1
    monkeypatch.setattr(health, "FRESH_SECONDS", 0.0)
    known.now()
    assert len(asked) == 2


def test_a_probe_that_fails_keeps_nobody_from_the_next(monkeypatch):
    def broken() -> tuple[int, str]:
        raise RuntimeError

    known = health.Readiness()
    monkeypatch.setattr(health, "_probe", broken)
    with pytest.raises(RuntimeError):
        known.now()
    monkeypatch.setattr(health, "_probe", lambda: (200, "ready"))
    assert known.now() == (200, "ready")
