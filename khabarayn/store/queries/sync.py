"""Changes of published stories since a phone last asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, LinkRow, OutboxRow
from khabarayn.store.queries.cards import PUBLISHED
from khabarayn.store.queries.story import SUCCESSOR

TOPICS = ("published", "corrected", "withdrawn")
LIMIT = 200
# Row numbers are assigned before their transactions commit: a lower one may appear after a higher
# one, so the newest rows are sent again next time.
STABLE_AFTER = timedelta(seconds=20)


@dataclass(frozen=True)
class Successor:
    """The published story that stands in the place of a withdrawn one."""

    id: str
    headline: str


@dataclass(frozen=True)
class Change:
    """One row of the outbox; ``number`` is its row id, ``id`` the story's public id."""

    number: int
    topic: str
    id: str
    rev: int
    reason: str
    successor: Successor | None = None


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
        return Changes(highest_final(), (), more=False)
    query = (
        select(OutboxRow)
        .where(OutboxRow.id > since, OutboxRow.topic.in_(TOPICS))
        .order_by(OutboxRow.id)
        .limit(LIMIT + 1)
    )
    entries = db.session.scalars(query).all()
    successors = _successors(
        [str(row.payload["id"]) for row in entries if row.topic == "withdrawn"]
    )
    rows = tuple(
        Change(
            row.id,
            row.topic,
            str(row.payload["id"]),
            int(row.payload.get("rev", 0)),
            str(row.payload.get("reason", "")),
            successors.get(str(row.payload["id"])),
        )
        for row in entries[:LIMIT]
    )
    if len(entries) > LIMIT:
        return Changes(rows[-1].number, rows, more=True)
    return Changes(highest_final(since), rows, more=False)


def _successors(public_ids: Sequence[str]) -> dict[str, Successor]:
    """Return what stands in the place of the ``public_ids`` today, by their public ids."""
    if not public_ids:
        return {}
    old_story = aliased(ArticleRow)
    rows = db.session.execute(
        select(old_story.public_id, ArticleRow.public_id, ArticleRow.headline)
        .join(LinkRow, LinkRow.article_id == old_story.id)
        .join(ArticleRow, ArticleRow.id == LinkRow.target_id)
        .where(old_story.public_id.in_(public_ids), LinkRow.kind == SUCCESSOR, PUBLISHED)
    )
    return {before: Successor(after, headline) for before, after, headline in rows}


def highest_final(since: int = 0) -> int:
    """Return the highest row number below which no row can appear any more, at least ``since``."""
    last = db.session.scalar(
        select(func.max(OutboxRow.id)).where(OutboxRow.created_at < now() - STABLE_AFTER)
    )
    return max(last or 0, since)
