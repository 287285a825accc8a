"""Running stories, «ملف», as pages show them."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, select, union_all

from khabarayn.article.story import Card, Cluster
from khabarayn.store.db import ask, now
from khabarayn.store.models import ArticleRow, ClusterRow, LikenessRow, MediaRow
from khabarayn.store.queries.cards import CARD_COLUMNS, PUBLISHED, card
from khabarayn.store.queries.languages import in_lists_of, list_languages, main_language


@lru_cache(maxsize=16)
def _moving(language: str, languages: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    return (
        select(ClusterRow.id, ClusterRow.name, ClusterRow.size, ClusterRow.newest_at)
        .where(
            ClusterRow.closed.is_(False),
            ClusterRow.newest_at >= bindparam("since"),
            in_lists_of(language, ClusterRow.language, languages),
        )
        .order_by(ClusterRow.newest_at.desc())
        .limit(40)
    )


def running_clusters(
    limit: int = 2, days: int = 4, reports: int = 4, language: str = ""
) -> tuple[Cluster, ...]:
    """Return the running stories with most reports among those in ``language`` (the paper's first
    one where none is named) that moved in the last ``days`` days, each with its newest
    ``reports``."""
    moving = _moving(language or main_language(), list_languages())
    rows = ask(moving, {"since": now() - timedelta(days=days)})
    biggest = sorted(rows, key=lambda row: (-row.size, -row.id))[:limit]
    cards = _newest([row.id for row in biggest], reports)
    return tuple(
        Cluster(row.id, row.name, row.size, row.newest_at, cards[row.id])
        for row in biggest
        if len(cards[row.id]) > 1
    )


@lru_cache(maxsize=8)
def _tops(number: int) -> Select[*tuple[Any, ...]]:
    heads = [
        select(
            select(LikenessRow.cluster_id, LikenessRow.at, LikenessRow.article_id)
            .where(LikenessRow.cluster_id == bindparam(f"cluster{n}", type_=Integer))
            .order_by(LikenessRow.at.desc())
            .limit(bindparam("limit", type_=Integer))
            .subquery()
        )
        for n in range(number)
    ]
    tops = union_all(*heads).subquery()
    return (
        select(*CARD_COLUMNS, tops.c.cluster_id)
        .join(tops, tops.c.article_id == ArticleRow.id)
        .outerjoin(MediaRow, ArticleRow.lead_id == MediaRow.id)
        .where(PUBLISHED)
        .order_by(tops.c.at.desc(), tops.c.article_id.desc())
    )


def _newest(numbers: list[int], limit: int) -> dict[int, tuple[Card, ...]]:
    """Return the newest reports of each running story, in one query."""
    result: dict[int, list[Card]] = {number: [] for number in numbers}
    if not numbers:
        return {}
    values = {f"cluster{n}": number for n, number in enumerate(numbers)}
    for row in ask(_tops(len(numbers)), {**values, "limit": limit}):
        result[row.cluster_id].append(card(row))
    return {number: tuple(cards) for number, cards in result.items()}
