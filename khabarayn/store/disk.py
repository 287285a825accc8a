"""How much room a disk has left, and how a database says that it can write nothing there."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy.exc import DBAPIError

# Free bytes: below the first writes may fail; below the second an edition may not fit.
FULL, SCANT = 200 * 1024 * 1024, 1024 * 1024 * 1024

# Of SQLite's codes the low byte names the kind of error.
_KIND = 0xFF
_NO_WRITING = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY}
_FAILED_WRITES = {
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
}
# PostgreSQL's states: no room on the disk, and a server or transaction that only reads.
_STATES = {"53100", "25006"}


def refuses_writing(error: DBAPIError) -> bool:
    """Say whether the database answered that it can write nothing: its disk is full, read-only or
    failing."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code in _FAILED_WRITES or code & _KIND in _NO_WRITING
    return getattr(error.orig, "sqlstate", None) in _STATES


@dataclass(frozen=True)
class Room:
    """``free`` in bytes."""

    free: int

    @property
    def level(self) -> Literal["ok", "warn", "bad"]:
        """Whether that is enough (ok), little (warn), or so little that writes may fail (bad)."""
        return "bad" if self.free < FULL else "warn" if self.free < SCANT else "ok"


def room_in(folder: Path) -> Room:
    """Return the room that whoever is not root finds on the disk of ``folder``. Raises
    ``OSError``."""
    return Room(shutil.disk_usage(folder).free)
