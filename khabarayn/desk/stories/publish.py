"""Publish a story's newest revision: row, lists, links, log and outbox in one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from khabarayn.desk.by import By
from khabarayn.desk.record import log, newest_content, tell
from khabarayn.desk.stories.alt_text import require_described
from khabarayn.desk.stories.links import connect, enter
from khabarayn.desk.stories.project import project
from khabarayn.desk.stories.step import begin
from khabarayn.jobs.outbox import worker_is_alive
from khabarayn.search.index import index
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import ArticleAuthor, ArticleRow, ArticleTag, ListingRow
from khabarayn.store.queries.cards import LATEST, author_list, section_list, tag_list
from khabarayn.store.queries.sections import section_tree

# The word left for the worker: stories whose links a new one may have changed.
RECONNECT = "reconnect"


@writing()
def publish(
    public_id: str, by: By, at: datetime | None = None, updated_at: datetime | None = None
) -> int:
    """Make the newest revision what readers see, and return the story's ``rev``.

    ``at`` is the time of publication (now, or what it already was, when None), ``updated_at``
    that of the last change. A person's second click publishes nothing twice, and a person is
    refused while a picture is undescribed: imports and the demo bring stories as they are.
    Raises `Refused`.
    """
    row = begin("publish", public_id, by)
    # For `publish` the state it leaves is one that it may be said in.
    assert row is not None
    number, content = newest_content(row)
    if row.status == "published" and row.live_number == number:
        return row.rev
    moment = now()
    published_before = row.first_published_at is not None
    if not by.is_house:
        require_described(content)
    project(content, row)
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
    _list(row)
    index(row)
    neighbours = enter(row)
    if worker_is_alive():
        tell(RECONNECT, row, neighbours=[neighbour.public_id for neighbour in neighbours])
    else:
        for neighbour in neighbours:
            connect(neighbour)
    log("publish", by, row, rev=row.rev)
    tell("published", row, rev=row.rev)
    commit()
    return row.rev


def _list(row: ArticleRow) -> None:
    """Put the story into every list it stands in, and out of those it left."""
    db.session.execute(delete(ListingRow).where(ListingRow.article_id == row.id))
    lists = [LATEST]
    lists += [section_list(number) for number in section_tree().lineage(row.section_id)]
    tags = select(ArticleTag.tag_id).where(ArticleTag.article_id == row.id)
    lists += [tag_list(number) for number in db.session.scalars(tags)]
    authors = select(ArticleAuthor.author_id).where(ArticleAuthor.article_id == row.id)
    lists += [author_list(number) for number in db.session.scalars(authors)]
    db.session.add_all(
        ListingRow(list=name, at=row.published_at, article_id=row.id) for name in lists
    )
    db.session.flush()
