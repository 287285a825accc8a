"""Related stories by shared tags, then by section, then by time."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select

from khabarayn.related.port import Candidate
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, ArticleTag, ListingRow, TagRow
from khabarayn.store.queries.cards import LATEST, section_list, tag_list
from khabarayn.store.queries.sections import section_tree

# From each shared tag, no more than this many of its newest stories are looked at, so the cost
# of a publication does not grow with the archive.
PER_LIST = 60


def candidates(row: ArticleRow, limit: int) -> list[Candidate]:
    """Return up to ``limit`` published stories for ``row``, the closest first.

    A shared tag weighs more the fewer stories carry it (its share of the lists read); the
    section and those above it weigh less than any tag; the newest fill up with score 0.
    """
    weights: dict[int, float] = {}
    shared: dict[int, list[str]] = {}
    tags = db.session.execute(
        select(TagRow.id, TagRow.name)
        .join(ArticleTag, ArticleTag.tag_id == TagRow.id)
        .where(ArticleTag.article_id == row.id)
        .order_by(ArticleTag.position)
    ).all()
    order: dict[int, int] = {}
    for tag in tags:
        ids = _newest(tag_list(tag.id), row.id, order)
        for found in ids:
            weights[found] = weights.get(found, 0.0) + 1.0 + 1.0 / len(ids)
            shared.setdefault(found, []).append(tag.name)
    trail = section_tree().lineage(row.section_id)
    for depth, number in enumerate(trail, start=1):
        for found in _newest(section_list(number), row.id, order):
            weights[found] = weights.get(found, 0.0) + 0.3 * depth
    for found in _newest(LATEST, row.id, order):
        weights.setdefault(found, 0.0)
    ranked = sorted(weights, key=lambda found: (-weights[found], -order[found]))
    name = section_tree().by_id[row.section_id].name
    return [
        Candidate(found, weights[found], _reason(shared.get(found), weights[found], name))
        for found in ranked[:limit]
    ]


def _reason(tags: list[str] | None, weight: float, section: str) -> str:
    if tags:
        return _("وسوم مشتركة: %(tags)s", tags="، ".join(tags))
    if weight:
        return _("من القسم نفسه: %(section)s", section=section)
    return _("من الأحدث")


def _newest(which: str, but: int, order: dict[int, int]) -> list[int]:
    rows = db.session.execute(
        select(ListingRow.article_id, ListingRow.at)
        .where(ListingRow.list == which)
        .order_by(ListingRow.at.desc(), ListingRow.article_id.desc())
        .limit(PER_LIST)
    )
    found = []
    for row in rows:
        if row.article_id != but:
            order[row.article_id] = int(row.at.timestamp())
            found.append(row.article_id)
    return found
