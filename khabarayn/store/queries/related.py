"""The reads of related stories: frequencies of terms, postings, profiles, newest stories of
tags."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Integer,
    TextClause,
    TextualSelect,
    bindparam,
    func,
    select,
    text,
)

from khabarayn.store.db import UTCDateTime, db
from khabarayn.store.models import (
    ArticleTag,
    LikenessRow,
    ListingRow,
    SearchState,
    SearchWord,
    TagRow,
)
from khabarayn.store.plain import run_plain
from khabarayn.store.queries.languages import LATEST

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The counter of stories that search keeps beside its vocabulary.
_STORIES = "stories"
# So many lists are asked at once: engines take 500 parts of a statement.
_LISTS = 100


# Built once: building a statement costs more than running it.
_STORY_COUNT = select(SearchState.value).where(SearchState.name == _STORIES)
_STEM_COUNTS = (
    select(SearchWord.stem, func.sum(SearchWord.df).label("df"))
    .where(SearchWord.stem.in_(bindparam("stems", expanding=True)))
    .group_by(SearchWord.stem)
)
_LIKENESSES = select(
    LikenessRow.article_id,
    LikenessRow.at,
    LikenessRow.section_id,
    LikenessRow.headline,
    LikenessRow.terms,
    LikenessRow.sketch,
    LikenessRow.cluster_id,
    LikenessRow.language,
).where(LikenessRow.article_id.in_(bindparam("ids", expanding=True)))
_TAGS_OF = (
    select(ArticleTag.article_id, TagRow.id, TagRow.name)
    .join(TagRow, ArticleTag.tag_id == TagRow.id)
    .where(ArticleTag.article_id.in_(bindparam("articles", expanding=True)))
    .order_by(ArticleTag.article_id, ArticleTag.position)
)


class Likeness(NamedTuple):
    """One published story as the engine compares it; ``terms`` and ``sketch`` still packed."""

    article_id: int
    at: int
    section_id: int
    headline: int
    terms: bytes
    sketch: bytes
    cluster_id: int | None
    language: str = "ar"


def _connection() -> Connection:
    """The connection of the session, after pending changes are flushed."""
    db.session.flush()
    return db.session.connection()


def minute_of(at: datetime) -> int:
    """Return the minutes between 1970 and ``at``."""
    return int((at - _EPOCH).total_seconds() // 60)


def story_count() -> int:
    """Return how many published stories the vocabulary counts."""
    return _connection().scalar(_STORY_COUNT) or 0


def stem_counts(stems: Collection[str]) -> dict[str, int]:
    """Return how many stories have each stem: an upper bound, its forms are summed."""
    if not stems:
        return {}
    rows = _connection().execute(_STEM_COUNTS, {"stems": sorted(stems)})
    return {row.stem: int(row.df) for row in rows}


def nearest_in_time(
    terms: Sequence[int], at: int, before: int, after: int
) -> list[tuple[int, int]]:
    """Return (term, article id) for up to ``before`` stories until the minute ``at`` and ``after``
    stories later than it, of each term: that many index entries are read, whatever the archive."""
    if not terms:
        return []
    values: dict[str, int] = {"at": at, "before": before, "after": after}
    values |= {f"t{n}": term for n, term in enumerate(terms)}
    rows: Sequence[Any] = run_plain(_connection(), _spans(len(terms)), values).all()
    return [(term, number) for term, number in rows]


@lru_cache(maxsize=64)
def _spans(terms: int) -> str:
    return " UNION ALL ".join(
        f"SELECT * FROM (SELECT term, article_id FROM posting WHERE term = :t{n} "
        f"AND at {side} :at ORDER BY at {order} LIMIT :{limit}) AS s{n}{limit}"
        for n in range(terms)
        for side, order, limit in (("<=", "DESC", "before"), (">", "ASC", "after"))
    )


def likenesses(article_ids: Iterable[int]) -> dict[int, Likeness]:
    """Return the profiles of these stories, by row id."""
    rows = _connection().execute(_LIKENESSES, {"ids": list(article_ids)}).all()
    return {row[0]: Likeness._make(row) for row in rows}


def tags_of(article_id: int) -> list[tuple[int, str]]:
    """Return (tag id, name) of one story, in the editors' order."""
    return tags_of_many([article_id]).get(article_id, [])


