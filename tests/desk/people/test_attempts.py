"""Tries to sign in are counted in the database: so many within a time, and no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from khabarayn.desk.people.attempts import (
    RETENTION,
    Limit,
    attempt,
    forgive,
    prune_attempts,
    use_once,
)
from khabarayn.store.db import db
from khabarayn.store.models import AttemptRow

pytestmark = pytest.mark.usefixtures("any_app_context")

MORNING = datetime(2026, 3, 1, 6, tzinfo=UTC)
THREE = Limit(3, timedelta(minutes=15))


def stored() -> int:
    return db.session.scalar(select(func.count()).select_from(AttemptRow)) or 0


def test_the_fourth_try_of_three_has_to_wait_until_the_first_is_old_enough():
    with time_machine.travel(MORNING, tick=False) as clock:
        for _ in range(3):
            assert attempt([("a", THREE)]).wait == 0
            clock.shift(timedelta(minutes=1))
        waiting = attempt([("a", THREE)])
        assert waiting.wait == 12 * 60 + 1
        clock.shift(timedelta(seconds=waiting.wait))
        assert attempt([("a", THREE)]).wait == 0


def test_a_refused_try_is_not_counted_so_knocking_does_not_lengthen_the_wait():
    with time_machine.travel(MORNING, tick=False):
        for _ in range(3):
            attempt([("a", THREE)])
        waits = {attempt([("a", THREE)]).wait for _ in range(5)}
        assert len(waits) == 1
        assert stored() == 3


def test_one_key_over_its_limit_refuses_the_try_under_all_of_them():
    one = Limit(1, timedelta(hours=1))
    with time_machine.travel(MORNING, tick=False):
        assert attempt([("pair", one), ("address", THREE)]).wait == 0
        assert attempt([("pair", one), ("address", THREE)]).wait == 3601
        # Of the address it was not counted either.
        assert [attempt([("address", THREE)]).wait for _ in range(3)] == [0, 0, 15 * 60 + 1]


def test_who_was_right_has_used_up_nothing():
    for _ in range(6):
        tried = attempt([("a", THREE)])
        assert tried.wait == 0
        forgive(tried.rows)
    assert stored() == 0
    forgive(())


def test_a_key_is_used_once_and_another_is_its_own():
    assert use_once("f" * 64)
    assert not use_once("f" * 64)
    assert use_once("e" * 64)


def test_tries_of_yesterday_are_forgotten_and_those_of_today_are_not():
    with time_machine.travel(MORNING, tick=False) as clock:
        attempt([("old", THREE)])
        clock.shift(RETENTION + timedelta(seconds=1))
        attempt([("new", THREE)])
        assert prune_attempts() == 1
    assert list(db.session.scalars(select(AttemptRow.key))) == ["new"]
