"""A lock file beside an SQLite file, held by the one process that may write it for long."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from sqlalchemy import make_url

from khabarayn.settings import Settings

# A process that was told to end may take this long, in seconds.
ENDING = 6.0


class LockHeld(Exception):
    """Another process holds the lock; ``pid`` is what it wrote there, "?" when it wrote nothing."""

    def __init__(self, pid: str) -> None:
        super().__init__(pid)
        self.pid = pid


def lock_path(settings: Settings) -> Path | None:
    """Return the lock's file, or None where the database locks for itself."""
    url = make_url(settings.database)
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database + ".lock")


def hold_database(settings: Settings, seconds: float = ENDING) -> IO[str] | None:
    """Hold the lock until what is returned is closed, or the process ends in whatever way.

    Waits for ``seconds``, then raises `LockHeld`. Several processes that write and checkpoint one
    WAL can corrupt it in SQLite before 3.51.3. Commands that end soon do not take the lock.
    """
    path = lock_path(settings)
    if path is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="ascii")
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() >= deadline:
                pid = file.read(20).strip() or "?"
                file.close()
                raise LockHeld(pid) from None
            time.sleep(0.1)
    # The pid only tells people who holds it: on a full disk the lock is held without it.
    with suppress(OSError):
        os.ftruncate(file.fileno(), 0)
        os.pwrite(file.fileno(), str(os.getpid()).encode(), 0)
    return file
