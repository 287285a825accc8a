"""A person's notifications about stories, and the e-mail notice of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, NotificationRow, UserRow

LIMIT = 50
# Beyond this a badge says no more than «many».
COUNT_LIMIT = 99
# A notification counts only while the story is in the state that it reports: a colleague may have
# acted.
_HOLDS = {
    "submitted": "review",
    "returned": "draft",
    "published": "published",
    "failed": "review",
}


@dataclass(frozen=True)
class Notification:
    """``kind`` is submitted, returned, published or failed; ``fresh`` while it counts on the
    badge."""

    story: str
    headline: str
    language: str
    direction: str
    kind: str
    at: datetime
    by_name: str
    note: str
    fresh: bool


@dataclass(frozen=True)
class MailNotice:
    """What a letter about a story says, and to which address."""

    to: str
    kind: str
    story: str
    headline: str
    by_name: str
    note: str
    at: datetime


def unseen_count(person_id: int, sees_all: bool) -> int:
    """Return how many stories the person's badge counts, at most `COUNT_LIMIT` + 1.

    Unless ``sees_all`` only their own: somebody whose role was taken down is told no more."""
    query = (
        select(NotificationRow.id)
        .join(ArticleRow, ArticleRow.id == NotificationRow.article_id)
        .where(NotificationRow.person_id == person_id, _counts())
        .limit(COUNT_LIMIT + 1)
    )
    if not sees_all:
        query = query.where(ArticleRow.owner_id == person_id)
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def unseen_on(public_id: str, person_id: int) -> bool:
    """Say whether the person was told something of the story that they have not seen."""
    query = (
        select(NotificationRow.id)
        .join(ArticleRow, ArticleRow.id == NotificationRow.article_id)
        .where(
            NotificationRow.person_id == person_id,
            NotificationRow.seen_at.is_(None),
            ArticleRow.public_id == public_id,
        )
    )
    return db.session.execute(query.limit(1)).first() is not None


def notifications_of(
    person_id: int, sees_all: bool, limit: int = LIMIT
) -> tuple[Notification, ...]:
    """Return what the person was told, the newest first."""
    query: Select[*tuple[Any, ...]] = (
        select(
            ArticleRow.public_id,
            ArticleRow.headline,
            ArticleRow.language,
            ArticleRow.direction,
            NotificationRow.kind,
            NotificationRow.at,
            NotificationRow.by_name,
            NotificationRow.note,
            _counts().label("fresh"),
        )
        .join(ArticleRow, ArticleRow.id == NotificationRow.article_id)
        .where(NotificationRow.person_id == person_id)
        .order_by(NotificationRow.id.desc())
        .limit(limit)
    )
    if not sees_all:
        query = query.where(ArticleRow.owner_id == person_id)
    return tuple(
        Notification(
            story=row.public_id,
            headline=row.headline,
            language=row.language,
            direction=row.direction,
            kind=row.kind,
            at=row.at,
            by_name=row.by_name,
            note=row.note,
            fresh=bool(row.fresh),
        )
        for row in db.session.execute(query)
    )


def mail_notice_of(notification: int) -> MailNotice | None:
    """Return what is to be written to whom, or None when nothing is: it was seen or holds no more,
    the person wants no letters or has no account any more."""
    row = db.session.execute(
        select(
            UserRow.email,
            NotificationRow.kind,
            NotificationRow.by_name,
            NotificationRow.note,
            NotificationRow.at,
            ArticleRow.public_id,
            ArticleRow.headline,
        )
        .join(ArticleRow, ArticleRow.id == NotificationRow.article_id)
        .join(UserRow, UserRow.id == NotificationRow.person_id)
        .where(NotificationRow.id == notification, UserRow.active, UserRow.letters, _counts())
    ).one_or_none()
    if row is None:
        return None
    return MailNotice(
        row.email, row.kind, row.public_id, row.headline, row.by_name, row.note, row.at
    )


def wants_mail_notices(person_id: int) -> bool:
    """Say whether the person wants to be told by letter."""
    return bool(db.session.scalar(select(UserRow.letters).where(UserRow.id == person_id)))


def _counts() -> ColumnElement[bool]:
    holds = (
        and_(NotificationRow.kind == kind, ArticleRow.status == status)
        for kind, status in _HOLDS.items()
    )
    return and_(NotificationRow.seen_at.is_(None), or_(*holds))
