"""The worker does each intent once, and a killed one loses nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
import time_machine
from factories.outbox import outbox
from factories.story import BY, proposal
from sqlalchemy import func, select

from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.enter import RECONNECT
from khabarayn.desk.stories.publish import publish
from khabarayn.jobs.outbox import (
    ATTEMPTS,
    KEEP_DAYS,
    LEASE,
    beat,
    carry,
    prune,
    rest,
    sweep,
    worker_is_alive,
)
from khabarayn.store.db import db, now
from khabarayn.store.models import LinkRow, LogRow, OutboxRow
from khabarayn.worker import work

pytestmark = pytest.mark.usefixtures("any_app_context")


def left(topic: str, **payload) -> None:
    outbox(topic=topic, payload=payload)
    db.session.commit()


def open_rows() -> int:
    return db.session.scalar(
        select(func.count()).select_from(OutboxRow).where(OutboxRow.done_at.is_(None))
    )


def test_rows_are_done_once_in_order_and_unknown_topics_are_closed():
    seen = []
    for number in (1, 2, 3):
        left("count", number=number)
    left("nobody follows this")
    followers = {"count": (lambda payload: seen.append(payload["number"]),)}
    assert sweep(followers) == 4
    assert sweep(followers) == 0
    assert seen == [1, 2, 3]


def test_a_failing_row_waits_longer_each_time_and_hides_nothing_behind_it():
    tried = []

    def fail(payload):
        tried.append(now())
        raise RuntimeError("the network is down")

    left("bad")
    left("good")
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        assert sweep({"bad": (fail,)}) == 1
        assert sweep({"bad": (fail,)}) == 0
        for attempt in range(1, ATTEMPTS):
            clock.move_to(start + timedelta(minutes=2**attempt))
            sweep({"bad": (fail,)})
    assert len(tried) == ATTEMPTS
    assert open_rows() == 0


def test_what_a_follower_wrote_is_undone_with_its_failure():
    def half(payload):
        outbox(topic="written by half")
        raise RuntimeError

    left("half")
    sweep({"half": (half,)})
    topics = db.session.scalars(select(OutboxRow.topic)).all()
    assert topics == ["half"]


def test_without_a_worker_publishing_is_complete_by_itself():
    first = draft(proposal(), BY)
    publish(first, BY)
    second = draft(proposal(), BY)
    publish(second, BY)
    assert db.session.scalar(select(func.count()).select_from(LinkRow)) == 2
    assert RECONNECT not in db.session.scalars(select(OutboxRow.topic)).all()


def test_with_a_worker_the_neighbours_wait_for_it():
    first = draft(proposal(), BY)
    publish(first, BY)
    beat()
    assert worker_is_alive()
    second = draft(proposal(), BY)
    publish(second, BY)
    assert db.session.scalar(select(func.count()).select_from(LinkRow)) == 1
    rest()
    assert not worker_is_alive()
    assert work(once=True) == 3
    assert db.session.scalar(select(func.count()).select_from(LinkRow)) == 2
    assert work(once=True) == 0


def test_a_worker_that_fell_silent_counts_as_gone():
    beat()
    with time_machine.travel(now() + timedelta(minutes=5)):
        assert not worker_is_alive()


def test_old_rows_that_are_done_go_and_open_ones_stay():
    outbox(done_at=now() - timedelta(days=KEEP_DAYS + 1))
    outbox(created_at=now() - timedelta(days=400))
    db.session.commit()
    assert prune() == 1
    assert open_rows() == 1


SLOW = """
import os, sys, time
from khabarayn import create_app
from khabarayn.jobs.outbox import sweep
from khabarayn.store.db import db
from khabarayn.store.models import LogRow
from khabarayn.store.db import now

def slow(payload):
    db.session.add(LogRow(at=now(), who="worker", verb="did", detail={}))
    db.session.flush()
    print("in the middle", flush=True)
    time.sleep(float(sys.argv[1]))

with create_app().app_context():
    print(sweep({"slow": (slow,)}), flush=True)
"""


def test_a_killed_worker_loses_nothing_and_repeats_nothing(any_app):
    settings = any_app.config["KHABARAYN"]
    environment = {
        **os.environ,
        "KHABARAYN_DATA_DIR": str(settings.data_dir),
        "KHABARAYN_DATABASE_URL": settings.database_url,
        "KHABARAYN_SECRET_KEY": "for tests only, and nobody else's",
    }
    left("slow")
    db.session.remove()

    def worker(seconds: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", SLOW, seconds],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    with worker("60") as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "in the middle\n"
        first.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 30
    said = ""
    # PostgreSQL needs a moment to see that the connection is gone.
    while "1" not in said.splitlines() and time.monotonic() < deadline:
        with worker("0") as second:
            said, _ = second.communicate(timeout=60)
    assert "1" in said.splitlines()
    with worker("0") as third:
        assert third.communicate(timeout=60)[0].splitlines() == ["0"]
    assert (
        db.session.scalar(select(func.count()).select_from(LogRow).where(LogRow.verb == "did")) == 1
    )


def test_what_is_carried_is_left_by_the_sweep_and_ticked_off_by_the_carrier():
    seen = []
    left("letter", number=1)
    left("other")
    assert sweep({}, carry_topics=("letter",)) == 1
    assert carry("letter", lambda payload, _row: seen.append(payload["number"])) == 1
    assert carry("letter", lambda payload, _row: seen.append(payload["number"])) == 0
    assert seen == [1]
    assert open_rows() == 0


def test_while_something_is_carried_others_write_to_the_database():
    left("letter")

    def busy(_payload, _row):
        left("other")

    assert carry("letter", busy) == 1
    assert open_rows() == 1


def test_a_worker_killed_while_carrying_leaves_it_to_the_next_after_the_lease():
    left("letter")
    seen = []

    class Killed(BaseException):
        pass

    def killed(_payload, row):
        seen.append(row)
        raise Killed

    start = now()
    with time_machine.travel(start, tick=False) as clock:
        with pytest.raises(Killed):
            carry("letter", killed)
        db.session.rollback()
        assert carry("letter", lambda _payload, row: seen.append(row)) == 0
        clock.shift(LEASE + timedelta(seconds=1))
        assert carry("letter", lambda _payload, row: seen.append(row)) == 1
    assert len(seen) == 2
    assert seen[0] == seen[1]
    assert open_rows() == 0


def test_a_carrier_that_fails_ends_the_round_and_holds_up_nobody_in_the_next():
    tried = []

    def fail_first(payload, _row):
        tried.append(payload["number"])
        if payload["number"] == 1:
            raise RuntimeError("the machine is away")

    for number in (1, 2, 3):
        left("letter", number=number)
    with time_machine.travel(now(), tick=False) as clock:
        assert carry("letter", fail_first) == 0
        assert carry("letter", fail_first) == 2
        assert tried == [1, 2, 3]
        clock.shift(timedelta(hours=9))
        for _ in range(ATTEMPTS):
            carry("letter", fail_first)
            clock.shift(timedelta(hours=9))
    assert tried.count(1) == ATTEMPTS
    assert open_rows() == 0
