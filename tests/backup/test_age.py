"""How old the last good backup may be before somebody is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import time_machine

from khabarayn.backup.age import backup_state
from khabarayn.jobs.outbox import BACKUP, beat
from khabarayn.settings import Settings
from khabarayn.store.db import now

SETTINGS = Settings(backup_url="/backup")


def test_only_what_is_asked_for_can_be_late(app_context):
    assert backup_state(Settings()).late is False
    assert backup_state(SETTINGS).late is True
    beat(BACKUP)
    state = backup_state(SETTINGS)
    assert (state.regular, state.late) == (True, False)
    assert state.at is not None


def test_a_quarter_of_an_hour_or_five_missed_ones_are_too_long(app_context):
    beat(BACKUP)
    for seconds, minutes in ((60, 15), (3600, 300)):
        settings = replace(SETTINGS, backup_seconds=seconds)
        for more, late in ((-1, False), (1, True)):
            with time_machine.travel(now() + timedelta(minutes=minutes + more), tick=False):
                assert backup_state(settings).late is late
