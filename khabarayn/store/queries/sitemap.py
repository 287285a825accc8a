"""Every published address, for sitemaps: by month, and of the last hours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from khabarayn.article.story import Card
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, ListingRow
from khabarayn.store.queries.cards import PUBLISHED, card, select_cards
from khabarayn.store.queries.languages import LATEST, list_languages

_CHANGED_LAST = 1_000


@dataclass(frozen=True)
class Month:
    """One sitemap's worth: the stories published in a month (UTC). ``changed_at`` is their last
    change, None where it is older than the paper's last `_CHANGED_LAST` changes."""

    year: int
    month: int
    changed_at: datetime | None


def published_months() -> tuple[Month, ...]:
    """Return the months that hold published stories, the newest first.

    One look into an index a month and language, and the stories changed last: nothing here grows
    with the number of stories.
    """
    months = {month for language in list_languages() for month in _months_in(language)}
    changes: dict[tuple[int, int], datetime] = {}
    for row in db.session.execute(
        select(ArticleRow.published_at, ArticleRow.updated_at)
        .where(PUBLISHED)
        .order_by(ArticleRow.updated_at.desc())
        .limit(_CHANGED_LAST)
    ):
        changes.setdefault((row.published_at.year, row.published_at.month), row.updated_at)
    return tuple(Month(*month, changes.get(month)) for month in sorted(months, reverse=True))


def _months_in(language: str) -> Iterator[tuple[int, int]]:
    """Yield year and month of those that hold stories in ``language``, the newest first."""
    latest = select(func.max(ListingRow.at)).where(
        ListingRow.list == LATEST, ListingRow.language == language
    )
    moment = db.session.scalar(latest)
    while moment:
        yield moment.year, moment.month
        start = datetime(moment.year, moment.month, 1, tzinfo=UTC)
        moment = db.session.scalar(latest.where(ListingRow.at < start))


def cards_between(
    start: datetime, end: datetime, language: str, limit: int = 50_000
) -> tuple[Card, ...]:
    """Return the cards in ``language`` published from ``start`` to before ``end``, the newest
    first."""
    query = (
        select_cards()
        .join(ListingRow, ListingRow.article_id == ArticleRow.id)
        .where(
            ListingRow.list == LATEST,
            ListingRow.language == language,
            ListingRow.at >= start,
            ListingRow.at < end,
        )
        .order_by(ListingRow.at.desc(), ListingRow.article_id.desc())
        .limit(limit)
    )
    return tuple(card(row) for row in db.session.execute(query))


def cards_of_last(hours: int, language: str, limit: int = 1_000) -> tuple[Card, ...]:
    """Return the cards in ``language`` of the last ``hours`` hours, the newest first."""
    moment = now()
    start, end = moment - timedelta(hours=hours), moment + timedelta(days=1)
    return cards_between(start, end, language, limit)
