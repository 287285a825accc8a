"""Write a change of a picture, a tag, an author or a source into the revisions of the stories that
have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from sqlalchemy import and_, exists, or_, select

from khabarayn.article.content import Content
from khabarayn.article.pictures import MEDIA, left_without, pictures_in
from khabarayn.desk.by import By
from khabarayn.desk.record import add_revision, enqueue, newest_content
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, MediaRow, RevisionRow
from khabarayn.store.queries.cards import LIVE


def amend(row: ArticleRow, change: Callable[[Content], Content], by: By, note: str) -> None:
    """Give the story a revision in which ``change`` is made, unless it changes nothing. Unpublished
    changes stay unpublished. The live row is the caller's to change; see `readers_get`. Within the
    caller's transaction.
    """
    number, content = newest_content(row)
    new_content = change(content)
    if new_content == content:
        return
    revision = add_revision(row, new_content, by, note)
    if row.live_number == number:
        # Without unpublished changes, what readers see is the newest revision again.
        row.live_number = revision


def readers_get(row: ArticleRow) -> None:
    """Give a published story a new ``rev``, so that readers' phones fetch it again."""
    if row.status == "published":
        row.rev += 1
        if not row.page:
            enqueue("published", row, rev=row.rev)


def stories_of(numbers: Iterable[int]) -> list[ArticleRow]:
    """Return these stories, locked."""
    row_ids = list(numbers)
    return list(
        db.session.scalars(
            select(ArticleRow)
            .where(ArticleRow.id.in_(row_ids))
            .order_by(ArticleRow.id)
            .with_for_update()
        )
    )


def waiting(but: Iterable[int] = ()) -> list[ArticleRow]:
    """Return the stories with a text newer than what their row says, locked: it may name what the
    row does not. ``but`` are ids that are known already."""
    newer = exists().where(
        RevisionRow.article_id == ArticleRow.id, RevisionRow.number > ArticleRow.live_number
    )
    return list(
        db.session.scalars(
            select(ArticleRow)
            .where(
                or_(
                    and_(LIVE, newer),
                    ArticleRow.status == "withdrawn",
                ),
                ArticleRow.id.not_in(list(but)),
            )
            .order_by(ArticleRow.id)
            .with_for_update()
        )
    )


def without_pictures(content: Content, *public_ids: str) -> Content:
    """Return ``content`` without these pictures, as lead or inside."""
    lead = content.lead
    if lead and lead.path.removeprefix(MEDIA) in public_ids:
        lead = None
    return replace(content, lead=lead, blocks=left_without(content.blocks, *public_ids))


def without_lost(content: Content) -> Content:
    """Return ``content`` without the pictures that the library does not have any more: those that
    an old text names and somebody deleted since."""
    lead = [content.lead.path.removeprefix(MEDIA)] if content.lead else []
    public_ids = {*lead, *pictures_in(content.blocks)}
    if not public_ids:
        return content
    query = select(MediaRow.public_id).where(MediaRow.public_id.in_(public_ids))
    missing = public_ids - set(db.session.scalars(query))
    return without_pictures(content, *missing) if missing else content
