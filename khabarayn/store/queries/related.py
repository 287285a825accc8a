"""What related stories are found by: terms' frequencies, postings, profiles, tags' newest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select, text

from khabarayn.store.db import db
from khabarayn.store.models import (
    ArticleTag,
    LikenessRow,
    ListingRow,
    SearchState,
    SearchWord,
    TagRow,
)
from khabarayn.store.queries.cards import LATEST, tag_list

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The counter of stories that search keeps beside its vocabulary.
_STORIES = "stories"


@dataclass(frozen=True)
class Likeness:
    """One published story as the engine compares it; ``terms`` and ``sketch`` still packed."""

    article_id: int
    at: int
    section_id: int
    headline: int
    terms: bytes
    sketch: bytes
    cluster_id: int | None


def minute_of(at: datetime) -> int:
    """Return the minutes between 1970 and ``at``."""
    return int((at - _EPOCH).total_seconds() // 60)


def story_count() -> int:
    """Return how many published stories the vocabulary counts."""
    return db.session.scalar(select(SearchState.value).where(SearchState.name == _STORIES)) or 0


def stem_counts(stems: Collection[str]) -> dict[str, int]:
    """Return how many stories have each stem: an upper bound, its forms are summed."""
    if not stems:
        return {}
    rows = db.session.execute(
        select(SearchWord.stem, func.sum(SearchWord.df).label("df"))
        .where(SearchWord.stem.in_(sorted(stems)))
        .group_by(SearchWord.stem)
    )
    return {row.stem: int(row.df) for row in rows}


def nearest_in_time(
    terms: Sequence[int], at: int, before: int, after: int
) -> list[tuple[int, int]]:
    """Return (term, article id) for up to ``before`` stories until the minute ``at`` and ``after``
    stories later than it, of each term: that many index entries are read, whatever the archive."""
    if not terms:
        return []
    spans = []
    values: dict[str, int] = {"at": at, "before": before, "after": after}
    for n, term in enumerate(terms):
        values[f"t{n}"] = term
        for side, order, limit in (("<=", "DESC", "before"), (">", "ASC", "after")):
            spans.append(
                f"SELECT * FROM (SELECT term, article_id FROM posting WHERE term = :t{n} "
                f"AND at {side} :at ORDER BY at {order} LIMIT :{limit}) AS s{n}{limit}"
            )
    rows = db.session.execute(text(" UNION ALL ".join(spans)), values)
    return [(row.term, row.article_id) for row in rows]


def likenesses(article_ids: Iterable[int]) -> dict[int, Likeness]:
    """Return the profiles of these stories, by row id."""
    rows = db.session.execute(
        select(
            LikenessRow.article_id,
            LikenessRow.at,
            LikenessRow.section_id,
            LikenessRow.headline,
            LikenessRow.terms,
            LikenessRow.sketch,
            LikenessRow.cluster_id,
        ).where(LikenessRow.article_id.in_(tuple(article_ids)))
    )
    return {row.article_id: Likeness(*row) for row in rows}


def tags_of(article_id: int) -> list[tuple[int, str]]:
    """Return (tag id, name) of one story, in the editors' order."""
    rows = db.session.execute(
        select(TagRow.id, TagRow.name)
        .join(ArticleTag, ArticleTag.tag_id == TagRow.id)
        .where(ArticleTag.article_id == article_id)
        .order_by(ArticleTag.position)
    )
    return [(row.id, row.name) for row in rows]


def newest_of_lists(
    lists: Sequence[str], at: datetime, before: int, after: int
) -> dict[str, list[int]]:
    """Return for each list the ids of the stories nearest to ``at``, as `nearest_in_time` does."""
    found: dict[str, list[int]] = {}
    for name in lists:
        here = select(ListingRow.article_id).where(ListingRow.list == name)
        older = here.where(ListingRow.at <= at).order_by(ListingRow.at.desc()).limit(before)
        newer = here.where(ListingRow.at > at).order_by(ListingRow.at).limit(after)
        found[name] = [*db.session.scalars(older), *db.session.scalars(newer)]
    return found


def list_sizes(lists: Sequence[str], counted: int) -> dict[str, int]:
    """Return about how many stories each list holds: exactly up to ``counted``, beyond it by how
    densely its newest stand beside those of the whole paper."""
    sizes: dict[str, int] = {}
    for name in lists:
        at = db.session.scalars(
            select(ListingRow.at)
            .where(ListingRow.list == name)
            .order_by(ListingRow.at.desc())
            .limit(counted)
        ).all()
        sizes[name] = len(at)
        if len(at) == counted:
            latest = select(ListingRow.at).where(ListingRow.list == LATEST).limit(1)
            newest = db.session.scalar(latest.order_by(ListingRow.at.desc()))
            oldest = db.session.scalar(latest.order_by(ListingRow.at))
            if newest and oldest and at[0] > at[-1]:
                sizes[name] = int(counted * max(1.0, (newest - oldest) / (at[0] - at[-1])))
    return sizes


def tag_lists(article_id: int) -> dict[str, str]:
    """Return the lists of a story's tags, with the tags' names."""
    return {tag_list(number): name for number, name in tags_of(article_id)}
