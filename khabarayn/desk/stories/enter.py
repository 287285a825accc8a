"""Add a published story to search, to related stories and to running stories, and link it and its
neighbours to each other.

What is written is computed before the write lock is taken (`write_if_unchanged`). What is still to
be done stands in the outbox from the moment of publication, so a killed process loses nothing, and
doing it twice changes nothing. Many at a time: `enter_many`.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from khabarayn.arabic.stem import stem
from khabarayn.desk.record import enqueue
from khabarayn.desk.stories.links import Link, links_of, near_to, write_links
from khabarayn.desk.stories.write_if_unchanged import (
    GROUP,
    LinksUnsettled,
    close_rows,
    parts,
    public_ids,
    row_ids,
    write_if_unchanged,
)
from khabarayn.jobs.outbox import close as tick_off
from khabarayn.jobs.outbox import still_open, worker_is_alive
from khabarayn.related.clusters import close_reports, gather, refresh_cluster
from khabarayn.related.engine import Comparison, compare_all, compare_each
from khabarayn.related.index import likeness_of, profiles_of, store_likenesses
from khabarayn.search.document import Document, documents_of
from khabarayn.search.index import indexed_ids, take_in
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, LikenessRow
from khabarayn.store.queries.related import Likeness, likenesses, stem_counts

log = logging.getLogger(__name__)
# A published story that is still to be made known; one that is known and still to be linked;
# stories whose links another may have changed.
ENTER, LINK, RECONNECT = "enter", "link", "reconnect"
# The worker does it so long after the publication, because who published has not: one story's own
# publication does it at once, an import when its last story is in.
PATIENCE, PATIENCE_OF_MANY = timedelta(minutes=1), timedelta(minutes=10)


class Neighbourhood(NamedTuple):
    """What follows from comparing a story with the others: the row ids of the stories ``near`` to
    it and of the reports that are ``close`` to it, and its ``links``."""

    near: list[int]
    close: list[int]
    links: list[Link]


def enter(number: int, public_id: str) -> None:
    """Index and link one story that has just been published; ``number`` is its row of the outbox.
    What fails is done by the worker: the story is public already."""
    try:
        _enter_one(number, {"id": public_id})
    except (SQLAlchemyError, LinksUnsettled):
        db.session.rollback()
        log.warning("story %s is made known later", public_id, exc_info=True)


def enter_later(number: int, payload: Mapping[str, Any]) -> None:
    """Index and link the story that a row of the outbox names, which a killed process has left."""
    _enter_one(number, payload)


def reconnect(names: Iterable[str]) -> int:
    """Compute the links of the stories with these public ids anew; return how many were
    published."""
    count = 0
    for part in parts(names, GROUP):
        ids = row_ids(part)
        lead(ids)
        count += len(ids)
    return count


def relearn(public_id: str) -> None:
    """Store a published story's profile for related stories as its text is now."""
    ids = row_ids([public_id])
    write_if_unchanged(ids, partial(_likenesses, stem_counts), _learn)
    relate(ids, links=False)


def index_again(ids: Sequence[int]) -> None:
    """Index those of these stories that are published."""
    for group in parts(ids, GROUP):
        write_if_unchanged(group, documents_of, write_documents)


def reconnect_neighbours(number: int, payload: Mapping[str, Any]) -> None:
    """Write anew the links of the stories that ``payload`` names, and close the row ``number``."""
    lead(row_ids([str(name) for name in payload.get("neighbours", ())]))
    close_rows([number])


