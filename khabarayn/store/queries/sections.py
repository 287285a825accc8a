"""The tree of sections, in the editors' order and in the language of whoever reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from flask_babel import get_locale
from sqlalchemy import select

from khabarayn.article.story import Section
from khabarayn.store.db import ask, db
from khabarayn.store.models import SectionRow


@dataclass(frozen=True, eq=False)
class SectionTree:
    """Every section by row id and by slug; ``nav`` are those of the navigation, in order."""

    by_id: dict[int, Section]
    ids: dict[str, int]
    nav: tuple[Section, ...]
    children: dict[str, tuple[Section, ...]]

    @property
    def roots(self) -> tuple[Section, ...]:
        """The sections without one above them, in order."""
        return tuple(section for section in self.by_id.values() if section.parent is None)

    def find(self, slug: str) -> Section | None:
        """Return the section with this slug, or None."""
        number = self.ids.get(slug)
        return None if number is None else self.by_id[number]

    def lineage(self, number: int) -> list[int]:
        """Return the ids of the section with id ``number`` and of all above it."""
        return [self.ids[section.slug] for section in self.by_id[number].trail]


@dataclass(frozen=True)
class SectionWords:
    """What a section is called in ``language``, and what it is about; empty where nobody has said
    so in that language."""

    language: str
    name: str = ""
    description: str = ""


def sections_named_in(*languages: str) -> list[Section]:
    """Return all sections as they are called in each of these languages, which may name one
    language twice: for finding a section by what somebody else calls it."""
    return [
        section
        for language in dict.fromkeys(languages)
        for section in section_tree(language).by_id.values()
    ]


def section_tree(language: str = "") -> SectionTree:
    """Return all sections as they are called in ``language``, that of whoever reads where none is
    named; a section without a name in it keeps that of the paper's first language. One query,
    asked once for each database session."""
    cache = db.session().info.setdefault("sections", {})
    own = language or str(get_locale() or "")
    if own not in cache:
        if "rows" not in cache:
            cache["rows"] = _rows()
        cache[own] = _tree(tuple(_in_language(row, own) for row in cache["rows"]))
    return cache[own]


def forget_sections() -> None:
    """Make this session read the sections again, after a verb has changed them."""
    db.session().info.pop("sections", None)


def section_words(slug: str, languages: Sequence[str]) -> tuple[SectionWords, ...]:
    """Return what the section is called in the paper's first language, the first of ``languages``,
    and in the others, as stored; nothing where there is no such section."""
    row = db.session.execute(_SECTIONS.where(SectionRow.slug == slug)).one_or_none()
    if row is None:
        return ()
    first, *others = languages
    return (
        SectionWords(first, row.name, row.description),
        *(SectionWords(one, **row.translations.get(one, {})) for one in others),
    )


_SECTIONS = select(
    SectionRow.id,
    SectionRow.slug,
    SectionRow.name,
    SectionRow.parent_id,
    SectionRow.hue,
    SectionRow.in_nav,
    SectionRow.description,
    SectionRow.translations,
).order_by(SectionRow.position, SectionRow.id)


def _rows() -> Sequence[Any]:
    # Without autoflush: in the middle of a verb its unfinished changes must not be written.
    with db.session.no_autoflush:
        return ask(_SECTIONS)


class _Row(NamedTuple):
    id: int
    slug: str
    name: str
    parent_id: int | None
    hue: int
    in_nav: bool
    description: str


def _in_language(row: Any, language: str) -> _Row:
    """Return the section of a stored row, with its name and description in ``language``: those of
    the paper's first language where it has no name in it."""
    words = row.translations.get(language, {})
    name, description = row.name, row.description
    if words.get("name"):
        # A description in another language is none.
        name, description = words["name"], words.get("description", "")
    return _Row(row.id, row.slug, name, row.parent_id, row.hue, row.in_nav, description)


@lru_cache(maxsize=8)
def _tree(rows: tuple[_Row, ...]) -> SectionTree:
    """Return the tree of these rows: the very same one while they are the same."""
    raw = {row.id: row for row in rows}
    sections: dict[int, Section] = {}

    def build(number: int) -> Section:
        if number not in sections:
            row = raw[number]
            parent = build(row.parent_id) if row.parent_id in raw else None
            sections[number] = Section(
                row.slug, row.name, row.hue, row.description, row.in_nav, parent
            )
        return sections[number]

    in_order = [build(row.id) for row in rows]
    children: dict[str, list[Section]] = {}
    for section in in_order:
        if section.parent:
            children.setdefault(section.parent.slug, []).append(section)
    return SectionTree(
        by_id={row.id: sections[row.id] for row in rows},
        ids={row.slug: row.id for row in rows},
        nav=tuple(s for s in in_order if s.in_nav),
        children={slug: tuple(below) for slug, below in children.items()},
    )
