"""Editions as values, and the stories that an edition may be chosen from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, bindparam, func, select, union_all

from khabarayn.article.story import Card
from khabarayn.store.db import ask, db
from khabarayn.store.models import (
    ArticleRow,
    EditionRow,
    EditionStoryRow,
    LinkRow,
    ListingRow,
    MediaRow,
)
from khabarayn.store.queries.cards import CARD_COLUMNS, LATEST, PUBLISHED, card, select_cards
from khabarayn.store.queries.languages import stored_language


@dataclass(frozen=True)
class EditionCard:
    """An edition as lists show it; sizes are bytes, ``stories`` how many it holds, ``headline``
    its lead's, empty once that is withdrawn."""

    name: str
    issue: int
    closes_at: datetime
    text_size: int
    full_size: int
    epub_size: int
    transfer_bytes: int
    stories: int
    headline: str = ""


@dataclass(frozen=True)
class EditionFiles:
    """Where an edition's files lie on the shelf; all empty while it is being made."""

    text: str
    full: str
    epub: str


@dataclass(frozen=True)
class EditionLine:
    """A story's place in an edition: its role, and its card unless it was withdrawn since."""

    id: str
    role: str
    card: Card | None


@dataclass(frozen=True)
class Edition:
    """``plan`` is an editor's choice for its next issue; from ``ordered_at`` on it is printed."""

    head: EditionCard
    files: EditionFiles
    lines: tuple[EditionLine, ...]
    plan: tuple[str, ...] = ()
    ordered_at: datetime | None = None

    @property
    def complete(self) -> bool:
        """Whether its files are made: readers can open it."""
        return bool(self.files.text)

    @property
    def lead(self) -> Card | None:
        """The card of its first story; None when that was withdrawn since."""
        return next((line.card for line in self.lines if line.role == "lead"), None)

    @property
    def stories(self) -> tuple[Card, ...]:
        """The chosen stories after the lead, those withdrawn left out."""
        return tuple(line.card for line in self.lines if line.card and line.role == "story")

    @property
    def ring(self) -> tuple[Card, ...]:
        """The stories that the chosen ones lead to."""
        return tuple(line.card for line in self.lines if line.card and line.role == "ring")

    @property
    def withdrawn_ids(self) -> tuple[str, ...]:
        """The ids of stories taken back since the edition appeared."""
        return tuple(line.id for line in self.lines if line.card is None)


def editions(
    limit: int = 20, before: str = "", language: str | None = None
) -> tuple[EditionCard, ...]:
    """Return finished editions, newest first: those named before ``before`` only, and those in
    ``language``, one of the paper's lists, where one is named."""
    values: dict[str, Any] = {"limit": limit}
    if language is not None:
        values["language"] = stored_language(language)
    if before:
        values["before"] = before
    rows = ask(_finished_query(after_name=bool(before), of_one=language is not None), values)
    return tuple(_card(row) for row in rows)


@cache
def _finished_query(*, after_name: bool, of_one: bool) -> Any:
    query = _heads().where(EditionRow.text_file != "").order_by(EditionRow.name.desc())
    query = query.limit(bindparam("limit", type_=Integer))
    if of_one:
        query = query.where(EditionRow.language == bindparam("language"))
    return query.where(EditionRow.name < bindparam("before")) if after_name else query


def edition_by_name(name: str) -> Edition | None:
    """Return the edition with its stories, finished or not, or None."""
    row = db.session.execute(
        _heads()
        .add_columns(
            EditionRow.id,
            EditionRow.text_file,
            EditionRow.full_file,
            EditionRow.epub_file,
            EditionRow.plan,
            EditionRow.ordered_at,
        )
        .where(EditionRow.name == name)
    ).one_or_none()
    if row is None:
        return None
    lines = db.session.execute(
        select_cards()
        .add_columns(ArticleRow.status, EditionStoryRow.role)
        .join(EditionStoryRow, EditionStoryRow.article_id == ArticleRow.id)
        .where(EditionStoryRow.edition_id == row.id)
        .order_by(EditionStoryRow.position)
    )
    return Edition(
        _card(row),
        EditionFiles(row.text_file, row.full_file, row.epub_file),
        tuple(
            EditionLine(
                line.public_id, line.role, card(line) if line.status == "published" else None
            )
            for line in lines
        ),
        tuple(row.plan),
        row.ordered_at,
    )


