"""The library of pictures, as the newsroom sees it: a page at a time, each with its uses, and those
that look alike.

Likeness is found by a few exact reads whatever the library's size: of the four quarters of a 64-bit
fingerprint, two pictures that differ in at most seven bits have one that differs in at most one
bit. So a picture is stored under its four quarters, and looked up under each of them and each one's
sixteen neighbours (68 keys). These candidates are then compared bit by bit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, literal, or_, select, union_all

from khabarayn.arabic.stem import stems
from khabarayn.article.story import Picture
from khabarayn.store.db import db
from khabarayn.store.models import ArticleMedia, ArticleRow, AuthorRow, FingerprintRow, MediaRow
from khabarayn.store.queries.cards import MEDIA_COLUMNS, BadKey, picture

_KEY = re.compile(r"[1-9][0-9]{0,15}")
USES = 50


@dataclass(frozen=True)
class LibraryPicture:
    """A picture of the library. ``decorative`` is the reason why it has no alternative text;
    ``replaced_by`` the public id of the picture that took its place, or empty."""

    number: int
    picture: Picture
    decorative: str
    name: str
    added_by: str
    created_at: datetime
    replaced_by: str
    dhash: int | None

    @property
    def id(self) -> str:
        """The picture's public id."""
        return self.picture.id

    @property
    def described(self) -> bool:
        """Whether it has an alternative text, or is marked as decorative."""
        return bool(self.picture.alt or self.decorative)


@dataclass(frozen=True)
class PicturePage:
    """``next_key`` is empty on the last page."""

    pictures: tuple[LibraryPicture, ...]
    next_key: str = ""


@dataclass(frozen=True)
class Use:
    """A story that shows a picture, as its lead or inside."""

    id: str
    headline: str
    status: str
    lead: bool


@dataclass(frozen=True)
class Like:
    """A picture that looks like another; 0 bits apart is as good as the same."""

    picture: LibraryPicture
    bits: int


def picture_library(
    query: str = "", before: str = "", limit: int = 30, *, silent: bool = False
) -> PicturePage:
    """Return the newest pictures that have every word of ``query``, after the key ``before``.

    Words match from their beginning, folded and stemmed, or as a part of the file's name.
    ``silent`` asks for those that still need a text. What has been replaced is left out.
    Raises `BadKey`.
    """
    statement = _select().where(MediaRow.replaced_by.is_(None))
    for word in query.split()[:8]:
        if found_by := stems(word):
            conditions = (MediaRow.words.contains(f" {stem}", autoescape=True) for stem in found_by)
            statement = statement.where(
                or_(and_(*conditions), MediaRow.name.icontains(word, autoescape=True))
            )
    if silent:
        statement = statement.where(MediaRow.alt == "", MediaRow.decorative == "")
    if before:
        if not _KEY.fullmatch(before):
            raise BadKey(before[:60])
        last = select(MediaRow.created_at).where(MediaRow.id == int(before)).scalar_subquery()
        statement = statement.where(
            or_(
                MediaRow.created_at < last,
                and_(MediaRow.created_at == last, MediaRow.id < int(before)),
            )
        )
    statement = statement.order_by(MediaRow.created_at.desc(), MediaRow.id.desc()).limit(limit + 1)
    library_pictures = tuple(_library_picture(row) for row in db.session.execute(statement))
    if len(library_pictures) <= limit:
        return PicturePage(library_pictures)
    return PicturePage(library_pictures[:limit], str(library_pictures[limit - 1].number))


def picture_by_id(public_id: str) -> LibraryPicture | None:
    """Return one picture of the library, or None."""
    row = db.session.execute(_select().where(MediaRow.public_id == public_id)).one_or_none()
    return _library_picture(row) if row else None


def alike_pictures(item: LibraryPicture, limit: int = 8) -> tuple[Like, ...]:
    """Return the pictures that look like ``item``, the most alike first."""
    if item.dhash is None:
        return ()
    near = alike(item.dhash, but=item.number)[:limit]
    rows = db.session.execute(_select().where(MediaRow.id.in_([number for number, _ in near])))
    by_number = {row.number: _library_picture(row) for row in rows}
    return tuple(Like(by_number[number], bits) for number, bits in near if number in by_number)


