"""Cards: stories as lists show them, a page at a time by key, never with the body."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Integer,
    Select,
    and_,
    bindparam,
    or_,
    select,
    type_coerce,
    union_all,
)

from khabarayn.article.identity import PATTERN
from khabarayn.article.story import Card, Picture, Section
from khabarayn.store.db import JsonOf, ask
from khabarayn.store.models import ArticleRow, ListingRow, MediaRow
from khabarayn.store.queries.languages import LATEST as LATEST
from khabarayn.store.queries.languages import main_language
from khabarayn.store.queries.sections import section_tree

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEY = re.compile(rf"([0-9]{{1,17}})\.({PATTERN.pattern})")


def _sizes(renditions: list[dict[str, Any]]) -> tuple[tuple[str, ...], int]:
    """Return the names of a picture's renditions, and what a phone would load of them, in bytes."""
    sizes = {item["name"]: item["bytes"] for item in renditions}
    return tuple(sizes), sizes.get("800.avif") or max(sizes.values(), default=0)


MEDIA_COLUMNS = (
    MediaRow.public_id.label("media_id"),
    MediaRow.folder,
    MediaRow.width,
    MediaRow.height,
    MediaRow.focal_x,
    MediaRow.focal_y,
    MediaRow.thumbhash,
    type_coerce(MediaRow.renditions, JsonOf(list, _sizes, cache_size=2048)).label("sizes"),
)
CARD_COLUMNS = (
    ArticleRow.public_id,
    ArticleRow.headline,
    ArticleRow.short_headline,
    ArticleRow.standfirst,
    ArticleRow.teaser,
    ArticleRow.section_id,
    ArticleRow.published_at,
    ArticleRow.updated_at,
    ArticleRow.rev,
    ArticleRow.genre,
    ArticleRow.visual,
    ArticleRow.reading_minutes,
    ArticleRow.breaking,
    ArticleRow.sensitive,
    ArticleRow.corrected,
    ArticleRow.language,
    ArticleRow.direction,
    ArticleRow.lead_alt,
    ArticleRow.lead_caption,
    ArticleRow.lead_credit,
    *MEDIA_COLUMNS,
)
_SECTION, _WIDTH = CARD_COLUMNS.index(ArticleRow.section_id), len(CARD_COLUMNS)

# Only read, never walked: SQLite, which keeps no counts, takes a state for rare, and its index
# (made for what is scheduled) would lead through every story of the archive.
LIVE = ArticleRow.status.concat("") == "published"
# Standing pages are stories too, and stand in no list of them.
PUBLISHED = and_(LIVE, ArticleRow.page == "")


class BadKey(ValueError):
    """A continuation key that no list of the site has issued."""


@dataclass(frozen=True)
class CardPage:
    """One page of a list; ``next_key`` is empty on the last."""

    cards: tuple[Card, ...]
    next_key: str = ""


def section_list(number: int) -> str:
    """Return the name of the list of a section's stories, by its row id."""
    return f"s:{number}"


def tag_list(number: int) -> str:
    """Return the name of the list of a tag's stories, by its row id."""
    return f"t:{number}"


def author_list(number: int) -> str:
    """Return the name of the list of an author's stories, by its row id."""
    return f"a:{number}"


class _Media(NamedTuple):
    media_id: str | None
    folder: str
    width: int
    height: int
    focal_x: float
    focal_y: float
    thumbhash: str
    sizes: tuple[tuple[str, ...], int]


def picture(row: Any, alt: str, caption: str, credit: str) -> Picture | None:
    """Return the picture that ``row`` carries in its media columns, or None."""
    if row.media_id is None:
        return None
    names, weight = row.sizes
    return Picture(
        id=row.media_id,
        width=row.width,
        height=row.height,
        alt=alt,
        caption=caption,
        credit=credit,
        focal=(row.focal_x, row.focal_y),
        thumbhash=row.thumbhash,
        renditions=names,
        weight=weight,
        folder=row.folder,
    )


def card(row: Any) -> Card:
    """Return the card of a row that selected `CARD_COLUMNS` first."""
    return _card(section_tree().by_id[row[_SECTION]], row[:_WIDTH])


@lru_cache(maxsize=2048)
def _card(section: Section, values: tuple[Any, ...]) -> Card:
    """Return the card of these values of `CARD_COLUMNS`: the same value for the same ones, so that
    what was drawn of it is found again by looking once."""
    (
        public_id, headline, short_headline, standfirst, teaser, _section_id, published_at,
        updated_at, rev, genre, visual, reading_minutes, breaking, sensitive, has_correction,
        language, direction, alt, caption, credit, *media,
    ) = values  # fmt: skip
    return Card(
        id=public_id,
        headline=headline,
        short_headline=short_headline,
        standfirst=standfirst,
        teaser=teaser,
        section=section,
        published_at=published_at,
        updated_at=updated_at or published_at,
        rev=rev,
        picture=picture(_Media(*media), alt, caption, credit),
        genre=genre,
        visual=visual,
        reading_minutes=reading_minutes,
        breaking=breaking,
        sensitive=sensitive,
        corrected=has_correction,
        language=language,
        direction=direction,
    )


