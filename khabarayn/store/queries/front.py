"""What editors placed on the front page, and what is read most."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select

from khabarayn.article.story import Card
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, BulletinRow, FrontRow, ReadsRow
from khabarayn.store.queries.cards import PUBLISHED, card, select_cards


@dataclass(frozen=True)
class Bulletin:
    """The «عاجل» strip; ``article_id`` is a public id or empty."""

    text: str
    article_id: str
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Placing:
    """A story in a place that an editor gave it, until ``until`` or until it is moved."""

    place: int
    card: Card
    until: datetime | None


@cache
def _placed() -> Select[*tuple[Any, ...]]:
    return (
        select_cards()
        .add_columns(FrontRow.place)
        .join(FrontRow, FrontRow.article_id == ArticleRow.id)
        .where(
            PUBLISHED,
            or_(FrontRow.expires_at.is_(None), FrontRow.expires_at > bindparam("now")),
        )
        .order_by(FrontRow.place)
    )


def placed_cards() -> dict[int, Card]:
    """Return the stories that editors placed, by place (0 is the lead), the expired left out."""
    return {row.place: card(row) for row in db.session.execute(_placed(), {"now": now()})}


@cache
def _bulletin() -> Select[*tuple[Any, ...]]:
    return (
        select(BulletinRow.text, BulletinRow.made_at, BulletinRow.expires_at, ArticleRow.public_id)
        .outerjoin(ArticleRow, ArticleRow.id == BulletinRow.article_id)
        .where(BulletinRow.expires_at > bindparam("now"))
        .order_by(BulletinRow.expires_at.desc())
        .limit(1)
    )


def placings() -> tuple[Placing, ...]:
    """Return the stories that editors placed with their hours, by place, the expired left out."""
    query = (
        select_cards()
        .add_columns(FrontRow.place, FrontRow.expires_at)
        .join(FrontRow, FrontRow.article_id == ArticleRow.id)
        .where(
            PUBLISHED,
            or_(FrontRow.expires_at.is_(None), FrontRow.expires_at > now()),
        )
        .order_by(FrontRow.place)
    )
    return tuple(Placing(row.place, card(row), row.expires_at) for row in db.session.execute(query))


def front_state() -> str:
    """Return what tells whether the composed page is still the one that an editor saw."""
    standing = "|".join(f"{one.place}:{one.card.id}:{one.until}" for one in placings())
    return hashlib.sha256(standing.encode()).hexdigest()[:16]


def current_bulletin() -> Bulletin | None:
    """Return the newest bulletin that has not expired, or None."""
    row = db.session.execute(_bulletin(), {"now": now()}).one_or_none()
    return Bulletin(row.text, row.public_id or "", row.made_at, row.expires_at) if row else None


def has_most_read(least: int = 5, days: int = 2) -> bool:
    """Return whether at least ``least`` stories were read in the last ``days`` days."""
    since = (now() - timedelta(days=days)).date()
    read = (
        select(ReadsRow.article_id)
        .join(ArticleRow, ArticleRow.id == ReadsRow.article_id)
        .where(ReadsRow.day >= since, PUBLISHED)
        .distinct()
        .limit(least)
        .subquery()
    )
    return db.session.scalar(select(func.count()).select_from(read)) == least


def most_read(limit: int = 5, days: int = 2) -> tuple[Card, ...]:
    """Return the stories read most in the last ``days`` days, the most read first."""
    since = (now() - timedelta(days=days)).date()
    reads = (
        select(ReadsRow.article_id, func.sum(ReadsRow.count).label("times"))
        .where(ReadsRow.day >= since)
        .group_by(ReadsRow.article_id)
        .order_by(func.sum(ReadsRow.count).desc())
        .limit(limit * 2)
        .subquery()
    )
    query = (
        select_cards()
        .join(reads, reads.c.article_id == ArticleRow.id)
        .where(PUBLISHED)
        .order_by(reads.c.times.desc(), ArticleRow.id.desc())
        .limit(limit)
    )
    cards = tuple(card(row) for row in db.session.execute(query))
    return cards if len(cards) == limit else ()
