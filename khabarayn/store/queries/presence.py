"""Who has which story open for writing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, PresenceRow

# A person counts as present for so long after the last report.
STILL_HERE = timedelta(seconds=60)


@dataclass(frozen=True)
class Open:
    """A story that somebody writes on now; ``names`` in the order of the newest sign of life."""

    id: str
    headline: str
    names: tuple[str, ...]


def present(public_ids: Iterable[str], but: int | None = None) -> dict[str, tuple[str, ...]]:
    """Return who has each of these stories open now, without the person with id ``but``."""
    ids = tuple(public_ids)
    if not ids:
        return {}
    names_by_story: dict[str, list[str]] = {}
    query = _here().where(ArticleRow.public_id.in_(ids))
    for row in db.session.execute(query):
        if row.person_id != but:
            names_by_story.setdefault(row.public_id, []).append(row.name)
    return {public_id: tuple(names) for public_id, names in names_by_story.items()}


def open_now(limit: int = 20) -> tuple[Open, ...]:
    """Return the stories that somebody has open now."""
    by_story: dict[str, tuple[str, list[str]]] = {}
    for row in db.session.execute(_here().limit(limit * 4)):
        by_story.setdefault(row.public_id, (row.headline, []))[1].append(row.name)
    return tuple(
        Open(public_id, headline, tuple(names))
        for public_id, (headline, names) in list(by_story.items())[:limit]
    )


def _here():
    return (
        select(ArticleRow.public_id, ArticleRow.headline, PresenceRow.person_id, PresenceRow.name)
        .join(PresenceRow, PresenceRow.article_id == ArticleRow.id)
        .where(PresenceRow.at > now() - STILL_HERE)
        .order_by(PresenceRow.at.desc(), PresenceRow.person_id)
    )
