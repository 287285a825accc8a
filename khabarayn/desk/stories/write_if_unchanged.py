"""Compute what follows from published stories without the lock of a write, and write it under the
lock for those that are still as they were read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from sqlalchemy import bindparam, select

from khabarayn.desk.stories.links import Link, lock_stories
from khabarayn.jobs.outbox import close
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import ArticleRow
from khabarayn.store.queries.cards import PUBLISHED

# So many are written under one lock at most. So many are compared at once where many are linked:
# the profiles that several of them are compared with are read once.
GROUP, TOGETHER = 20, 100
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
Result = TypeVar("Result")


class LinksUnsettled(RuntimeError):
    """These stories were changed each time that their links were computed; a later run may
    succeed."""


def stories(ids: Sequence[int]) -> list[ArticleRow]:
    """Read published stories whole, as rows of no session: no transaction's end makes them be read
    again."""
    rows = db.session.execute(_WHOLE, {"ids": list(ids)}).mappings()
    return [ArticleRow(**row) for row in rows]


def write_if_unchanged(
    ids: Sequence[int],
    compute: Callable[[Sequence[ArticleRow]], Sequence[Result]],
    write: Callable[[Sequence[ArticleRow], Sequence[Result]], None],
    links: Callable[[Result], Sequence[Link]] = lambda _result: (),
    read: Callable[[Sequence[int]], Sequence[ArticleRow]] = stories,
) -> None:
    """Compute for each story what is to be written, then write it, `GROUP` under one lock, if
    neither the story nor a target of its ``links`` has changed since; ``read`` gives the stories
    of row ids. Raises `LinksUnsettled`."""
    remaining = list(ids)
    for _ in range(TRIES):
        if not remaining:
            return
        rows = read(remaining)
        left: set[int] = set()
        for group in parts(zip(rows, compute(rows), strict=True), GROUP):
            targets = {link.target_id for _row, one in group for link in links(one)}
            with writing(_LINE):
                live = lock_stories([*(row.id for row, _ in group), *targets])
                good = [
                    (row, one)
                    for row, one in group
                    if live.get(row.id) == row.rev
                    and all(link.target_id in live for link in links(one))
                ]
                write([row for row, _ in good], [one for _, one in good])
                commit()
            written_ids = {row.id for row, _ in good}
            left |= {row.id for row, _ in group if row.id in live and row.id not in written_ids}
        remaining = [number for number in remaining if number in left]
    if remaining:
        raise LinksUnsettled(f"{len(remaining)} stories are changed again and again")


def close_rows(numbers: Collection[int]) -> None:
    """Mark these rows of the outbox done. Commits."""
    if numbers:
        with writing():
            close(numbers)
            commit()


def row_ids(public_ids: Iterable[str]) -> list[int]:
    """Return the row ids of those of these stories that are published, in their order."""
    query = select(ArticleRow.id).where(ArticleRow.public_id.in_(tuple(public_ids)), PUBLISHED)
    return list(db.session.scalars(query.order_by(ArticleRow.id)))


def public_ids(ids: Iterable[int]) -> list[str]:
    """Return the public ids of the stories with these row ids."""
    return list(
        db.session.scalars(select(ArticleRow.public_id).where(ArticleRow.id.in_(list(ids))))
    )


def parts(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """Yield ``things`` in lists of ``size``, the last one perhaps shorter."""
    part: list[Thing] = []
    for thing in things:
        part.append(thing)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part
