"""Changes of published stories since a phone last asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from khabarayn.store.db import db, now
from khabarayn.store.models import OutboxRow

TOPICS = ("published", "corrected", "withdrawn")
LIMIT = 200
# Numbers are given out before their transactions end: a lower one may still appear for a moment
# after a higher one was seen, so the newest rows are told again next time.
SETTLED = timedelta(seconds=20)


@dataclass(frozen=True)
class Change:
    """One word of the outbox; ``number`` is its place, ``id`` the story's public id."""

    number: int
    topic: str
    id: str
    rev: int
    reason: str


@dataclass(frozen=True)
class Changes:
    """Changes in the order they happened; ``rev`` is where to ask from next time."""

    rev: int
    rows: tuple[Change, ...]
    more: bool


def changes_since(since: int) -> Changes:
    """Return the changes after ``since``, `LIMIT` at most; for 0 (a phone that asks for the first
    time) only where to ask from."""
    if since == 0:
        return Changes(settled(), (), more=False)
    query = (
        select(OutboxRow)
        .where(OutboxRow.id > since, OutboxRow.topic.in_(TOPICS))
        .order_by(OutboxRow.id)
        .limit(LIMIT + 1)
    )
    found = db.session.scalars(query).all()
    rows = tuple(
        Change(
            row.id,
            row.topic,
            str(row.payload["id"]),
            int(row.payload.get("rev", 0)),
            str(row.payload.get("reason", "")),
        )
        for row in found[:LIMIT]
    )
    if len(found) > LIMIT:
        return Changes(rows[-1].number, rows, more=True)
    return Changes(settled(since), rows, more=False)


def settled(since: int = 0) -> int:
    """Return the highest number that no lower one can still join, at least ``since``."""
    last = db.session.scalar(
        select(func.max(OutboxRow.id)).where(OutboxRow.created_at < now() - SETTLED)
    )
    return max(last or 0, since)