class Frequencies:
    """How many stories have each stem, each asked once."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def __call__(self, stems: Collection[str]) -> dict[str, int]:
        new = [one for one in stems if one not in self._counts]
        self._counts |= dict.fromkeys(new, 0) | stem_counts(new)
        return {one: self._counts[one] for one in stems}


def _enter_one(number: int, payload: Mapping[str, Any]) -> None:
    """All that one story needs, in one transaction; its neighbours after it."""
    if not still_open([number]):
        return
    near: list[int] = []
    left_to_worker = worker_is_alive()

    def compute(rows: Sequence[ArticleRow]) -> list[tuple[Document, Likeness, Neighbourhood]]:
        return [alone(row) for row in rows]

    def alone(row: ArticleRow) -> tuple[Document, Likeness, Neighbourhood]:
        (document,) = documents_of([row])
        # Its own words count too, as they will when they are written.
        is_indexed = row.id in indexed_ids([row.id])
        own = Counter[str]() if is_indexed else Counter(stem(word) for word in document.display)
        counts = Frequencies()

        def frequencies(stems: Collection[str]) -> dict[str, int]:
            return {key: times + own[key] for key, times in counts(stems).items()}

        (profile,) = profiles_of([row], frequencies, 0 if is_indexed else 1)
        likeness = likeness_of(row, profile)
        meeting = _neighbourhood(row, likeness, compare_all(row, likeness))
        near[:] = meeting.near
        return document, likeness, meeting

    def write(rows: Sequence[ArticleRow], results: Sequence[Any]) -> None:
        for row, (document, likeness, meeting) in zip(rows, results, strict=True):
            take_in([document])
            store_likenesses([likeness])
            write_links({row.id: meeting.links})
            gather(row, meeting.close)
            if left_to_worker:
                enqueue(RECONNECT, row, neighbours=public_ids(near))
                tick_off([number])

    ids = row_ids([str(payload.get("id", ""))])
    write_if_unchanged(ids, compute, write, lambda result: result[2].links)
    if left_to_worker and ids:
        return
    lead(near)
    close_rows([number])


def relate(
    ids: Sequence[int],
    *,
    links: bool = True,
    also: Callable[
        [Sequence[ArticleRow], Sequence[Neighbourhood]], None
    ] = lambda _rows, _results: None,
) -> list[int]:
    """Add indexed stories to their running stories, and write their ``links``; return the row ids
    of the stories near to them. ``also`` is written with them, in the same transaction."""
    near: dict[int, None] = {}

    def compute(rows: Sequence[ArticleRow]) -> list[Neighbourhood]:
        return [_neighbourhood(*each, links=links) for each in _comparisons_of(rows)]

    def write(rows: Sequence[ArticleRow], results: Sequence[Neighbourhood]) -> None:
        changed_clusters: set[int] = set()
        if links:
            write_links({row.id: meeting.links for row, meeting in zip(rows, results, strict=True)})
        # Read at once; one by one they are then in this session already.
        ids = [row.id for row in rows]
        locks = db.session.scalars(select(LikenessRow).where(LikenessRow.article_id.in_(ids))).all()
        for row, meeting in zip(rows, results, strict=True):
            gather(row, meeting.close, changed_clusters)
            near.update(dict.fromkeys(meeting.near))
        del locks
        for number in sorted(changed_clusters):
            refresh_cluster(number)
        also(rows, results)

    write_if_unchanged(ids, compute, write, lambda result: result.links)
    return list(near)


def lead(ids: Sequence[int]) -> None:
    """Compute the links of indexed stories anew."""

    def compute(rows: Sequence[ArticleRow]) -> list[list[Link]]:
        return [links_of(row, matches, own) for row, own, matches in _comparisons_of(rows)]

    def write(rows: Sequence[ArticleRow], results: Sequence[list[Link]]) -> None:
        write_links({row.id: links for row, links in zip(rows, results, strict=True)})

    write_if_unchanged(ids, compute, write, lambda links: links)


def write_documents(rows: Sequence[ArticleRow], documents: Sequence[Document]) -> None:
    """Write what search keeps of these stories; the caller commits."""
    del rows
    take_in(documents)


def _comparisons_of(
    rows: Sequence[ArticleRow],
) -> list[tuple[ArticleRow, Likeness, list[Comparison]]]:
    """Return each of these stories with its profile and with what it was compared with."""
    profiles = likenesses([row.id for row in rows])
    missing = [row for row in rows if row.id not in profiles]
    profiles |= {one.article_id: one for one in _likenesses(stem_counts, missing)}
    owns = [profiles[row.id] for row in rows]
    return list(zip(rows, owns, compare_each(rows, owns), strict=True))


def _neighbourhood(
    row: ArticleRow, own: Likeness, matches: Sequence[Comparison], *, links: bool = True
) -> Neighbourhood:
    return Neighbourhood(
        near_to(matches), close_reports(own, matches), links_of(row, matches, own) if links else []
    )


def _likenesses(
    counts: Callable[[Collection[str]], Mapping[str, int]], rows: Sequence[ArticleRow]
) -> list[Likeness]:
    return [likeness_of(*both) for both in zip(rows, profiles_of(rows, counts), strict=True)]


def _learn(rows: Sequence[ArticleRow], own_likenesses: Sequence[Likeness]) -> None:
    del rows
    store_likenesses(own_likenesses)
