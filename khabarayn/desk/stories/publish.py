"""Publish a story's newest revision: row, lists, log and outbox in one transaction; search and
links are computed in the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select

from khabarayn.desk.by import By
from khabarayn.desk.languages import note_languages
from khabarayn.desk.record import enqueue, log, newest_content
from khabarayn.desk.stories.alt_text import require_described
from khabarayn.desk.stories.enter import ENTER, PATIENCE, enter
from khabarayn.desk.stories.project import project
from khabarayn.desk.stories.standing import (
    require_filled,
    require_page_language,
    save_page_links,
)
from khabarayn.desk.stories.step import begin
from khabarayn.desk.stories.translations import require_one_of_its_language
from khabarayn.jobs.outbox import not_before
from khabarayn.store.db import commit, db, now, within_writing, writing
from khabarayn.store.models import ArticleAuthor, ArticleRow, ArticleTag, ListingRow, OutboxRow
from khabarayn.store.queries.cards import author_list, section_list, tag_list
from khabarayn.store.queries.languages import LATEST, list_language
from khabarayn.store.queries.sections import section_tree

_TAGS = select(ArticleTag.tag_id).where(ArticleTag.article_id == bindparam("article"))
_AUTHORS = select(ArticleAuthor.author_id).where(ArticleAuthor.article_id == bindparam("article"))


def publish(
    public_id: str,
    by: By,
    at: datetime | None = None,
    updated_at: datetime | None = None,
) -> int:
    """Make the newest revision what readers see, and return the story's ``rev``.

    ``at`` is the time of publication (now, or what it already was, when None), ``updated_at``
    that of the last change. A person's second click publishes nothing twice, and a person is
    refused while a picture is undescribed: imports and the demo bring stories as they are.
    Search and its like know it when this returns. Raises `Refused`.
    """
    rev, word = put_out(public_id, by, at, updated_at)
    if word is not None and not within_writing():
        enter(word, public_id)
    return rev


@writing()
def put_out(
    public_id: str,
    by: By,
    at: datetime | None = None,
    updated_at: datetime | None = None,
    *,
    fresh: bool = False,
    patience: timedelta = PATIENCE,
) -> tuple[int, int | None]:
    """Do the first half of `publish`, perhaps within a greater transaction: write row, lists and
    log. Return ``rev`` and the number of the outbox's row by which it is made known, if it is to
    be: by `khabarayn.desk.stories.enter` after the commit, or by the worker after ``patience``.
    ``fresh`` says that the story was drafted in this very transaction."""
    row = begin("publish", public_id, by)
    # Never None: the state that the step leaves is one in which it may be taken.
    assert row is not None
    number, content = (1, None) if fresh else newest_content(row)
    if row.status == "published" and row.live_number == number:
        return row.rev, None
    moment = now()
    if content is not None:
        if not by.is_system:
            require_described(content)
        if row.page:
            require_filled(content)
            require_page_language(row.page, content)
        project(content, row)
        require_one_of_its_language(row)
    show(row, number, moment, at, updated_at)
    if row.page:
        # A standing page is in no list, feed or search, and not among the changes that phones ask
        # for.
        log("publish", by, row, rev=row.rev, page=row.page)
        save_page_links()
        commit()
        return row.rev, None
    if not fresh:
        db.session.execute(delete(ListingRow).where(ListingRow.article_id == row.id))
    tags = db.session.scalars(_TAGS, {"article": row.id})
    list_stories([(row, tags, db.session.scalars(_AUTHORS, {"article": row.id}))])
    word = enqueue_publication(row, by, moment + patience)
    db.session.flush()
    number = word.id
    commit()
    return row.rev, number


def show(
    row: ArticleRow,
    number: int,
    moment: datetime,
    at: datetime | None = None,
    updated_at: datetime | None = None,
) -> None:
    """Make the story, whose row says what its revision ``number`` does, one that readers see since
    ``moment``; ``at`` and ``updated_at`` are those of `publish`. Its lists are another matter."""
    published_before = row.first_published_at is not None
    row.status = "published"
    # Readers' search knows it from now on.
    row.folded_body = ""
    row.live_number, row.publish_at = number, None
    row.withdrawn_at, row.withdrawn_reason = None, ""
    published_at = at or row.published_at or moment
    row.published_at = published_at
    row.first_published_at = min(row.first_published_at or published_at, published_at)
    row.updated_at = updated_at or (moment if published_before else published_at)
    row.rev += 1


def list_stories(stories: Sequence[tuple[ArticleRow, Iterable[int], Iterable[int]]]) -> None:
    """Put stories that stand in no list into those that they belong in; each comes with the row ids
    of its tags and authors."""
    tree = section_tree()
    rows = [
        {
            "list": name,
            "language": list_language(row.language),
            "at": row.published_at,
            "article_id": row.id,
        }
        for row, tags, authors in stories
        for name in (
            LATEST,
            *map(section_list, tree.lineage(row.section_id)),
            *map(tag_list, tags),
            *map(author_list, authors),
        )
    ]
    db.session.execute(insert(ListingRow), rows)
    note_languages(list_language(row.language) for row, _tags, _authors in stories)


def enqueue_publication(row: ArticleRow, by: By, later: datetime) -> OutboxRow:
    """Write down that the story was published, and return the outbox's row by which it is made
    known: by the worker from the moment ``later`` on, if nobody has until then."""
    log("publish", by, row, rev=row.rev)
    enqueue("published", row, rev=row.rev)
    return enqueue(ENTER, row, **not_before(later))
