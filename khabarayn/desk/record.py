"""Load a story's row to change it, and write revisions, log rows and outbox rows."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from khabarayn.article.content import Content
from khabarayn.desk.by import By
from khabarayn.desk.permissions import Standing
from khabarayn.desk.refused import UnknownStory
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, LogRow, OutboxRow, RevisionRow


def story_row(public_id: str) -> ArticleRow:
    """Return the story's row, locked; asked within `store.db.writing`. Raises `UnknownStory`."""
    row = db.session.scalar(
        select(ArticleRow).where(ArticleRow.public_id == public_id).with_for_update()
    )
    if row is None:
        raise UnknownStory("id", _("لا يوجد خبر بهذا المعرّف: %(id)s", id=public_id))
    return row


def standing_of(row: ArticleRow) -> Standing:
    """Return where the story of ``row`` stands, as permissions ask."""
    return Standing(row.status, row.owner_id, row.page)


def add_revision(row: ArticleRow, content: Content, by: By, note: str = "") -> int:
    """Keep ``content`` as the story's newest revision; return its number."""
    last = db.session.scalar(
        select(func.max(RevisionRow.number)).where(RevisionRow.article_id == row.id)
    )
    return _add(row, (last or 0) + 1, content, by, note)


def add_first_revision(row: ArticleRow, content: Content, by: By) -> int:
    """Keep ``content`` as the first revision of a story that is made in this very transaction;
    return its number."""
    return _add(row, 1, content, by)


def _add(row: ArticleRow, number: int, content: Content, by: By, note: str = "") -> int:
    db.session.add(
        RevisionRow(
            article_id=row.id,
            number=number,
            made_at=now(),
            made_by=by.name,
            note=note,
            content=content,
        )
    )
    return number


def newest_content(row: ArticleRow) -> tuple[int, Content]:
    """Return number and content of the story's newest revision."""
    revision = db.session.execute(
        select(RevisionRow.number, RevisionRow.content)
        .where(RevisionRow.article_id == row.id)
        .order_by(RevisionRow.number.desc())
        .limit(1)
    ).one_or_none()
    if revision is None:
        raise UnknownStory("id", _("لا يوجد خبر بهذا المعرّف: %(id)s", id=row.public_id))
    return revision.number, revision.content


def last_content_by(row: ArticleRow, by: By) -> Content | None:
    """Return the content of the newest revision that ``by`` made of the story, or None."""
    return db.session.scalar(
        select(RevisionRow.content)
        .where(RevisionRow.article_id == row.id, RevisionRow.made_by == by.name)
        .order_by(RevisionRow.number.desc())
        .limit(1)
    )


def log(verb: str, by: By, row: ArticleRow | None = None, **detail: Any) -> None:
    """Write one row of the log, in the transaction of the change; without ``row`` it concerns no
    story."""
    if row is not None:
        row.changed_at = now()
    db.session.add(
        LogRow(
            at=now(),
            who=by.name,
            verb=verb,
            article_id=row and row.id,
            person_id=by.id,
            address=by.address,
            detail=detail,
        )
    )


def enqueue(topic: str, row: ArticleRow | None = None, **payload: Any) -> OutboxRow:
    """Write a row of the outbox for search, related stories and the like; with ``row``, about that
    story."""
    about = {"id": row.public_id} if row is not None else {}
    outbox_row = OutboxRow(topic=topic, payload={**about, **payload}, created_at=now())
    db.session.add(outbox_row)
    return outbox_row
