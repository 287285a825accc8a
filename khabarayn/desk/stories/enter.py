"""Add published stories to search, to related stories and to running stories, and link them to each
other.

What is written is computed before the write lock is taken, from what was read then. Under the lock
it is written for the stories that are still as they were read; the others are computed anew. What
is still to be done stands in the outbox from the moment of publication, so a killed process loses
nothing, and doing it twice changes nothing.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.exc import SQLAlchemyError

from khabarayn.arabic.stem import stem
from khabarayn.desk.record import tell
from khabarayn.desk.stories.links import Link, links_of, lock_stories, near_to, write_links
from khabarayn.jobs.outbox import close as tick_off
from khabarayn.jobs.outbox import still_open, waiting, worker_is_alive
from khabarayn.related.clusters import close_reports, gather, refresh_cluster
from khabarayn.related.engine import compare_all, own_of
from khabarayn.related.index import likeness_of, profiles_of, store_likenesses
from khabarayn.search.document import Document, documents_of
from khabarayn.search.index import indexed_ids, take_in
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import ArticleRow, LikenessRow
from khabarayn.store.queries.cards import PUBLISHED
from khabarayn.store.queries.related import Likeness, likenesses, stem_counts

log = logging.getLogger(__name__)
# A published story that is still to be made known; stories whose links another may have changed.
ENTER, RECONNECT = "enter", "reconnect"
# The worker does it so long after the publication, because who published has not: one story's own
# publication does it at once, an import when its last story is in.
PATIENCE, PATIENCE_OF_MANY = timedelta(minutes=1), timedelta(minutes=10)
# So many stories are made known before the first of them is led to the others: what is remembered
# of them does not grow with the import.
PASS = 500
# So many are computed before the lock is taken for what they write.
GROUP = 20
# So often a story that others change meanwhile is computed anew.
TRIES = 4
# Writers of links and of running stories stand in line, on PostgreSQL too.
_LINE = "links"
_WHOLE = (
    select(*ArticleRow.__table__.columns)
    .where(ArticleRow.id.in_(bindparam("ids", expanding=True)), PUBLISHED)
    .order_by(ArticleRow.id)
)
Thing = TypeVar("Thing")
Made = TypeVar("Made")
# The reports close to a story, and its links.
_Met = tuple[list[int], list[Link]]


class LinksUnsettled(RuntimeError):
    """These stories were changed each time that their links were computed; a later run may
    succeed."""


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


def enter_many() -> int:
    """Index and link every story that stands in the outbox, and the stories near to them; return
    how many."""
    done = 0
    for part in _parts(waiting(ENTER), PASS):
        numbers = {number: str(payload.get("id", "")) for number, payload in part}
        ids = _row_ids(numbers.values())
        for group in _parts(ids, GROUP):
            _settled(group, documents_of, _search)
        # The words of all of them are counted now, and nothing else counts any meanwhile.
        counts = Frequencies()
        for group in _parts(ids, GROUP):
            _settled(group, partial(_likenesses, counts), _learn)
        near: dict[int, None] = {}
        for group in _parts(ids, GROUP):
            near |= dict.fromkeys(_meet(group))
        for group in _parts([number for number in near if number not in set(ids)], GROUP):
            _lead(group)
        with writing():
            tick_off(numbers)
            commit()
        done += len(ids)
    if not worker_is_alive():
        for number, payload in waiting(RECONNECT):
            reconnect_neighbours(number, payload)
    return done


def reconnect(public_ids: Iterable[str]) -> int:
    """Compute the links of these stories anew; return how many were published."""
    done = 0
    for part in _parts(public_ids, GROUP):
        ids = _row_ids(part)
        _lead(ids)
        done += len(ids)
    return done


def relearn(public_id: str) -> None:
    """Store a published story's profile for related stories as its text is now."""
    ids = _row_ids([public_id])
    _settled(ids, partial(_likenesses, stem_counts), _learn)
    _meet(ids, links=False)


def index_again(ids: Sequence[int]) -> None:
    """Index those of these stories that are published."""
    for group in _parts(ids, GROUP):
        _settled(group, documents_of, _search)


def reconnect_neighbours(number: int, payload: Mapping[str, Any]) -> None:
    """Write anew the links of the stories that ``payload`` names, and close the row ``number``."""
    _lead(_row_ids([str(name) for name in payload.get("neighbours", ())]))
    with writing():
        tick_off([number])
        commit()


