"""The feeds that stories are taken from, and how well each of them answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from khabarayn.store.db import db, now
from khabarayn.store.models import FeedRow, SectionRow, SourceRow

# So long without an answer, and an editor is told.
SILENT = timedelta(days=2)


@dataclass(frozen=True)
class FeedUse:
    """A feed with its row's ``number``, the source that its stories are credited to, the path of
    the section that they go to («» for what they say themselves) and its health: when it was asked
    and answered last, why it did not (a reason of `khabarayn.ingest.fetch`, with its detail), and
    the report of the last round that brought something."""

    number: int
    url: str
    source: str
    source_url: str
    section: str
    status: str
    minutes: int
    etag: str
    modified: str
    next_at: datetime | None
    asked_at: datetime | None
    answered_at: datetime | None
    failures: int
    problem: str
    detail: str
    report: Mapping[str, Any]

    @property
    def paused(self) -> bool:
        """Whether nobody asks it."""
        return self.next_at is None

    @property
    def silent(self) -> bool:
        """Whether it has not answered for `SILENT`, though it is asked."""
        return bool(
            not self.paused
            and self.failures
            and (self.answered_at is None or now() - self.answered_at > SILENT)
        )


_FEEDS = (
    select(
        FeedRow,
        SourceRow.name.label("source"),
        SourceRow.url.label("source_url"),
        SectionRow.slug.label("section"),
    )
    .join(SourceRow, SourceRow.id == FeedRow.source_id)
    .outerjoin(SectionRow, SectionRow.id == FeedRow.section_id)
)


def feeds() -> tuple[FeedUse, ...]:
    """Return all feeds, by the name of their source."""
    rows = db.session.execute(_FEEDS.order_by(SourceRow.name, FeedRow.url))
    return tuple(_feed(row) for row in rows)


def feed_by_number(number: int) -> FeedUse | None:
    """Return one feed, or None."""
    row = db.session.execute(_FEEDS.where(FeedRow.id == number)).one_or_none()
    return None if row is None else _feed(row)


def due_feeds() -> tuple[FeedUse, ...]:
    """Return the feeds whose time has come, the one that waits longest first."""
    rows = _FEEDS.where(FeedRow.next_at <= now()).order_by(FeedRow.next_at)
    return tuple(_feed(row) for row in db.session.execute(rows))


def _feed(row: Row[FeedRow, str, str, str]) -> FeedUse:
    feed: FeedRow = row.FeedRow
    return FeedUse(
        feed.id,
        feed.url,
        row.source,
        row.source_url,
        row.section or "",
        feed.status,
        feed.minutes,
        feed.etag,
        feed.modified,
        feed.next_at,
        feed.asked_at,
        feed.answered_at,
        feed.failures,
        feed.problem,
        feed.detail,
        feed.report,
    )