def tags_of_many(article_ids: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    """Return `tags_of` of each of these stories that has tags, by row id."""
    result: dict[int, list[tuple[int, str]]] = {}
    for row in _connection().execute(_TAGS_OF, {"articles": list(article_ids)}):
        result.setdefault(row.article_id, []).append((row.id, row.name))
    return result


def newest_of_lists(
    lists: Sequence[str], language: str, at: datetime, before: int, after: int
) -> dict[str, list[int]]:
    """Return for each list in ``language`` the ids of the stories nearest to ``at``, as
    `nearest_in_time` does."""
    result: dict[str, list[int]] = {name: [] for name in lists}
    if lists:
        names = list(lists)
        values = {"at": at, "before": before, "after": after, **_number_names(lists, language)}
        for row in _connection().execute(_ends(len(lists)), values):
            result[names[row.place]].append(row.article_id)
    return result


@lru_cache(maxsize=64)
def _ends(lists: int) -> TextClause:
    spans = " UNION ALL ".join(
        f"SELECT * FROM (SELECT {n} AS place, article_id FROM listing "
        f"WHERE list = :l{n} AND language = :language AND at {side} :at "
        f"ORDER BY at {order} LIMIT :{limit}) AS s{n}{limit}"
        for n in range(lists)
        for side, order, limit in (("<=", "DESC", "before"), (">", "ASC", "after"))
    )
    return text(spans).bindparams(bindparam("at", type_=UTCDateTime()))


def _number_names(lists: Sequence[str], language: str) -> dict[str, str]:
    return {"language": language, **{f"l{n}": name for n, name in enumerate(lists)}}


def list_sizes(lists: Sequence[str], language: str, exact_limit: int) -> dict[str, int]:
    """Return about how many stories each list in ``language`` holds: exactly up to ``exact_limit``,
    beyond it by how densely its newest stand beside all of that language."""
    sizes = dict.fromkeys(lists, 0)
    for start in range(0, len(lists), _LISTS):
        sizes |= _list_sizes(list(lists[start : start + _LISTS]), language, exact_limit)
    return sizes


def _list_sizes(names: list[str], language: str, exact_limit: int) -> dict[str, int]:
    sizes: dict[str, int] = {}
    whole: timedelta | None = None
    values = {"counted": exact_limit, **_number_names(names, language)}
    for row in _connection().execute(_sizes(len(names)), values):
        sizes[names[row.place]] = row.size
        if row.size == exact_limit and row.newest > row.oldest:
            whole = whole or _span_of(language)
            density = whole / (row.newest - row.oldest)
            sizes[names[row.place]] = int(exact_limit * max(1.0, density))
    return sizes


def _span_of(language: str) -> timedelta:
    """Return how far the newest story in ``language`` is from the oldest."""
    all_of_it = (ListingRow.list == LATEST, ListingRow.language == language)
    at = select(ListingRow.at).where(*all_of_it).limit(1)
    newest = db.session.scalar(at.order_by(ListingRow.at.desc()))
    oldest = db.session.scalar(at.order_by(ListingRow.at))
    return newest - oldest if newest and oldest else timedelta(0)


@lru_cache(maxsize=64)
def _sizes(lists: int) -> TextualSelect:
    spans = " UNION ALL ".join(
        f"SELECT {n} AS place, count(*) AS size, max(at) AS newest, min(at) AS oldest FROM "
        f"(SELECT at FROM listing WHERE list = :l{n} AND language = :language "
        f"ORDER BY at DESC LIMIT :counted) AS s{n}"
        for n in range(lists)
    )
    at = UTCDateTime()
    return text(spans).columns(place=Integer(), size=Integer(), newest=at, oldest=at)
