"""What editors placed on the front page, and what is read most."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, or_, select

from khabarayn.arabic.bidi import language_of
from khabarayn.article.story import Card
from khabarayn.store.db import ask, db, now
from khabarayn.store.models import ArticleRow, BulletinRow, FrontRow, ReadsRow
from khabarayn.store.queries.cards import PUBLISHED, card, select_cards
from khabarayn.store.queries.languages import (
    in_lists_of,
    list_language,
    list_languages,
    main_language,
)
from khabarayn.store.queries.site import site_settings

# At most so many unexpired strips are read to find one in the language of a front page.
_BULLETINS = 8

# The name of a setting: a block and its form a line. Settings are read for every page anyhow.
FORMS_SETTING = "front_forms"


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
def _placed_query() -> Select[*tuple[Any, ...]]:
    return (
        select_cards()
        .add_columns(FrontRow.place)
        .join(FrontRow, FrontRow.article_id == ArticleRow.id)
        .where(
            PUBLISHED,
            FrontRow.language == bindparam("language"),
            or_(FrontRow.expires_at.is_(None), FrontRow.expires_at > bindparam("now")),
        )
        .order_by(FrontRow.place)
    )


def placed_cards(language: str = "") -> dict[int, Card]:
    """Return the stories that editors placed on the front page in ``language`` (the paper's first
    one where none is named), by place (0 is the lead), the expired left out."""
    values = {"language": language or main_language(), "now": now()}
    return {row.place: card(row) for row in ask(_placed_query(), values)}


@cache
def _bulletin() -> Select[*tuple[Any, ...]]:
    return (
        select(
            BulletinRow.text,
            BulletinRow.made_at,
            BulletinRow.expires_at,
            ArticleRow.public_id,
            ArticleRow.language,
        )
        .outerjoin(ArticleRow, ArticleRow.id == BulletinRow.article_id)
        .where(BulletinRow.expires_at > bindparam("now"))
        .order_by(BulletinRow.expires_at.desc())
        .limit(_BULLETINS)
    )


def placings(language: str = "") -> tuple[Placing, ...]:
    """Return the stories that editors placed on the front page in ``language`` with their hours,
    as `placed_cards`."""
    query = (
        select_cards()
        .add_columns(FrontRow.place, FrontRow.expires_at)
        .join(FrontRow, FrontRow.article_id == ArticleRow.id)
        .where(
            PUBLISHED,
            FrontRow.language == (language or main_language()),
            or_(FrontRow.expires_at.is_(None), FrontRow.expires_at > now()),
        )
        .order_by(FrontRow.place)
    )
    return tuple(Placing(row.place, card(row), row.expires_at) for row in db.session.execute(query))


def forms_setting(language: str = "") -> str:
    """Return the name of the setting that holds the forms of the front page in ``language``."""
    return f"{FORMS_SETTING}_{language}" if language not in {"", main_language()} else FORMS_SETTING


def front_forms(language: str = "") -> dict[str, str]:
    """Return the forms that editors chose for blocks of the page in ``language``, by the name of
    the section's list or of the block (`khabarayn.article.front_blocks`); what nobody chose is not
    named."""
    lines = site_settings().get(forms_setting(language), "").splitlines()
    return {name: form for name, _space, form in (line.partition(" ") for line in lines)}


def front_state(language: str = "") -> str:
    """Return a token of the page composed in ``language``, which changes whenever the page does."""
    places = [f"{one.place}:{one.card.id}:{one.until}" for one in placings(language)]
    forms = front_forms(language)
    standing = "|".join([*places, *(f"{name}={form}" for name, form in forms.items())])
    return hashlib.sha256(standing.encode()).hexdigest()[:16]


def current_bulletin(language: str = "") -> Bulletin | None:
    """Return the newest bulletin in ``language`` (the paper's first one where none is named) that
    has not expired, or None. It is in that of its story, or of its own letters."""
    locale = language or main_language()
    for row in ask(_bulletin(), {"now": now()}):
        if list_language(row.language or language_of(row.text)) == locale:
            return Bulletin(row.text, row.public_id or "", row.made_at, row.expires_at)
    return None


def has_most_read(least: int = 5, days: int = 2, language: str = "") -> bool:
    """Return whether at least ``least`` stories in ``language`` (the paper's first one where none
    is named) were read in the last ``days`` days."""
    query = _read_at_all(language or main_language(), list_languages())
    since = (now() - timedelta(days=days)).date()
    return ask(query, {"since": since, "least": least})[0][0] == least


@lru_cache(maxsize=16)
def _read_at_all(language: str, languages: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    read = (
        select(ReadsRow.article_id)
        .join(ArticleRow, ArticleRow.id == ReadsRow.article_id)
        .where(
            ReadsRow.day >= bindparam("since"),
            PUBLISHED,
            in_lists_of(language, ArticleRow.language, languages),
        )
        .distinct()
        .limit(bindparam("least", type_=Integer))
        .subquery()
    )
    return select(func.count()).select_from(read)


def most_read(limit: int = 5, days: int = 2, language: str = "") -> tuple[Card, ...]:
    """Return the stories in ``language`` (the paper's first one where none is named) read most in
    the last ``days`` days, the most read first."""
    since = (now() - timedelta(days=days)).date()
    reads = (
        select(ReadsRow.article_id, func.sum(ReadsRow.count).label("times"))
        .join(ArticleRow, ArticleRow.id == ReadsRow.article_id)
        .where(ReadsRow.day >= since, PUBLISHED, _spoken(language))
        .group_by(ReadsRow.article_id)
        .order_by(func.sum(ReadsRow.count).desc(), ReadsRow.article_id.desc())
        .limit(limit)
        .subquery()
    )
    query = (
        select_cards()
        .join(reads, reads.c.article_id == ArticleRow.id)
        .order_by(reads.c.times.desc(), ArticleRow.id.desc())
    )
    cards = tuple(card(row) for row in db.session.execute(query))
    return cards if len(cards) == limit else ()


def _spoken(language: str) -> ColumnElement[bool]:
    return in_lists_of(language or main_language(), ArticleRow.language)