class Frequencies:
    """How many stories have each stem, each asked once."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def __call__(self, stems: Collection[str]) -> dict[str, int]:
        new = [one for one in stems if one not in self._known]
        self._known |= dict.fromkeys(new, 0) | stem_counts(new)
        return {one: self._known[one] for one in stems}


def _enter_one(number: int, payload: Mapping[str, Any]) -> None:
    """All that one story needs, in one transaction; its neighbours after it."""
    if not still_open([number]):
        return
    near: list[int] = []
    left_to_worker = worker_is_alive()

    def compute(rows: Sequence[ArticleRow]) -> list[tuple[Document, Likeness, _Met]]:
        return [alone(row) for row in rows]

    def alone(row: ArticleRow) -> tuple[Document, Likeness, _Met]:
        (document,) = documents_of([row])
        # Its own words count too, as they will when they are written.
        known = row.id in indexed_ids([row.id])
        own = Counter[str]() if known else Counter(stem(word) for word in document.display)
        counts = Frequencies()

        def frequencies(stems: Collection[str]) -> dict[str, int]:
            return {key: times + own[key] for key, times in counts(stems).items()}

        (profile,) = profiles_of([row], frequencies, 0 if known else 1)
        likeness = likeness_of(row, profile)
        comparisons = compare_all(row, likeness)
        near[:] = near_to(comparisons)
        return (
            document,
            likeness,
            (close_reports(likeness, comparisons), links_of(row, comparisons, likeness)),
        )

    def write(rows: Sequence[ArticleRow], made: Sequence[Any]) -> None:
        for row, (document, likeness, (close, links)) in zip(rows, made, strict=True):
            take_in([document])
            store_likenesses([likeness])
            write_links({row.id: links})
            gather(row, close)
            if left_to_worker:
                tell(RECONNECT, row, neighbours=_public_ids(near))
                tick_off([number])

    ids = _row_ids([str(payload.get("id", ""))])
    _settled(ids, compute, write, lambda made: made[2][1])
    if left_to_worker and ids:
        return
    _lead(near)
    with writing():
        tick_off([number])
        commit()


def _likenesses(
    counts: Callable[[Collection[str]], Mapping[str, int]], rows: Sequence[ArticleRow]
) -> list[Likeness]:
    return [likeness_of(*both) for both in zip(rows, profiles_of(rows, counts), strict=True)]


def _search(rows: Sequence[ArticleRow], made: Sequence[Document]) -> None:
    del rows
    take_in(made)


def _learn(rows: Sequence[ArticleRow], made: Sequence[Likeness]) -> None:
    del rows
    store_likenesses(made)


def _meet(ids: Sequence[int], *, links: bool = True) -> list[int]:
    """Add indexed stories to their running stories, and write their ``links``; return the row ids
    of those near to them."""
    near: list[int] = []

    def compute(rows: Sequence[ArticleRow]) -> list[_Met]:
        kept = likenesses([row.id for row in rows])
        return [alone(row, kept.get(row.id) or own_of(row)) for row in rows]

    def alone(row: ArticleRow, own: Likeness) -> _Met:
        comparisons = compare_all(row, own)
        near.extend(near_to(comparisons))
        return close_reports(own, comparisons), links_of(row, comparisons, own) if links else []

    def write(rows: Sequence[ArticleRow], made: Sequence[_Met]) -> None:
        unsettled: set[int] = set()
        if links:
            write_links({row.id: one for row, (_, one) in zip(rows, made, strict=True)})
        # Read at once; one by one they are then in this session already.
        ids = [row.id for row in rows]
        held = db.session.scalars(select(LikenessRow).where(LikenessRow.article_id.in_(ids))).all()
        for row, (close, _) in zip(rows, made, strict=True):
            gather(row, close, unsettled)
        del held
        for number in sorted(unsettled):
            refresh_cluster(number)

    _settled(ids, compute, write, lambda made: made[1])
    return near


def _lead(ids: Sequence[int]) -> None:
    """Compute the links of indexed stories anew."""

    def write(rows: Sequence[ArticleRow], made: Sequence[list[Link]]) -> None:
        write_links({row.id: links for row, links in zip(rows, made, strict=True)})

    def compute(rows: Sequence[ArticleRow]) -> list[list[Link]]:
        kept = likenesses([row.id for row in rows])
        return [links_of(row, None, kept.get(row.id)) for row in rows]

    _settled(ids, compute, write, lambda made: made)


def _settled(
    ids: Sequence[int],
    compute: Callable[[Sequence[ArticleRow]], Sequence[Made]],
    write: Callable[[Sequence[ArticleRow], Sequence[Made]], None],
    links: Callable[[Made], Sequence[Link]] = lambda _made: (),
) -> None:
    """Compute for each story what is to be written, then write it under the lock if neither the
    story nor a target of its ``links`` has changed since. Raises `LinksUnsettled`."""
    left = list(ids)
    for _ in range(TRIES):
        if not left:
            return
        rows = _stories(left)
        made = {row.id: (row, one) for row, one in zip(rows, compute(rows), strict=True)}
        targets = {link.target_id for _row, one in made.values() for link in links(one)}
        with writing(_LINE):
            live = lock_stories([*made, *targets])
            good = [
                (row, one)
                for row, one in made.values()
                if live.get(row.id) == row.rev
                and all(link.target_id in live for link in links(one))
            ]
            write([row for row, _ in good], [one for _, one in good])
            commit()
        written = {row.id for row, _ in good}
        left = [number for number in left if number in live and number not in written]
    if left:
        raise LinksUnsettled(f"{len(left)} stories are changed again and again")


def _stories(ids: Sequence[int]) -> list[ArticleRow]:
    """Read stories whole, as rows of no session: no transaction's end makes them be read again."""
    rows = db.session.execute(_WHOLE, {"ids": list(ids)}).mappings()
    return [ArticleRow(**row) for row in rows]


def _row_ids(public_ids: Iterable[str]) -> list[int]:
    query = select(ArticleRow.id).where(ArticleRow.public_id.in_(tuple(public_ids)), PUBLISHED)
    return list(db.session.scalars(query.order_by(ArticleRow.id)))


def _public_ids(ids: Sequence[int]) -> list[str]:
    return list(db.session.scalars(select(ArticleRow.public_id).where(ArticleRow.id.in_(ids))))


def _parts(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    part: list[Thing] = []
    for thing in things:
        part.append(thing)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
