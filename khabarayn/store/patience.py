"""How long a thread waits for the database, and a circuit breaker, so that threads do not wait in
turn.

A database that is paused accepts statements and never answers, so the client must end the wait.
Threads that answer the web are given their patience by `waits`; commands and the worker have none
set and wait as long as it takes.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from typing import Any

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import Pool

# Seconds for threads without a limit: SQLite's locks are waited for so long, PostgreSQL without
# end.
SQLITE_SECONDS = 10.0
CONNECT_SECONDS = 2
_thread = threading.local()


def waits(seconds: float | None) -> None:
    """Give this thread its patience in seconds; None for no end."""
    _thread.seconds = seconds


def patience() -> float | None:
    """Return how long this thread waits for one statement, None for no end."""
    return getattr(_thread, "seconds", None)


class Breaker:
    """Opened by a database that does not answer; then only one thread in `seconds` tries again."""

    def __init__(self, seconds: float = 2.0) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        self._opens_at: float | None = None

    def trip(self) -> None:
        """The database did not answer."""
        with self._lock:
            self._opens_at = time.monotonic() + self.seconds

    def mend(self) -> None:
        """The database answered."""
        if self._opens_at is not None:
            with self._lock:
                self._opens_at = None

    def refuses(self) -> bool:
        """Say whether to give up at once; the one that may try holds the others back."""
        if self._opens_at is None:
            return False
        with self._lock:
            return self._holds_back()

    def _holds_back(self) -> bool:
        # Another thread may have closed the breaker while this one waited for the lock.
        if self._opens_at is None:
            return False
        moment = time.monotonic()
        if moment < self._opens_at:
            return True
        self._opens_at = moment + self.seconds
        return False


breaker = Breaker()


class PatientConnection(psycopg.Connection[Any]):
    """A connection to PostgreSQL that waits no longer than its thread does."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for an answer. Raises ``OperationalError`` when the thread's patience is over; the
        connection is closed then, because nobody knows what it would answer next."""
        try:
            answer = super().wait(gen, interval, timeout or patience())
        # psycopg has no public name for what its own `wait` raises when the time is over.
        except psycopg.errors._WaitTimeout as error:  # pyright: ignore[reportPrivateUsage]
            self.pgconn.finish()
            breaker.trip()
            raise psycopg.OperationalError("the database did not answer in time") from error
        breaker.mend()
        return answer


@event.listens_for(Engine, "do_connect")
def _connect(dialect: Any, _record: Any, arguments: Any, keywords: dict[str, Any]) -> Any:
    """Open PostgreSQL with a deadline; other engines in their own way."""
    if dialect.driver != "psycopg":
        return None
    _unless_broken()
    keywords = {"connect_timeout": CONNECT_SECONDS, **keywords}
    try:
        connection = PatientConnection.connect(*arguments, **keywords)
    except psycopg.OperationalError:
        breaker.trip()
        raise
    breaker.mend()
    return connection


@event.listens_for(Pool, "checkout")
def _checkout(connection: Any, _record: Any, _proxy: Any) -> None:
    if isinstance(connection, PatientConnection):
        _unless_broken()
    elif isinstance(connection, sqlite3.Connection):
        seconds = patience()
        wait = SQLITE_SECONDS if seconds is None else min(seconds, SQLITE_SECONDS)
        connection.execute(f"PRAGMA busy_timeout = {int(wait * 1000)}")


def _unless_broken() -> None:
    if patience() is not None and breaker.refuses():
        raise psycopg.OperationalError("the database has not answered of late")
