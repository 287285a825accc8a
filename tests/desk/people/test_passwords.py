"""Strangers who guess take one core at most, and never the readers'."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from khabarayn.desk.people import passwords

LONG = "حديقة خضراء وسط المدينة"


@pytest.fixture
def side_by_side(monkeypatch) -> list[int]:
    """How many were hashing at each beginning of a hash."""
    seen: list[int] = []
    busy = threading.Semaphore(100)

    class Hasher:
        def _work(self) -> bool:
            busy.acquire()
            seen.append(100 - busy._value)
            time.sleep(0.01)
            busy.release()
            return True

        def verify(self, _hash: str, _password: str) -> bool:
            return self._work()

        def hash(self, _password: str) -> str:
            return "hash" if self._work() else ""

    monkeypatch.setattr(passwords, "_hasher", Hasher())
    return seen


def test_of_eight_who_guess_one_is_heard_at_a_time(app_context, side_by_side):
    with ThreadPoolExecutor(8) as strangers:
        assert all(strangers.map(lambda n: passwords.fits("hash", f"{LONG} {n}"), range(8)))
    assert side_by_side == [1] * 8


def test_who_chooses_a_password_waits_for_those_who_guess(app_context, side_by_side):
    guesses = [threading.Thread(target=passwords.fits, args=("hash", LONG)) for _ in range(3)]
    for guess in guesses:
        guess.start()
    assert passwords.hash_password(LONG) == "hash"
    for guess in guesses:
        guess.join()
    assert side_by_side == [1] * 4
