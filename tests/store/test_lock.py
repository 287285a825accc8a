"""One process holds a SQLite file for long; a second one is told which."""

from __future__ import annotations

import os
from dataclasses import replace
from multiprocessing import get_context

import pytest

from khabarayn.settings import Settings
from khabarayn.store.lock import LockHeld, hold_database, lock_path


def _hold_and_end(settings: Settings) -> None:
    hold_database(settings)
    os._exit(9)  # without closing anything, as a killed process does


def test_a_second_holder_is_told_the_process_of_the_first(settings):
    held = hold_database(settings)
    assert held is not None
    with pytest.raises(LockHeld) as error:
        hold_database(settings, seconds=0)
    assert error.value.pid == str(os.getpid())
    held.close()
    again = hold_database(settings, seconds=0)
    assert again is not None
    again.close()


def test_the_lock_of_a_process_that_died_is_free(settings):
    child = get_context("spawn").Process(target=_hold_and_end, args=(settings,))
    child.start()
    child.join(60)
    assert child.exitcode == 9
    held = hold_database(settings, seconds=0)
    assert held is not None
    held.close()


def test_only_its_owner_may_read_the_lock(settings):
    held = hold_database(settings)
    path = lock_path(settings)
    assert held is not None
    assert path is not None
    assert path.stat().st_mode & 0o777 == 0o600
    held.close()


@pytest.mark.parametrize("url", ["postgresql://localhost/paper", "sqlite://"])
def test_a_database_that_locks_for_itself_needs_no_file(settings, url):
    other = replace(settings, database_url=url)
    assert lock_path(other) is None
    assert hold_database(other) is None
