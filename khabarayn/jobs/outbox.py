"""The outbox as a queue: each intent is done once, in the transaction that marks its row done.

A worker killed in the middle loses nothing and repeats nothing: its transaction is rolled back
and the row is still open. On PostgreSQL several workers pass over one another's rows.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update

from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import BeatRow, OutboxRow

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Queue:
    """How many rows of the outbox are open, and when the oldest of them was written."""

    length: int
    oldest: datetime | None


@dataclass(frozen=True)
class Alone:
    """A follower with transactions of its own: it computes before it takes the lock, and closes the
    row itself, by its number, with the last thing it writes (`close`)."""

    do: Callable[[int, Payload], object]


Follower = Callable[[Payload], None] | Alone
Carrier = Callable[[Payload, int], None]

BATCH = 100
ATTEMPTS = 8
KEEP_DAYS = 14
# How many open rows are looked at: some wait for their time and must not hide those behind them.
_LOOKED_AT = 1000
BEAT_SECONDS = 15
# What has waited so long shows that no worker is at work.
_WAITED_LONG = timedelta(minutes=5)
# The name under which the last good backup is noted.
BACKUP = "backup"
_ALIVE = timedelta(seconds=4 * BEAT_SECONDS)
# How long a worker that sends a row elsewhere holds it before another may take it.
LEASE = timedelta(minutes=5)
_ATTEMPTS, _NOT_BEFORE = "_attempts", "_not_before"

log = logging.getLogger(__name__)


def sweep(
    followers: Mapping[str, tuple[Follower, ...]],
    batch: int = BATCH,
    carry_topics: tuple[str, ...] = (),
) -> int:
    """Handle the open rows of the outbox, oldest first, and return how many rows were closed.

    A follower is given the row's payload and must not commit, unless it works `Alone`. What raises
    is tried again after 1, 2, 4 … minutes, `ATTEMPTS` times in all. A topic that nobody follows is
    closed at once, unless it is one of ``carry_topics``, which `carry` handles.
    """
    return sum(_do(number, payload, followers.get(topic, ()))
               for number, topic, payload in _ready(batch, carry_topics))  # fmt: skip


def _ready(batch: int, skip_topics: tuple[str, ...]) -> list[tuple[int, str, Payload]]:
    result: list[tuple[int, str, Payload]] = []
    last = 0
    while len(result) < batch:
        rows = db.session.execute(
            select(OutboxRow.id, OutboxRow.topic, OutboxRow.payload)
            .where(
                OutboxRow.done_at.is_(None),
                OutboxRow.id > last,
                OutboxRow.topic.not_in(skip_topics),
            )
            .order_by(OutboxRow.id)
            .limit(_LOOKED_AT)
        ).all()
        result += [(row.id, row.topic, row.payload) for row in rows if not _waits(row.payload)]
        if len(rows) < _LOOKED_AT:
            break
        last = rows[-1].id
    db.session.rollback()
    return result[:batch]


def carry(topic: str, carrier: Carrier, batch: int = 10) -> int:
    """Handle the open rows of ``topic`` that concern other machines (e-mail), oldest first; return
    how many were closed.

    ``carrier`` is given payload and number of a row, and no lock of the database is held while it
    speaks to another machine: the row is leased before and ticked off after. A worker that is
    killed between the two does it again, after `LEASE`. What raises is tried again as by `sweep`,
    and ends this round: the machine is perhaps gone, and what has its hour must not wait for it.
    """
    rows = db.session.execute(
        select(OutboxRow.id, OutboxRow.payload)
        .where(OutboxRow.done_at.is_(None), OutboxRow.topic == topic)
        .order_by(OutboxRow.id)
        .limit(_LOOKED_AT)
    ).all()
    db.session.rollback()
    count = 0
    for row in [row for row in rows if not _waits(row.payload)][:batch]:
        if not _lease(row.id):
            continue
        try:
            carrier(row.payload, row.id)
        except Exception as why:
            db.session.rollback()
            log.warning("outbox row %s waits: %s", row.id, why)
            _put_off(row.id)
            break
        db.session.rollback()
        _tick_off(row.id)
        count += 1
    return count


@writing()
def _lease(number: int) -> bool:
    row = db.session.scalar(
        select(OutboxRow)
        .where(OutboxRow.id == number, OutboxRow.done_at.is_(None))
        .with_for_update(skip_locked=True)
    )
    if row is None or _waits(row.payload):
        return False
    row.payload = {**row.payload, _NOT_BEFORE: (now() + LEASE).isoformat()}
    commit()
    return True


@writing()
def _tick_off(number: int) -> None:
    db.session.execute(update(OutboxRow).where(OutboxRow.id == number).values(done_at=now()))
    commit()


def _do(number: int, payload: Payload, followers: tuple[Follower, ...]) -> bool:
    alone = [follower for follower in followers if isinstance(follower, Alone)]
    try:
        for follower in alone:
            follower.do(number, payload)
        if alone:
            return True
        with writing():
            if not _mark_done(number):
                return False
            for follower in followers:
                if not isinstance(follower, Alone):
                    follower(payload)
            commit()
    except Exception:
        log.exception("outbox row %s failed", number)
        _put_off(number)
        return False
    return True


def still_open(numbers: Collection[int]) -> set[int]:
    """Return which of these rows are open."""
    rows = select(OutboxRow.id).where(OutboxRow.id.in_(numbers), OutboxRow.done_at.is_(None))
    return set(db.session.scalars(rows))


def waiting(topic: str) -> Iterator[tuple[int, Payload]]:
    """Yield number and payload of every row of ``topic`` that is open now, oldest first. What is
    written while this goes on is not among them; only so many as are looked at are in memory."""
    open_now = (OutboxRow.done_at.is_(None), OutboxRow.topic == topic)
    newest = db.session.scalar(select(func.max(OutboxRow.id)).where(*open_now)) or 0
    last = 0
    while last < newest:
        rows = db.session.execute(
            select(OutboxRow.id, OutboxRow.payload)
            .where(*open_now, OutboxRow.id > last, OutboxRow.id <= newest)
            .order_by(OutboxRow.id)
            .limit(_LOOKED_AT)
        ).all()
        db.session.rollback()
        for row in rows:
            yield row.id, row.payload
        last = rows[-1].id if rows else newest
    db.session.rollback()


def count_waiting(topic: str) -> int:
    """Return how many rows of ``topic`` are open."""
    rows = select(func.count()).select_from(OutboxRow)
    return db.session.scalar(rows.where(OutboxRow.done_at.is_(None), OutboxRow.topic == topic)) or 0


def queue() -> Queue:
    """Return the open rows in numbers."""
    rows = select(func.count(), func.min(OutboxRow.created_at)).where(OutboxRow.done_at.is_(None))
    length, oldest = db.session.execute(rows).one()
    return Queue(length, oldest)


def due(topic: str, first: int, limit: int) -> list[tuple[int, Payload]]:
    """Return up to ``limit`` open rows of ``topic`` whose time has come, from the row ``first`` on,
    of twice as many that are looked at."""
    rows = db.session.execute(
        select(OutboxRow.id, OutboxRow.payload)
        .where(OutboxRow.done_at.is_(None), OutboxRow.topic == topic, OutboxRow.id >= first)
        .order_by(OutboxRow.id)
        .limit(2 * limit)
    ).all()
    db.session.rollback()
    return [(row.id, row.payload) for row in rows if not _waits(row.payload)][:limit]


def close(numbers: Collection[int]) -> None:
    """Mark rows done, within the caller's transaction."""
    rows = update(OutboxRow).where(OutboxRow.id.in_(numbers), OutboxRow.done_at.is_(None))
    # No verb reads a row that it has closed: none is looked for in the session.
    db.session.execute(rows.values(done_at=now()), execution_options={"synchronize_session": False})


