"""Running stories, «ملف», as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, union_all

from khabarayn.article.story import Card
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, ClusterRow, LikenessRow, MediaRow
from khabarayn.store.queries.cards import CARD_COLUMNS, card


@dataclass(frozen=True)
class Cluster:
    """A running story and its newest reports; ``size`` counts all of them."""

    number: int
    name: str
    size: int
    newest_at: datetime
    cards: tuple[Card, ...]


def cluster_of(public_id: str, limit: int = 5) -> Cluster | None:
    """Return the running story of a published story with its newest reports, itself left out;
    None where it belongs to none, or an editor has closed it."""
    mine = (
        select(LikenessRow.cluster_id)
        .join(ArticleRow, ArticleRow.id == LikenessRow.article_id)
        .where(ArticleRow.public_id == public_id, ArticleRow.status == "published")
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            *CARD_COLUMNS,
            ClusterRow.id.label("number"),
            ClusterRow.name,
            ClusterRow.size,
            ClusterRow.newest_at,
        )
        .join(LikenessRow, LikenessRow.article_id == ArticleRow.id)
        .join(ClusterRow, ClusterRow.id == LikenessRow.cluster_id)
        .outerjoin(MediaRow, ArticleRow.lead_id == MediaRow.id)
        .where(
            LikenessRow.cluster_id == mine,
            ArticleRow.status == "published",
            ClusterRow.closed.is_(False),
        )
        .order_by(LikenessRow.at.desc(), LikenessRow.article_id.desc())
        .limit(limit + 1)
    ).all()
    others = tuple(card(row) for row in rows if row.public_id != public_id)[:limit]
    if not others:
        return None
    return Cluster(rows[0].number, rows[0].name, rows[0].size, rows[0].newest_at, others)


def running_clusters(limit: int = 2, days: int = 4, reports: int = 4) -> tuple[Cluster, ...]:
    """Return the running stories with most reports among those that moved in the last ``days``
    days, each with its newest ``reports``."""
    rows = db.session.execute(
        select(ClusterRow.id, ClusterRow.name, ClusterRow.size, ClusterRow.newest_at)
        .where(ClusterRow.closed.is_(False), ClusterRow.newest_at >= now() - timedelta(days=days))
        .order_by(ClusterRow.newest_at.desc())
        .limit(40)
    ).all()
    chosen = sorted(rows, key=lambda row: (-row.size, -row.id))[:limit]
    cards = _newest([row.id for row in chosen], reports)
    return tuple(
        Cluster(row.id, row.name, row.size, row.newest_at, cards[row.id])
        for row in chosen
        if len(cards[row.id]) > 1
    )


def _newest(numbers: list[int], limit: int) -> dict[int, tuple[Card, ...]]:
    """Return the newest reports of each running story, in one query."""
    found: dict[int, list[Card]] = {number: [] for number in numbers}
    if not numbers:
        return {}
    heads = [
        select(
            select(LikenessRow.cluster_id, LikenessRow.at, LikenessRow.article_id)
            .where(LikenessRow.cluster_id == number)
            .order_by(LikenessRow.at.desc())
            .limit(limit)
            .subquery()
        )
        for number in numbers
    ]
    tops = union_all(*heads).subquery()
    rows = db.session.execute(
        select(*CARD_COLUMNS, tops.c.cluster_id)
        .join(tops, tops.c.article_id == ArticleRow.id)
        .outerjoin(MediaRow, ArticleRow.lead_id == MediaRow.id)
        .where(ArticleRow.status == "published")
        .order_by(tops.c.at.desc(), tops.c.article_id.desc())
    )
    for row in rows:
        found[row.cluster_id].append(card(row))
    return {number: tuple(cards) for number, cards in found.items()}
