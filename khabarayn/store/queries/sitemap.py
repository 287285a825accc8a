"""Every published address, for sitemaps: by month, and of the last hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from khabarayn.article.story import Card
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, ListingRow
from khabarayn.store.queries.cards import LATEST, PUBLISHED, card, select_cards

_CHANGED_LAST = 1_000


@dataclass(frozen=True)
class Month:
    """One sitemap's worth: the stories published in a month (UTC). ``changed`` is their last
    change, None where it is older than the paper's last `_CHANGED_LAST` changes."""

    year: int
    month: int
    changed: datetime | None


def published_months() -> tuple[Month, ...]:
    """Return the months that hold published stories, the newest first.

    One look into an index a month, and the stories changed last: nothing here grows with the
    number of stories.
    """
    latest = select(func.max(ListingRow.at)).where(ListingRow.list == LATEST)
    moments: list[datetime] = []
    moment = db.session.scalar(latest)
    while moment:
        moments.append(moment)
        start = datetime(moment.year, moment.month, 1, tzinfo=UTC)
        moment = db.session.scalar(latest.where(ListingRow.at < start))
    changes: dict[tuple[int, int], datetime] = {}
    for row in db.session.execute(
        select(ArticleRow.published_at, ArticleRow.updated_at)
        .where(PUBLISHED)
        .order_by(ArticleRow.updated_at.desc())
        .limit(_CHANGED_LAST)
    ):
        changes.setdefault((row.published_at.year, row.published_at.month), row.updated_at)
    found = [(moment.year, moment.month) for moment in moments]
    return tuple(Month(*month, changes.get(month)) for month in found)


def cards_between(start: datetime, end: datetime, limit: int = 50_000) -> tuple[Card, ...]:
    """Return the cards published from ``start`` to before ``end``, the newest first."""
    query = (
        select_cards()
        .join(ListingRow, ListingRow.article_id == ArticleRow.id)
        .where(ListingRow.list == LATEST, ListingRow.at >= start, ListingRow.at < end)
        .order_by(ListingRow.at.desc(), ListingRow.article_id.desc())
        .limit(limit)
    )
    return tuple(card(row) for row in db.session.execute(query))


def cards_of_last(hours: int, limit: int = 1_000) -> tuple[Card, ...]:
    """Return the cards of the last ``hours`` hours, the newest first."""
    moment = now()
    return cards_between(moment - timedelta(hours=hours), moment + timedelta(days=1), limit)