def not_before(moment: datetime) -> dict[str, str]:
    """Return the part of a payload by which its row is left alone until ``moment``."""
    return {_NOT_BEFORE: moment.isoformat()}


def _mark_done(number: int) -> bool:
    """Mark the row done in the transaction that does its work, so that no other worker can take
    it."""
    row = select(OutboxRow.id).where(OutboxRow.id == number, OutboxRow.done_at.is_(None))
    if db.session.connection().dialect.name != "sqlite":
        row = row.with_for_update(skip_locked=True)
    statement = update(OutboxRow).where(OutboxRow.id.in_(row)).values(done_at=now())
    return db.session.execute(statement.returning(OutboxRow.id)).first() is not None


def _waits(payload: Payload) -> bool:
    until = payload.get(_NOT_BEFORE)
    return until is not None and now() < datetime.fromisoformat(until)


@writing()
def _put_off(number: int) -> None:
    row = db.session.get_one(OutboxRow, number)
    attempts = int(row.payload.get(_ATTEMPTS, 0)) + 1
    until = now() + timedelta(minutes=2 ** (attempts - 1))
    row.payload = {**row.payload, _ATTEMPTS: attempts, _NOT_BEFORE: until.isoformat()}
    if attempts >= ATTEMPTS:
        row.done_at = now()
    commit()


def prune() -> int:
    """Delete rows that were done more than `KEEP_DAYS` ago; return how many."""
    limit = now() - timedelta(days=KEEP_DAYS)
    result = db.session.execute(
        delete(OutboxRow).where(OutboxRow.done_at < limit).returning(OutboxRow.id)
    ).all()
    commit()
    return len(result)


def beat(name: str = "worker") -> None:
    """Store that a worker is alive now."""
    db.session.merge(BeatRow(name=name, at=now()))
    commit()


def rest(name: str = "worker") -> None:
    """Store that the worker has ended, so that verbs do the work themselves again."""
    db.session.execute(delete(BeatRow).where(BeatRow.name == name))
    commit()


def last_beat(name: str) -> datetime | None:
    """Return when `beat` was called last for this name; None where it never was."""
    return db.session.scalar(select(BeatRow.at).where(BeatRow.name == name))


def worker_is_alive(name: str = "worker") -> bool:
    """Say whether a worker has called `beat` within the last minute."""
    at = last_beat(name)
    return at is not None and now() - at < _ALIVE


def worker_is_missed(name: str = "worker") -> bool:
    """Say whether a worker should be at work and is not: one that ended without `rest`, or none at
    all while something has waited for minutes."""
    at = last_beat(name)
    if at is not None:
        return now() - at >= _ALIVE
    oldest = queue().oldest
    return oldest is not None and now() - oldest > _WAITED_LONG
