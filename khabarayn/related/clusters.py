"""Running stories, «ملف»: reports close in words and time, gathered as they are published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import func, select, update

from khabarayn.arabic.bidi import primary_language
from khabarayn.related.engine import Comparison
from khabarayn.related.naming import name_of
from khabarayn.related.profile import core_likeness, unpack_terms
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, ClusterRow, LikenessRow
from khabarayn.store.queries.cards import PUBLISHED
from khabarayn.store.queries.languages import list_language
from khabarayn.store.queries.related import Likeness

# Two reports of one running story share this much of their weightiest words: of real pairs above it
# nine of ten belong together (docs/benchmarks.md). The latest report of it is no older than this.
CLOSE = 0.22
REST_DAYS = 21
# A running story has three reports at least.
FEWEST = 3
_LOOKED_AT = 12
_DAY = 24 * 60


def close_reports(own: Likeness, matches: Sequence[Comparison]) -> list[int]:
    """Return the row ids of those of ``matches`` that may report the same running story as the one
    compared by ``own``, the closest first; nothing is read."""
    mine = unpack_terms(own.terms)
    return [
        one.likeness.article_id
        for one in matches[:_LOOKED_AT]
        if abs(one.likeness.at - own.at) <= REST_DAYS * _DAY
        and core_likeness(mine, unpack_terms(one.likeness.terms)) >= CLOSE
    ]


def gather(
    row: ArticleRow, close: Sequence[int], changed_clusters: set[int] | None = None
) -> int | None:
    """Put the story ``row`` into the running story it continues, or begin one with the reports
    ``close`` to it; return the cluster's row id. The caller commits, and refreshes those that it
    finds in ``changed_clusters`` where it gave that.

    It joins where two reports of the cluster are close to it; a new one begins where two others
    are close, or where one is that has a close one itself in the same days.
    """
    own = db.session.get_one(LikenessRow, row.id)
    before = own.cluster_id
    # Read anew under the lock: the comparison may be out of date.
    clusters = _clusters(close)
    votes = Counter(number for number in clusters.values() if number)
    target = next((number for number, times in votes.most_common(1) if times >= FEWEST - 1), None)
    if target is not None and db.session.get_one(ClusterRow, target).closed:
        target = None
        clusters = {}
    if target is None:
        free = [number for number, cluster in clusters.items() if cluster is None]
        if len(free) >= FEWEST - 1:
            target = _begin(row, free)
    own.cluster_id = target
    db.session.flush()
    cluster_ids = {number for number in (before, target) if number}
    if changed_clusters is not None:
        changed_clusters |= cluster_ids
        return target
    for number in cluster_ids:
        refresh_cluster(number)
    return target


def _clusters(article_ids: Sequence[int]) -> dict[int, int | None]:
    """Return the cluster of each of these stories that is still published, in their order."""
    if not article_ids:
        return {}
    rows = db.session.execute(
        select(LikenessRow.article_id, LikenessRow.cluster_id)
        .join(ArticleRow, ArticleRow.id == LikenessRow.article_id)
        .where(LikenessRow.article_id.in_(article_ids), PUBLISHED)
    )
    by_article = {row.article_id: row.cluster_id for row in rows}
    return {number: by_article[number] for number in article_ids if number in by_article}


def refresh_cluster(number: int | None) -> None:
    """Write a cluster's size, newest moment and, unless an editor gave it one, its name anew."""
    cluster = db.session.get(ClusterRow, number)
    if cluster is None:
        return
    rows = db.session.execute(
        select(ArticleRow.id, ArticleRow.headline, ArticleRow.published_at)
        .join(LikenessRow, LikenessRow.article_id == ArticleRow.id)
        .where(LikenessRow.cluster_id == number, PUBLISHED)
        .order_by(LikenessRow.at.desc())
        .limit(40)
    ).all()
    if len(rows) < FEWEST and not cluster.named:
        leave = update(LikenessRow).where(LikenessRow.cluster_id == number)
        db.session.execute(leave.values(cluster_id=None))
        db.session.delete(cluster)
        db.session.flush()
        return
    cluster.size = (
        db.session.scalar(
            select(func.count()).select_from(LikenessRow).where(LikenessRow.cluster_id == number)
        )
        or 0
    )
    if rows:
        cluster.newest_at = rows[0].published_at
    if not cluster.named:
        cluster.name = name_of(
            [row.id for row in rows],
            [row.headline for row in rows],
            list_language(cluster.language),
        )
    db.session.flush()


def _begin(row: ArticleRow, others: Sequence[int]) -> int:
    moment = row.published_at or now()
    cluster = ClusterRow(
        name="",
        named=False,
        closed=False,
        made_at=now(),
        newest_at=moment,
        size=0,
        language=primary_language(row.language),
    )
    db.session.add(cluster)
    db.session.flush()
    db.session.execute(
        update(LikenessRow)
        .where(LikenessRow.article_id.in_([row.id, *others]))
        .values(cluster_id=cluster.id)
    )
    return cluster.id
