"""Whole stories for feeds: a list's newest with their bodies, tags and authors, in three queries;
and every published address for sitemaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, literal, select, union_all

from khabarayn.article.blocks import from_json
from khabarayn.article.story import Author, Card, Picture, Story, Tag
from khabarayn.store.db import db, now
from khabarayn.store.models import (
    ArticleAuthor,
    ArticleMedia,
    ArticleRow,
    ArticleTag,
    AuthorRow,
    ListingRow,
    MediaRow,
    TagRow,
)
from khabarayn.store.queries.cards import LATEST, MEDIA_COLUMNS, card, picture, select_cards

_CHANGED_LAST = 1_000


def stories_in(which: str, limit: int = 20) -> tuple[Story, ...]:
    """Return the newest stories of the list ``which``, bodies included, links left out."""
    query = (
        select_cards()
        .add_columns(ArticleRow.id, ArticleRow.body, ArticleRow.first_published_at)
        .join(ListingRow, ListingRow.article_id == ArticleRow.id)
        .where(ListingRow.list == which)
        .order_by(ListingRow.at.desc(), ListingRow.article_id.desc())
        .limit(limit)
    )
    rows = db.session.execute(query).all()
    ids = [row.id for row in rows]
    tags, authors = _names(ids)
    pictures = _pictures(ids)
    return tuple(
        Story(
            card=card(row),
            blocks=from_json(row.body),
            first_published_at=row.first_published_at,
            tags=tuple(tags.get(row.id, ())),
            authors=tuple(authors.get(row.id, ())),
            pictures=pictures.get(row.id, {}),
        )
        for row in rows
    )


def _names(ids: list[int]) -> tuple[dict[int, list[Tag]], dict[int, list[Author]]]:
    if not ids:
        return {}, {}
    tagged = (
        select(
            literal("tag").label("label"),
            ArticleTag.article_id,
            ArticleTag.position,
            TagRow.key.label("key"),
            TagRow.name.label("name"),
        )
        .join(TagRow, TagRow.id == ArticleTag.tag_id)
        .where(ArticleTag.article_id.in_(ids))
    )
    signed = (
        select(
            literal("author"),
            ArticleAuthor.article_id,
            ArticleAuthor.position,
            AuthorRow.slug,
            AuthorRow.name,
        )
        .join(AuthorRow, AuthorRow.id == ArticleAuthor.author_id)
        .where(ArticleAuthor.article_id.in_(ids))
    )
    tags: dict[int, list[Tag]] = {}
    authors: dict[int, list[Author]] = {}
    rows = db.session.execute(union_all(tagged, signed)).all()
    for row in sorted(rows, key=lambda found: found.position):
        if row.label == "tag":
            tags.setdefault(row.article_id, []).append(Tag(row.key, row.name))
        else:
            authors.setdefault(row.article_id, []).append(Author(row.key, row.name))
    return tags, authors


def _pictures(ids: list[int]) -> dict[int, dict[str, Picture]]:
    rows = db.session.execute(
        select(
            ArticleMedia.article_id,
            *MEDIA_COLUMNS,
        )
        .join(MediaRow, MediaRow.id == ArticleMedia.media_id)
        .where(ArticleMedia.article_id.in_(ids))
    )
    found: dict[int, dict[str, Picture]] = {}
    for row in rows:
        if made := picture(row, "", "", ""):
            found.setdefault(row.article_id, {})[made.id] = made
    return found


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
        .where(ArticleRow.status == "published")
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