def uses_of(item: LibraryPicture, limit: int = USES) -> tuple[Use, ...]:
    """Return the stories that show the picture, the newest first."""
    columns = (ArticleRow.public_id, ArticleRow.headline, ArticleRow.status, ArticleRow.id)
    leads = select(*columns, literal(True).label("lead")).where(ArticleRow.lead_id == item.number)
    inside = (
        select(*columns, literal(False).label("lead"))
        .join(ArticleMedia, ArticleMedia.article_id == ArticleRow.id)
        .where(
            ArticleMedia.media_id == item.number,
            or_(ArticleRow.lead_id.is_(None), ArticleRow.lead_id != item.number),
        )
    )
    both = union_all(leads, inside).subquery()
    rows = db.session.execute(select(both).order_by(both.c.id.desc()).limit(limit))
    return tuple(Use(row.public_id, row.headline, row.status, bool(row.lead)) for row in rows)


def portraits_of(item: LibraryPicture) -> tuple[tuple[str, str], ...]:
    """Return (slug, name) of the authors whose portrait the picture is."""
    rows = db.session.execute(
        select(AuthorRow.slug, AuthorRow.name).where(AuthorRow.portrait_id == item.number)
    )
    return tuple((row.slug, row.name) for row in rows)


def _select() -> Select[*tuple[Any, ...]]:
    later = select(MediaRow.id, MediaRow.public_id).subquery()
    return select(
        *MEDIA_COLUMNS,
        MediaRow.id.label("number"),
        MediaRow.alt,
        MediaRow.caption,
        MediaRow.credit,
        MediaRow.decorative,
        MediaRow.name,
        MediaRow.added_by,
        MediaRow.created_at,
        MediaRow.dhash,
        later.c.public_id.label("later"),
    ).outerjoin(later, later.c.id == MediaRow.replaced_by)


def _library_picture(row: Any) -> LibraryPicture:
    value = picture(row, row.alt, row.caption, row.credit)
    assert value
    return LibraryPicture(
        number=row.number,
        picture=value,
        decorative=row.decorative,
        name=row.name,
        added_by=row.added_by,
        created_at=row.created_at,
        replaced_by=row.later or "",
        dhash=row.dhash,
    )


def pictures_by_id(names: Iterable[str]) -> dict[str, LibraryPicture]:
    """Return pictures of the library by public id; what is none of ours is left out."""
    ids = tuple(names)
    if not ids:
        return {}
    rows = db.session.execute(_select().where(MediaRow.public_id.in_(ids)))
    return {item.id: item for item in map(_library_picture, rows)}


def stored_pictures(names: Iterable[str]) -> dict[str, Picture]:
    """Return stored pictures by public id, each with what the archive says of it."""
    ids = tuple(names)
    if not ids:
        return {}
    columns = (*MEDIA_COLUMNS, MediaRow.alt, MediaRow.caption, MediaRow.credit)
    rows = db.session.execute(select(*columns).where(MediaRow.public_id.in_(ids)))
    pictures = (picture(row, row.alt, row.caption, row.credit) for row in rows)
    return {item.id: item for item in pictures if item}


NEAR = 6


_QUARTER = 16


_MASK = (1 << 64) - 1


def as_signed(dhash: str) -> int:
    """Return 64 bits given as hex as a signed number, which every engine can keep.

    >>> as_signed("ffffffffffffffff"), as_signed("0000000000000003")
    (-1, 3)
    """
    value = int(dhash, 16)
    return value - (1 << 64) if value >> 63 else value


def distance(one: int, other: int) -> int:
    """Return in how many bits two fingerprints differ.

    >>> distance(-1, 0), distance(5, 4)
    (64, 1)
    """
    return ((one ^ other) & _MASK).bit_count()


def bands(dhash: int) -> tuple[int, ...]:
    """Return the four keys under which a fingerprint is stored.

    >>> bands(as_signed("0001000200030004"))
    (4, 65539, 131074, 196609)
    """
    return tuple(
        (number << _QUARTER) | ((dhash >> (number * _QUARTER)) & 0xFFFF) for number in range(4)
    )


def _near_bands(dhash: int) -> Iterator[int]:
    for band in bands(dhash):
        yield band
        yield from (band ^ (1 << bit) for bit in range(_QUARTER))


def alike(dhash: int, but: int = 0) -> list[tuple[int, int]]:
    """Return (row id, bits that differ) of the pictures with a similar fingerprint, the most alike
    first.

    ``but`` is the row of the picture itself, which is left out.
    """
    near = select(FingerprintRow.media_id).where(FingerprintRow.band.in_(tuple(_near_bands(dhash))))
    rows = db.session.execute(
        select(MediaRow.id, MediaRow.dhash).where(
            MediaRow.id.in_(near), MediaRow.dhash.is_not(None), MediaRow.id != but
        )
    )
    distances = ((row.id, distance(row.dhash, dhash)) for row in rows)
    return sorted((one for one in distances if one[1] <= NEAR), key=lambda one: (one[1], one[0]))
