"""The links by which outsiders read a story that is not public, and what one of them shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from khabarayn.article.content import Content
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, PreviewLinkRow, RevisionRow
from khabarayn.store.queries.revisions import Revision


@dataclass(frozen=True)
class PreviewLink:
    """``name`` is who made it."""

    id: int
    name: str
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Behind:
    """What a link shows: the newest ``revision`` of ``story`` and its ``content``;
    ``live`` when readers have exactly this text."""

    story: str
    revision: Revision
    content: Content
    expires_at: datetime
    live: bool


def preview_links(public_id: str) -> tuple[PreviewLink, ...]:
    """Return the links of the story that still open, the newest first."""
    rows = db.session.scalars(
        select(PreviewLinkRow)
        .join(ArticleRow, ArticleRow.id == PreviewLinkRow.article_id)
        .where(ArticleRow.public_id == public_id, PreviewLinkRow.expires_at > now())
        .order_by(PreviewLinkRow.id.desc())
    )
    return tuple(PreviewLink(row.id, row.name, row.made_at, row.expires_at) for row in rows)


def behind_link(digest: str) -> Behind | None:
    """Return what the link shows, or None: it ended, was revoked, never was, or its story has been
    withdrawn."""
    row = db.session.execute(
        select(
            ArticleRow.public_id,
            ArticleRow.status,
            ArticleRow.live_number,
            PreviewLinkRow.expires_at,
            RevisionRow.number,
            RevisionRow.made_at,
            RevisionRow.made_by,
            RevisionRow.note,
            RevisionRow.content,
        )
        .join(PreviewLinkRow, PreviewLinkRow.article_id == ArticleRow.id)
        .join(RevisionRow, RevisionRow.article_id == ArticleRow.id)
        .where(
            PreviewLinkRow.digest == digest,
            PreviewLinkRow.expires_at > now(),
            ArticleRow.withdrawn_at.is_(None),
        )
        .order_by(RevisionRow.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Behind(
        story=row.public_id,
        revision=Revision(row.number, row.made_at, row.made_by, row.note),
        content=row.content,
        expires_at=row.expires_at,
        live=row.status == "published" and row.live_number == row.number,
    )
