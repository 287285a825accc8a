"""A story in an editor's hand: its newest text, the revisions behind it, and what is unsaved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import exists, func, select

from khabarayn.arabic.normalise import fold
from khabarayn.article.story import Picture
from khabarayn.store.db import db
from khabarayn.store.models import (
    ArticleAuthor,
    ArticleRow,
    ArticleTag,
    AuthorRow,
    DraftRow,
    MediaRow,
    RevisionRow,
    TagRow,
)
from khabarayn.store.queries.cards import MEDIA_COLUMNS, picture


@dataclass(frozen=True)
class Revision:
    """``made_by`` is as the log has it; ``note`` says why, where somebody said so."""

    number: int
    made_at: datetime
    made_by: str
    note: str = ""


@dataclass(frozen=True)
class InHand:
    """``content`` is the newest revision, as `desk.stories.content.Content` writes it."""

    id: str
    status: str
    owner_id: int | None
    revision: Revision
    content: dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """One person's unsaved text; ``typed`` is what `khabarayn.article.form.Typed` reads."""

    story: str
    base: int
    version: int
    changed_at: datetime
    typed: dict[str, Any]


_REVISION = (RevisionRow.number, RevisionRow.made_at, RevisionRow.made_by, RevisionRow.note)


def story_in_hand(story: str) -> InHand | None:
    """Return the story with its newest revision, whatever its state."""
    row = db.session.execute(
        select(
            ArticleRow.public_id, ArticleRow.status, ArticleRow.owner_id, RevisionRow.content,
            *_REVISION,
        )
        .join(RevisionRow, RevisionRow.article_id == ArticleRow.id)
        .where(ArticleRow.public_id == story)
        .order_by(RevisionRow.number.desc())
        .limit(1)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    return InHand(row.public_id, row.status, row.owner_id, _revision(row), row.content)


def revisions_of(story: str) -> tuple[Revision, ...]:
    """Return every revision of the story, the newest first."""
    rows = db.session.execute(
        select(*_REVISION)
        .join(ArticleRow, ArticleRow.id == RevisionRow.article_id)
        .where(ArticleRow.public_id == story)
        .order_by(RevisionRow.number.desc())
    )
    return tuple(map(_revision, rows))


def content_at(story: str, number: int) -> dict[str, Any] | None:
    """Return the content of one revision of the story."""
    return db.session.scalar(
        select(RevisionRow.content)
        .join(ArticleRow, ArticleRow.id == RevisionRow.article_id)
        .where(ArticleRow.public_id == story, RevisionRow.number == number)
    )


def kept_text(story: str, person_id: int) -> Kept | None:
    """Return what this person has unsaved of the story."""
    row = db.session.scalar(
        select(DraftRow).where(DraftRow.story == story, DraftRow.person_id == person_id)
    )
    return _kept(row) if row else None


def kept_new_stories(person_id: int, limit: int = 20) -> tuple[Kept, ...]:
    """Return the texts that this person began as new stories and never saved, newest first."""
    saved = exists().where(ArticleRow.public_id == DraftRow.story)
    rows = db.session.scalars(
        select(DraftRow)
        .where(DraftRow.person_id == person_id, ~saved)
        .order_by(DraftRow.changed_at.desc())
        .limit(limit)
    )
    return tuple(map(_kept, rows))


def ids_of(numbers: Iterable[int]) -> list[str]:
    """Return the public ids of stories by row id, in the order asked."""
    wanted = list(numbers)
    rows = db.session.execute(
        select(ArticleRow.id, ArticleRow.public_id).where(ArticleRow.id.in_(wanted))
    )
    found = {row.id: row.public_id for row in rows}
    return [found[number] for number in wanted if number in found]


def stored_pictures(names: Iterable[str]) -> dict[str, Picture]:
    """Return stored pictures by public id, each with what the archive says of it."""
    wanted = tuple(names)
    if not wanted:
        return {}
    columns = (*MEDIA_COLUMNS, MediaRow.alt, MediaRow.caption, MediaRow.credit)
    rows = db.session.execute(select(*columns).where(MediaRow.public_id.in_(wanted)))
    made = (picture(row, row.alt, row.caption, row.credit) for row in rows)
    return {found.id: found for found in made if found}


def names_like(kind: str, folded: str, limit: int = 8) -> tuple[str, ...]:
    """Return the paper's own tags («tags») or authors («authors») whose folded form begins with
    ``folded``, those that most stories carry first."""
    table, link, column = _NAMED[kind]
    times = func.count(link.article_id).label("times")
    rows = db.session.execute(
        select(table.name, times)
        .outerjoin(link, column == table.id)
        .group_by(table.id, table.name)
        .order_by(times.desc(), table.name)
        .limit(5000)
    )
    found = (row.name for row in rows if begins(row.name, folded))
    return tuple(islice(found, limit))


_NAMED: dict[str, Any] = {
    "tags": (TagRow, ArticleTag, ArticleTag.tag_id),
    "authors": (AuthorRow, ArticleAuthor, ArticleAuthor.author_id),
}


def begins(name: str, folded: str) -> bool:
    """Say whether a word of ``name`` begins with the folded letters ``folded``.

    >>> begins("تاريخ المدن", "مد"), begins("آسيا", "اسي"), begins("مدن", "قر")
    (True, True, False)
    """
    words = fold(name).split()
    return any(
        " ".join(words[at:]).removeprefix("ال").startswith(folded)
        or " ".join(words[at:]).startswith(folded)
        for at in range(len(words))
    )


def _revision(row: Any) -> Revision:
    return Revision(row.number, row.made_at, row.made_by, row.note)


def _kept(row: DraftRow) -> Kept:
    return Kept(row.story, row.base, row.version, row.changed_at, row.typed)