def select_cards() -> Select[*tuple[Any, ...]]:
    """Return the select of card columns over stories and their lead pictures."""
    return select(*CARD_COLUMNS).outerjoin(MediaRow, ArticleRow.lead_id == MediaRow.id)


def make_key(at: datetime, public_id: str) -> str:
    """Return the key that continues a list after the story ``public_id`` published at ``at``."""
    return f"{(at - _EPOCH) // timedelta(microseconds=1)}.{public_id}"


def read_key(key: str) -> tuple[datetime, str]:
    """Return the moment and story that ``key`` names. Raises `BadKey`."""
    match = _KEY.fullmatch(key)
    if not match:
        raise BadKey(key[:60])
    try:
        return _EPOCH + timedelta(microseconds=int(match[1])), match[2]
    except OverflowError as error:
        raise BadKey(key[:60]) from error


# Statements are built once: building one anew costs more than asking it.
@cache
def _list_query(*, after_key: bool) -> Select[*tuple[Any, ...]]:
    query = (
        select_cards()
        .join(ListingRow, ListingRow.article_id == ArticleRow.id)
        .where(ListingRow.list == bindparam("which"), ListingRow.language == bindparam("language"))
        .order_by(ListingRow.at.desc(), ListingRow.article_id.desc())
        .limit(bindparam("limit", type_=Integer))
    )
    if not after_key:
        return query
    at = bindparam("at", type_=ListingRow.at.type)
    last = select(ArticleRow.id).where(ArticleRow.public_id == bindparam("last")).scalar_subquery()
    return query.where(
        and_(ListingRow.at <= at, or_(ListingRow.at < at, ListingRow.article_id < last))
    )


def cards_in(which: str, before: str = "", limit: int = 20, language: str = "") -> CardPage:
    """Return ``limit`` cards of the list ``which`` in ``language`` (the paper's first one where
    none is named), newest first, after the key ``before``.

    Raises `BadKey`. One walk along the listing's primary key, whatever the archive's size.
    """
    language = language or main_language()
    values: dict[str, Any] = {"which": which, "language": language, "limit": limit + 1}
    if before:
        values["at"], values["last"] = read_key(before)
    rows = ask(_list_query(after_key=bool(before)), values)
    cards = tuple(map(card, rows))
    if len(cards) <= limit:
        return CardPage(cards)
    last_card = cards[limit - 1]
    return CardPage(cards[:limit], make_key(last_card.published_at, last_card.id))


def cards_by_id(public_ids: Iterable[str]) -> dict[str, Card]:
    """Return the published stories among ``public_ids``, by id."""
    ids = tuple(public_ids)
    if not ids:
        return {}
    query = select_cards().where(ArticleRow.public_id.in_(ids), PUBLISHED)
    return {row.public_id: card(row) for row in ask(query)}


@lru_cache(maxsize=32)
def _tops(number: int) -> Select[*tuple[Any, ...]]:
    heads = [
        select(
            select(ListingRow.list, ListingRow.at, ListingRow.article_id)
            .where(
                ListingRow.list == bindparam(f"list{n}"),
                ListingRow.language == bindparam("language"),
            )
            .order_by(ListingRow.at.desc(), ListingRow.article_id.desc())
            .limit(bindparam("limit", type_=Integer))
            .subquery()
        )
        for n in range(number)
    ]
    tops = union_all(*heads).subquery()
    return (
        select(*CARD_COLUMNS, tops.c.list)
        .join(tops, tops.c.article_id == ArticleRow.id)
        .outerjoin(MediaRow, ArticleRow.lead_id == MediaRow.id)
        .order_by(tops.c.at.desc(), tops.c.article_id.desc())
    )


def tops_of_lists(
    lists: Iterable[str], limit: int = 6, language: str = ""
) -> dict[str, tuple[Card, ...]]:
    """Return the newest ``limit`` cards of each list in ``language``, in one query."""
    names = {f"list{n}": name for n, name in enumerate(lists)}
    if not names:
        return {}
    cards_by_list: dict[str, list[Card]] = {}
    values = {**names, "limit": limit, "language": language or main_language()}
    for row in ask(_tops(len(names)), values):
        cards_by_list.setdefault(row.list, []).append(card(row))
    return {name: tuple(cards) for name, cards in cards_by_list.items()}