def edition_keys() -> frozenset[str]:
    """Return every public key (base64url) that signed a finished edition."""
    rows = db.session.scalars(select(EditionRow.key).where(EditionRow.key != "").distinct())
    return frozenset(rows)


def latest_until(moment: datetime, limit: int, language: str) -> tuple[Card, ...]:
    """Return the newest stories in ``language`` published up to ``moment``, newest first."""
    query = (
        select_cards()
        .join(ListingRow, ListingRow.article_id == ArticleRow.id)
        .where(ListingRow.list == LATEST, ListingRow.language == language, ListingRow.at <= moment)
        .order_by(ListingRow.at.desc(), ListingRow.article_id.desc())
        .limit(limit)
    )
    return tuple(card(row) for row in db.session.execute(query))


def tops_until(
    moment: datetime, lists: Iterable[str], limit: int, language: str
) -> dict[str, tuple[Card, ...]]:
    """Return each list's newest stories in ``language`` published up to ``moment``, in one
    query."""
    heads = [
        select(
            select(ListingRow.list, ListingRow.at, ListingRow.article_id)
            .where(
                ListingRow.list == name, ListingRow.language == language, ListingRow.at <= moment
            )
            .order_by(ListingRow.at.desc(), ListingRow.article_id.desc())
            .limit(limit)
            .subquery()
        )
        for name in lists
    ]
    if not heads:
        return {}
    tops = union_all(*heads).subquery()
    query = (
        select(*CARD_COLUMNS, tops.c.list)
        .join(tops, tops.c.article_id == ArticleRow.id)
        .outerjoin(MediaRow, ArticleRow.lead_id == MediaRow.id)
        .order_by(tops.c.at.desc(), tops.c.article_id.desc())
    )
    cards_by_list: dict[str, list[Card]] = {}
    rows: Any = db.session.execute(query)
    for row in rows:
        cards_by_list.setdefault(row.list, []).append(card(row))
    return {name: tuple(cards) for name, cards in cards_by_list.items()}


def rings_of(public_ids: Iterable[str]) -> dict[str, tuple[Card, ...]]:
    """Return the published stories that each story's see-also insets lead to, in their order."""
    source = select(ArticleRow.id, ArticleRow.public_id.label("source")).subquery()
    query = (
        select(*CARD_COLUMNS, source.c.source)
        .join(LinkRow, LinkRow.target_id == ArticleRow.id)
        .join(source, source.c.id == LinkRow.article_id)
        .outerjoin(MediaRow, ArticleRow.lead_id == MediaRow.id)
        .where(
            source.c.source.in_(tuple(public_ids)),
            LinkRow.kind == "see",
            PUBLISHED,
        )
        .order_by(LinkRow.article_id, LinkRow.position)
    )
    cards_by_source: dict[str, list[Card]] = {}
    rows: Any = db.session.execute(query)
    for row in rows:
        cards_by_source.setdefault(row.source, []).append(card(row))
    return {name: tuple(cards) for name, cards in cards_by_source.items()}


def _heads() -> Any:
    stories = (
        select(func.count())
        .select_from(EditionStoryRow)
        .where(EditionStoryRow.edition_id == EditionRow.id)
        .scalar_subquery()
    )
    headline = (
        select(ArticleRow.headline)
        .join(EditionStoryRow, EditionStoryRow.article_id == ArticleRow.id)
        .where(
            EditionStoryRow.edition_id == EditionRow.id,
            EditionStoryRow.position == 0,
            PUBLISHED,
        )
        .scalar_subquery()
    )
    return select(
        EditionRow.name,
        EditionRow.issue,
        EditionRow.closes_at,
        EditionRow.text_size,
        EditionRow.full_size,
        EditionRow.epub_size,
        # By its name here: the column has an older one.
        EditionRow.transfer_bytes.label("transfer_bytes"),
        stories.label("stories"),
        headline.label("lead_headline"),
    )


def _card(row: Any) -> EditionCard:
    return EditionCard(
        row.name,
        row.issue,
        row.closes_at,
        row.text_size,
        row.full_size,
        row.epub_size,
        row.transfer_bytes,
        row.stories,
        row.lead_headline or "",
    )
