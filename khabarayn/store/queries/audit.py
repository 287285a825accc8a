"""The log of who did what, filtered and a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, LogRow

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One deed; ``story`` is the public id and ``headline`` what the story is called now, empty
    where it was no story; ``address`` is empty after 90 days."""

    id: int
    at: datetime
    who: str
    verb: str
    story: str
    headline: str
    address: str
    detail: dict[str, Any]


@dataclass(frozen=True)
class AuditFilter:
    """What lines are wanted: by whom (part of a name), which verb, of which story, when."""

    who: str = ""
    verb: str = ""
    story: str = ""
    since: datetime | None = None
    until: datetime | None = None


def audit_page(
    filters: AuditFilter, before: int | None = None
) -> tuple[tuple[Line, ...], int | None]:
    """Return a page of lines, the newest first, and the key of the next page if there is one."""
    query = _lines(filters).limit(PAGE + 1)
    if before is not None:
        query = query.where(LogRow.id < before)
    rows = tuple(_line(row) for row in db.session.execute(query))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def audit_all(filters: AuditFilter, limit: int = 50_000) -> Iterator[Line]:
    """Yield every line that is asked for, the newest first, at most ``limit``."""
    query = _lines(filters).limit(limit).execution_options(yield_per=500)
    for row in db.session.execute(query):
        yield _line(row)


def audit_verbs() -> tuple[str, ...]:
    """Return every verb that the log knows."""
    return tuple(db.session.scalars(select(LogRow.verb).distinct().order_by(LogRow.verb)))


def _lines(filters: AuditFilter) -> Any:
    query = (
        select(
            LogRow.id,
            LogRow.at,
            LogRow.who,
            LogRow.verb,
            LogRow.address,
            LogRow.detail,
            ArticleRow.public_id,
            ArticleRow.headline,
        )
        .outerjoin(ArticleRow, ArticleRow.id == LogRow.article_id)
        .order_by(LogRow.id.desc())
    )
    if filters.who:
        query = query.where(LogRow.who.icontains(filters.who, autoescape=True))
    if filters.verb:
        query = query.where(LogRow.verb == filters.verb)
    if filters.story:
        query = query.where(ArticleRow.public_id == filters.story)
    if filters.since:
        query = query.where(LogRow.at >= filters.since)
    if filters.until:
        query = query.where(LogRow.at < filters.until)
    return query


def _line(row: Any) -> Line:
    return Line(
        row.id,
        row.at,
        row.who,
        row.verb,
        row.public_id or "",
        row.headline or "",
        row.address,
        row.detail or {},
    )
