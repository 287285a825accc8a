"""Create the tree of sections, and introductions of tags and authors, for a new paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from khabarayn.arabic.slug import tag_key
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import AuthorRow, SectionRow, TagRow
from khabarayn.store.queries.authors import moved_author
from khabarayn.store.queries.sections import SectionWords, forget_sections
from khabarayn.store.queries.tags import moved_tag


@dataclass(frozen=True)
class PlannedSection:
    """``slug`` is the whole path; a parent must come before its children."""

    slug: str
    name: str
    hue: int
    in_nav: bool = False
    description: str = ""
    translations: tuple[SectionWords, ...] = ()


def _in_bar(slug: str, name: str, english: str, hue: int) -> PlannedSection:
    return PlannedSection(slug, name, hue, True, "", (SectionWords("en", english),))


# The navigation of a new paper, after «الرئيسية», which is the front page itself.
DEFAULT_SECTIONS = (
    _in_bar("news", "أخبار", "News", 355),
    _in_bar("politics", "سياسة", "Politics", 220),
    _in_bar("business", "أعمال", "Business", 28),
    _in_bar("sport", "رياضة", "Sport", 140),
    _in_bar("world", "العالم", "World", 12),
    _in_bar("tech", "تكنولوجيا", "Technology", 265),
    _in_bar("economy", "اقتصاد", "Economy", 42),
    _in_bar("health", "صحة", "Health", 185),
    _in_bar("entertainment", "تسلية", "Leisure", 320),
)


@writing("sections")
def seed_sections(sections: Iterable[PlannedSection], by: By) -> int:
    """Add the sections that are missing, in this order, and return how many were added.

    What editors changed in a section that exists already is left as it is.
    """
    require(by, "arrange.sections")
    rows = {row.slug: row for row in db.session.scalars(select(SectionRow))}
    count = 0
    for position, section in enumerate(sections):
        if section.slug in rows:
            continue
        parent = rows.get(section.slug.rpartition("/")[0])
        row = SectionRow(
            slug=section.slug,
            name=section.name,
            parent_id=parent.id if parent else None,
            position=position,
            hue=section.hue,
            in_nav=section.in_nav,
            description=section.description,
            translations={
                words.language: {"name": words.name, "description": words.description}
                for words in section.translations
            },
        )
        db.session.add(row)
        db.session.flush()
        rows[section.slug] = row
        count += 1
    if count:
        log("plant", by, sections=count)
    commit()
    forget_sections()
    return count


@writing()
def describe_section(
    slug: str, by: By, description: str, translations: Iterable[SectionWords] = ()
) -> None:
    """Give a section its description, and its words in other languages, where it has none yet."""
    require(by, "arrange.sections")
    row = db.session.scalar(select(SectionRow).where(SectionRow.slug == slug))
    if row is None:
        return
    words_by_language = dict(row.translations)
    for words in translations:
        if not words_by_language.get(words.language, {}).get("description"):
            defaults = {"name": words.name, "description": words.description}
            own_words = words_by_language.get(words.language, {})
            words_by_language[words.language] = {
                **defaults,
                **{k: v for k, v in own_words.items() if v},
            }
    if not row.description or words_by_language != row.translations:
        row.description = row.description or description
        row.translations = words_by_language
        log("change_section", by, section=slug)
        commit()
        forget_sections()


@writing("tags")
def introduce_tag(name: str, by: By, intro: str) -> None:
    """Give a tag its introduction where it has none yet; the tag is made when missing. One that was
    merged or renamed is the tag that it has become."""
    require(by, "arrange.tags")
    key = tag_key(name)
    row = db.session.scalar(select(TagRow).where(TagRow.key == key))
    if row is None and (new_key := moved_tag(key)):
        row = db.session.scalar(select(TagRow).where(TagRow.key == new_key))
    if row is None:
        row = TagRow(key=key, name=name, intro="")
        db.session.add(row)
    if not row.intro:
        row.intro = intro
        log("change_tag", by, tag=name)
    commit()


@writing("authors")
def introduce_author(slug: str, by: By, name: str, role: str, bio: str) -> None:
    """Give an author name, role and biography where they have none yet. One who was merged with
    another is that other, of whom this says nothing."""
    require(by, "arrange.authors")
    row = db.session.scalar(select(AuthorRow).where(AuthorRow.slug == slug))
    new_slug = None if row else moved_author(slug)
    if (
        new_slug
        and db.session.scalar(select(AuthorRow.id).where(AuthorRow.slug == new_slug)) is not None
    ):
        return
    if row is None:
        row = AuthorRow(slug=slug, name=name, role="", bio="")
        db.session.add(row)
    if not (row.role and row.bio):
        row.role, row.bio = row.role or role, row.bio or bio
        log("change_author", by, author=slug)
    commit()
