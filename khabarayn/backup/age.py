"""How old the last good backup is, for whoever looks after the site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from khabarayn.jobs.outbox import BACKUP, last_beat
from khabarayn.settings import Settings
from khabarayn.store.db import now

# Missing so many in a row, or for so long, is a fault.
MISSES, LATE = 5, timedelta(minutes=15)


@dataclass(frozen=True)
class BackupState:
    """``regular`` where the worker takes snapshots; ``at`` is when the last good one was, None for
    never; ``late`` when it is older than it may be."""

    regular: bool
    at: datetime | None
    late: bool


def backup_state(settings: Settings) -> BackupState:
    """Return the state of backups; costs a query where they are regular."""
    if not settings.backup_url:
        return BackupState(regular=False, at=None, late=False)
    at = last_beat(BACKUP)
    longest = max(LATE, MISSES * timedelta(seconds=settings.backup_seconds))
    return BackupState(regular=True, at=at, late=at is None or now() - at > longest)
