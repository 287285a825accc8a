"""The tree of sections, in the editors' order."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from khabarayn.article.story import Section
from khabarayn.store.db import db
from khabarayn.store.models import SectionRow


@dataclass(frozen=True)
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


def section_tree() -> SectionTree:
    """Return all sections: one query, asked once for each database session."""
    cache = db.session().info
    if "sections" not in cache:
        cache["sections"] = _read()
    return cache["sections"]


def forget_sections() -> None:
    """Make this session read the sections again, after a verb has changed them."""
    db.session().info.pop("sections", None)


_SECTIONS = select(
    SectionRow.id,
    SectionRow.slug,
    SectionRow.name,
    SectionRow.parent_id,
    SectionRow.hue,
    SectionRow.in_nav,
    SectionRow.description,
).order_by(SectionRow.position, SectionRow.id)


def _read() -> SectionTree:
    # Without autoflush: in the middle of a verb its unfinished changes must not be written.
    with db.session.no_autoflush:
        rows = db.session.execute(_SECTIONS).all()
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
