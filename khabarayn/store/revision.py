"""The revision of what is public: a number that differs after every commit that readers can see.

It is kept in the database, in the transaction of the change itself, so that each process learns of
the commits of all. Every write counts but those into `PRIVATE_TABLES`: no verb has to say so, and
none can forget it.
"""

from __future__ import annotations

import re
import threading
import time
from typing import Any

from sqlalchemy import Connection, Engine, event, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from khabarayn.store.db import db

# Tables that no public page is made of, or only numbers that a page may tell a little later.
PRIVATE_TABLES = frozenset(
    [
        *("attempt", "beat", "day_count", "feed", "invitation", "log", "notification", "outbox"),
        *("passkey", "presence", "preview_link", "reads", "review_note", "search_state"),
        *("session", "story_draft", "translation_check", "user_account"),
    ]
)
# Seconds between two looks at the database; from when on everybody waits for the next one; and for
# how long a commit of this process, which may have failed, is looked for at every request.
EVERY, LATE, PATIENCE = 0.1, 1.0, 5.0
_READING = ("SELECT", "PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "SHOW")
_WRITE = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.I)
_SCHEMA = re.compile(r"\s*(?:CREATE|DROP|ALTER)\b", re.I)
_READ_NUMBER = text("SELECT value FROM search_state WHERE name = 'public'")
_NEXT_NUMBER = text(
    "INSERT INTO search_state (name, value) VALUES ('public', 1)"
    " ON CONFLICT (name) DO UPDATE SET value = search_state.value + 1 RETURNING value"
)
_MARK = "khabarayn.public"


def is_public_write(statement: str) -> bool:
    """Say whether a statement of SQL may change what readers see; what is not understood may.

    >>> is_public_write("SELECT 1"), is_public_write("UPDATE tag SET name = 'x'")
    (False, True)
    """
    bare = statement.lstrip()
    if bare[:9].upper().startswith(_READING):
        return False
    write = _WRITE.match(bare)
    return write is None or write[1].lower() not in PRIVATE_TABLES


class PublicRevision:
    """The revision as this process knows it: looked at every `EVERY` seconds, and at each asking
    after a commit of its own until that is seen."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._number: int | None = None
        self._last_number: int | None = None
        self._has_table = False
        self._looked_at = float("-inf")
        # The last commit of this process that was not yet seen in the database, and its moment.
        self._awaited_number, self._awaited_at = 0, 0.0
        self._lock = threading.Lock()
        event.listen(engine, "before_cursor_execute", self._on_statement)
        event.listen(engine, "commit", self._on_commit)
        event.listen(engine, "rollback", self._on_rollback)

    @property
    def number(self) -> int | None:
        """The number; None while the database does not answer."""
        age = time.monotonic() - self._looked_at
        if not self._awaited_number and age < EVERY:
            return self._number
        # Where somebody is looking already, the others need not wait.
        is_urgent = self._awaited_number > 0 or age > LATE
        if self._lock.acquire(blocking=is_urgent):
            try:
                if self._awaited_number or time.monotonic() - self._looked_at >= EVERY:
                    self._poll()
            finally:
                self._lock.release()
        return self._number

    @property
    def last_number(self) -> int | None:
        """The number as it was when the database last answered; None where this process has
        committed since."""
        return None if self._awaited_number else self._last_number

    def _poll(self) -> None:
        awaited_number = self._awaited_number
        try:
            with self._engine.connect() as connection:
                number = connection.execute(_READ_NUMBER).scalar() or 0
        except SQLAlchemyError:
            number = None
        self._looked_at = time.monotonic()
        self._number = number
        if number is not None:
            self._last_number = number
        is_seen = number is not None and awaited_number <= number
        is_over = self._looked_at - self._awaited_at > PATIENCE
        if (is_seen or is_over) and self._awaited_number == awaited_number:
            self._awaited_number = 0

    def _on_statement(
        self, connection: Connection, _cursor: Any, statement: str, *_rest: Any
    ) -> None:
        if is_public_write(statement):
            connection.info[_MARK] = True
            if _SCHEMA.match(statement):
                self._has_table = False

    def _on_commit(self, connection: Connection) -> None:
        if connection.info.pop(_MARK, False) and self._is_ready(connection):
            number = connection.execute(_NEXT_NUMBER).scalar_one()
            self._awaited_number, self._awaited_at = number, time.monotonic()

    def _is_ready(self, connection: Connection) -> bool:
        """Say whether the table is there: not before its migration has run."""
        self._has_table = self._has_table or inspect(connection).has_table("search_state")
        return self._has_table

    def _on_rollback(self, connection: Connection) -> None:
        # A connection that broke took its mark along; asking for it would open another.
        if not connection.invalidated:
            connection.info.pop(_MARK, None)


def public_revision() -> PublicRevision:
    """Return the revision of the application's own database. Needs an application context."""
    return PublicRevision(db.engine)
