"""The frame of every page: the tree of sections in the editors' order, and the paper's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Integer, cast, literal, null, select, union_all

from khabarayn.article.story import Section
from khabarayn.store.db import db
from khabarayn.store.models import SectionRow, SettingRow


@dataclass(frozen=True)
class SectionTree:
    """Every section by row id and by slug; ``nav`` are those of the navigation, in order.

    ``settings`` is what the newsroom says of the paper itself, by name: read with the sections,
    since both stand around every page and neither is worth a question of its own.
    """

    by_id: dict[int, Section]
    ids: dict[str, int]
    nav: tuple[Section, ...]
    children: dict[str, tuple[Section, ...]]
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def roots(self) -> tuple[Section, ...]:
        """The sections without one above them, in order."""
        return tuple(section for section in self.by_id.values() if section.parent is None)

    def find(self, slug: str) -> Section | None:
        number = self.ids.get(slug)
        return None if number is None else self.by_id[number]

    def lineage(self, number: int) -> list[int]:
        """Return the ids of the section with id ``number`` and of all above it."""
        return [self.ids[section.slug] for section in self.by_id[number].trail]


def section_tree() -> SectionTree:
    """Return all sections, and the settings: one query, asked once for each database session."""
    kept = db.session().info
    if "sections" not in kept:
        kept["sections"] = _read()
    return kept["sections"]


def forget_sections() -> None:
    """Make this session read the sections again, after a verb has changed them."""
    for name in ("sections", "paper"):
        db.session().info.pop(name, None)


_FRAME = union_all(
    select(
        SectionRow.id,
        SectionRow.slug,
        SectionRow.name,
        SectionRow.parent_id,
        SectionRow.hue,
        SectionRow.in_nav,
        SectionRow.description,
        SectionRow.position,
    ),
    select(
        literal(0),
        SettingRow.name,
        literal(""),
        cast(null(), Integer),
        literal(0),
        literal(False),
        SettingRow.value,
        literal(-1),
    ),
)


def _read() -> SectionTree:
    # Asked in the middle of a verb, it must not write what the verb has not finished.
    with db.session.no_autoflush:
        found = db.session.execute(_FRAME).all()
    rows = sorted((row for row in found if row.id), key=lambda row: (row.position, row.id))
    raw = {row.id: row for row in rows}
    made: dict[int, Section] = {}

    def build(number: int) -> Section:
        if number not in made:
            row = raw[number]
            parent = build(row.parent_id) if row.parent_id in raw else None
            made[number] = Section(
                row.slug, row.name, row.hue, row.description, bool(row.in_nav), parent
            )
        return made[number]

    ordered = [build(row.id) for row in rows]
    children: dict[str, list[Section]] = {}
    for section in ordered:
        if section.parent:
            children.setdefault(section.parent.slug, []).append(section)
    return SectionTree(
        by_id={row.id: made[row.id] for row in rows},
        ids={row.slug: row.id for row in rows},
        nav=tuple(s for s in ordered if s.in_nav),
        children={slug: tuple(below) for slug, below in children.items()},
        settings={row.slug: row.description for row in found if not row.id},
    )
