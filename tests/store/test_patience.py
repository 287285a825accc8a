"""A database that is stopped or locked costs each reader a moment, and the next ones nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from factories.story import story

from khabarayn.store.db import db
from khabarayn.store.patience import Breaker, breaker, waits

pytestmark = pytest.mark.trust


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    waits(0.5)
    yield
    waits(None)
    breaker.mend()


def timed(client, path: str) -> tuple[int, float]:
    begun = time.monotonic()
    status = client.get(path).status_code
    return status, time.monotonic() - begun


@contextmanager
def stopped(app) -> Iterator[None]:
    """Stop PostgreSQL and all its processes; they keep their connections and say nothing."""
    with app.app_context():
        backend = db.session.scalar(sa.text("SELECT pg_backend_pid()"))
        db.session.remove()
    server = int(Path(f"/proc/{backend}/stat").read_text("ascii").rsplit(")", 1)[1].split()[1])
    children = subprocess.run(["pgrep", "-P", str(server)], capture_output=True, text=True)
    pids = [server, *map(int, children.stdout.split())]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in reversed(pids):
            os.kill(pid, signal.SIGCONT)


@pytest.mark.postgres
def test_postgresql_stopped_costs_one_reader_a_moment_and_the_next_nothing(app_on_postgres):
    client = app_on_postgres.test_client()
    story(app_on_postgres)
    assert client.get("/").status_code == 200
    assert client.get("/sw.js").status_code == 200
    with stopped(app_on_postgres):
        status, seconds = timed(client, "/latest")
        assert status == 503
        assert seconds < 3
        for path in ("/latest", "/", "/readyz"):
            status, seconds = timed(client, path)
            assert status == 503
            assert seconds < 0.5
        for path in ("/healthz", "/sw.js"):
            status, seconds = timed(client, path)
            assert status == 200
            assert seconds < 0.5
    deadline = time.monotonic() + 15
    while client.get("/latest").status_code != 200 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert client.get("/latest").status_code == 200


def test_a_write_lock_held_elsewhere_keeps_no_reader_and_gives_writers_up_soon(app, client, enter):
    public_id = story(app)
    editor = enter("editor")
    path = Path(app.config["KHABARAYN"].data_dir) / "khabarayn.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for page in ("/", "/latest", "/healthz", "/sw.js", "/readyz"):
            status, seconds = timed(client, page)
            assert status == 200
            assert seconds < 1.5
        begun = time.monotonic()
        said = editor.post(f"/newsroom/stories/{public_id}", data={"headline": "نص"})
        assert said.status_code == 503
        assert time.monotonic() - begun < 4
        other.execute("ROLLBACK")


def test_an_open_breaker_lets_one_try_at_a_time():
    held = Breaker(seconds=0.1)
    assert not held.refuses()
    held.trip()
    assert held.refuses()
    time.sleep(0.11)
    assert [held.refuses(), held.refuses()] == [False, True]
    held.mend()
    assert not held.refuses()


def test_what_a_statement_was_given_stays_out_of_errors(app_context):
    with pytest.raises(sa.exc.SQLAlchemyError) as caught:
        db.session.execute(sa.text("SELECT :secret FROM nowhere"), {"secret": "كلمة سر"})
    assert "كلمة سر" not in str(caught.value)
