"""Newsroom sessions in the database, so that a session that was ended opens nothing even with its
cookie."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, or_, select, update

from khabarayn.store.db import commit, db, now
from khabarayn.store.models import SessionRow, UserRow
from khabarayn.store.queries.people import IDLE, LONGEST

# The time of last use is written no oftener than this, so that reading pages hardly writes.
SEEN_EVERY = timedelta(seconds=60)
# The row of an expired session stays so long: a form that comes late is kept for its person.
EXPIRED_RETENTION = timedelta(days=1)
_TOKEN_BYTES = 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class StoredSession:
    """A stored session: ``data`` as it was given to `update_session`."""

    id: int
    data: str
    seen_at: datetime


def new_token() -> str:
    """Return a new random token, the value of a session's cookie."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def well_formed(token: str) -> bool:
    """Say whether ``token`` has the form of one that `new_token` makes."""
    return _TOKEN.fullmatch(token) is not None


def digest_of(token: str) -> str:
    """Return the SHA-256 of ``token`` in hexadecimal; only this is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str) -> StoredSession | None:
    """Return the session of ``token``, unless it has been idle or open for too long."""
    moment = now()
    row = db.session.execute(
        select(SessionRow.id, SessionRow.data, SessionRow.seen_at).where(
            SessionRow.digest == digest_of(token),
            SessionRow.seen_at > moment - IDLE,
            SessionRow.made_at > moment - LONGEST,
        )
    ).first()
    return StoredSession(row.id, row.data, row.seen_at) if row else None


def was_somebodys(token: str) -> bool:
    """Say whether ``token`` opened somebody's session that has run out by itself; one that was
    ended on purpose is not remembered."""
    if not well_formed(token):
        return False
    whose = select(SessionRow.person_id).where(SessionRow.digest == digest_of(token))
    return db.session.scalar(whose) is not None


def begin(token: str, data: str, key: str, address: str, device: str) -> None:
    """Store a new session; ``key`` is the account's ``fs_uniquifier``, empty for a stranger."""
    moment = now()
    db.session.add(
        SessionRow(
            digest=digest_of(token),
            person_id=_person(key),
            data=data,
            made_at=moment,
            seen_at=moment,
            address=address[:45],
            device=device[:200],
        )
    )
    commit()


def update_session(number: int, data: str, address: str) -> None:
    """Store the session's data as it is now. One that was ended meanwhile stays ended."""
    db.session.execute(
        update(SessionRow)
        .where(SessionRow.id == number)
        .values(data=data, seen_at=now(), address=address[:45])
    )
    commit()


def end(number: int) -> None:
    """Delete the stored session with the row id ``number``; commits."""
    db.session.execute(delete(SessionRow).where(SessionRow.id == number))
    commit()


def end_own(person_id: int, number: int) -> bool:
    """End one of the person's sessions; say whether it was theirs."""
    result = db.session.execute(
        delete(SessionRow).where(SessionRow.id == number, SessionRow.person_id == person_id)
    )
    commit()
    return isinstance(result, CursorResult) and result.rowcount == 1


def end_others(person_id: int, current: int | None = None) -> None:
    """End every session of the person but the one numbered ``current``. The caller commits."""
    statement = delete(SessionRow).where(SessionRow.person_id == person_id)
    db.session.execute(statement if current is None else statement.where(SessionRow.id != current))


def prune_sessions() -> int:
    """Delete the sessions that have been over for a day; return how many there were."""
    moment = now() - EXPIRED_RETENTION
    over = or_(SessionRow.seen_at <= moment - IDLE, SessionRow.made_at <= moment - LONGEST)
    result = db.session.execute(delete(SessionRow).where(over))
    commit()
    return result.rowcount if isinstance(result, CursorResult) else 0


def _person(key: str) -> int | None:
    if not key:
        return None
    return db.session.scalar(select(UserRow.id).where(UserRow.fs_uniquifier == key))
