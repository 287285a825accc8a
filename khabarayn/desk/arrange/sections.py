"""Add, change, move and delete sections; their stories and old addresses follow."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, func, insert, literal, or_, select, update

from khabarayn.arabic import numerals
from khabarayn.desk.arrange.menus import follow_section, put_in_bar
from khabarayn.desk.arrange.redirects import free, move
from khabarayn.desk.arrange.reindex import relabel
from khabarayn.desk.by import By
from khabarayn.desk.fields import Fields
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.messages.amounts import characters
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import ArticleRow, LikenessRow, ListingRow, SectionRow
from khabarayn.store.queries.cards import section_list
from khabarayn.store.queries.languages import LATEST, list_languages
from khabarayn.store.queries.sections import SectionWords, forget_sections, section_tree

NAME, DESCRIPTION = 80, 400
_PART = re.compile(r"[a-z][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class SectionForm:
    """What the form of a section says; ``part`` is the last part of its address, ``parent`` the
    slug of the section above it, ``hue`` its colour in degrees, ``translations``
    its words in the paper's other languages."""

    name: str = ""
    part: str = ""
    parent: str = ""
    hue: int = 0
    in_nav: bool = False
    description: str = ""
    translations: tuple[SectionWords, ...] = ()


@writing("sections")
def add_section(by: By, form: SectionForm) -> str:
    """Add a section and return its slug. Raises `Refused`."""
    require(by, "arrange.sections")
    fields = Fields()
    above = _above(form.parent, fields)
    row = SectionRow(
        slug=_free_slug(form.part, above, fields),
        parent_id=above and above.id,
        position=1 + (db.session.scalar(select(func.max(SectionRow.position))) or 0),
    )
    _describe(row, fields, form)
    fields.raise_faults()
    db.session.add(row)
    free(f"/s/{row.slug}")
    if row.in_nav:
        put_in_bar(row.slug, stands=True)
    log("add_section", by, section=row.slug)
    commit()
    forget_sections()
    return row.slug


@writing("sections")
def change_section(slug: str, by: By, form: SectionForm) -> str:
    """Change a section and return its slug from now on; old addresses lead to the new ones.

    Raises `Refused`.
    """
    require(by, "arrange.sections")
    row = _row(slug)
    fields = Fields()
    above = _above(form.parent, fields)
    children = _children(row)
    if above is not None and (above.id == row.id or above.parent_id is not None or children):
        fields.wrong("parent", _("لا يوضع قسم تحت نفسه، ولا على أكثر من مستويين."))
    new = row.slug if row.slug == _path(form.part, above) else _free_slug(form.part, above, fields)
    was_in_nav = row.in_nav
    with db.session.no_autoflush:
        _describe(row, fields, form)
    fields.raise_faults()
    before = section_tree().lineage(row.id)
    row.parent_id = above and above.id
    if new != slug:
        for one in (row, *children):
            old, one.slug = one.slug, new + one.slug.removeprefix(slug)
            free(f"/s/{one.slug}")
            move(f"/s/{old}", f"/s/{one.slug}")
            follow_section(old, one.slug)
    if was_in_nav != row.in_nav:
        put_in_bar(new, stands=row.in_nav)
    log("change_section", by, section=slug, slug=new)
    db.session.flush()
    forget_sections()
    after = section_tree().lineage(row.id)
    if set(before) != set(after):
        _list_again(row, set(before) - set(after), set(after) - set(before))
    commit()
    forget_sections()
    return new


@writing("sections")
def move_section(slug: str, by: By, *, up: bool) -> None:
    """Swap a section with the one before or after it under the same parent."""
    require(by, "arrange.sections")
    row = _row(slug)
    level = select(SectionRow).where(
        SectionRow.parent_id == row.parent_id
        if row.parent_id is not None
        else SectionRow.parent_id.is_(None)
    )
    rows = list(db.session.scalars(level.order_by(SectionRow.position, SectionRow.id)))
    at = rows.index(row)
    other = at - 1 if up else at + 1
    if 0 <= other < len(rows):
        places = [one.position for one in rows]
        rows[at], rows[other] = rows[other], rows[at]
        if len(set(places)) < len(places):
            places = list(range(len(places)))
        for one, place in zip(rows, places, strict=True):
            one.position = place
        log("move_section", by, section=slug, up=up)
    commit()
    forget_sections()


@writing("sections")
def remove_section(slug: str, by: By) -> None:
    """Delete an empty section. Raises `Refused` while it has stories or sections below it."""
    require(by, "arrange.sections")
    row = _row(slug)
    if _children(row):
        raise Refused("section", _("تحت هذا القسم أقسام. انقلها أولًا."))
    stories = (
        select(func.count())
        .select_from(ArticleRow)
        .where(ArticleRow.section_id == row.id, ArticleRow.page == "")
    )
    if count := db.session.scalar(stories):
        raise Refused(
            "section",
            _("أخبار هذا القسم: %(count)s. انقلها أولًا.", count=numerals.number(count)),
        )
    _leave_no_page(row)
    follow_section(slug, "")
    log("remove_section", by, section=slug)
    db.session.execute(delete(LikenessRow).where(LikenessRow.section_id == row.id))
    db.session.delete(row)
    commit()
    forget_sections()


def _leave_no_page(row: SectionRow) -> None:
    """Let the standing pages, which are shown in no section, name another one. Raises `Refused`
    where there is no other."""
    pages = ArticleRow.page != "", ArticleRow.section_id == row.id
    if db.session.scalar(select(ArticleRow.id).where(*pages).limit(1)) is None:
        return
    other = db.session.scalar(select(SectionRow.id).where(SectionRow.id != row.id).limit(1))
    if other is None:
        raise Refused("section", _("هذا آخر قسم. أضف غيره أولًا."))
    db.session.execute(update(ArticleRow).where(*pages).values(section_id=other))


def _describe(row: SectionRow, fields: Fields, form: SectionForm) -> None:
    empty = _("اسم القسم بين حرف و%(limit)s.", limit=characters(NAME))
    row.name = fields.line("name", _("الاسم"), form.name, NAME, empty)
    row.description = fields.line("description", _("الوصف"), form.description, DESCRIPTION)
    if not 0 <= form.hue < 360:
        fields.wrong("hue", _("اللون رقم بين 0 و359."))
    row.hue, row.in_nav = form.hue, form.in_nav
    translations = dict(row.translations or {})
    for words in form.translations:
        translations[words.language] = _translation(words, fields)
    row.translations = {language: words for language, words in translations.items() if words}


def _translation(words: SectionWords, fields: Fields) -> dict[str, str]:
    """Return the words of a section in another language, checked; empty where nothing is said."""
    code = words.language
    name = fields.line(f"name_{code}", _("الاسم"), words.name, NAME)
    description = fields.line(f"description_{code}", _("الوصف"), words.description, DESCRIPTION)
    if description and not name:
        fields.wrong(f"name_{code}", _("اكتب الاسم بهذه اللغة، فالوصف وحده لا يظهر."))
    return {"name": name, "description": description} if name else {}


def _above(parent: str, fields: Fields) -> SectionRow | None:
    try:
        return _row(parent) if parent else None
    except Refused as refused:
        fields.wrong("parent", refused.message)
        return None


def _path(part: str, above: SectionRow | None) -> str:
    return f"{above.slug}/{part}" if above else part


def _free_slug(part: str, above: SectionRow | None, fields: Fields) -> str:
    if not _PART.fullmatch(part):
        fields.wrong(
            "part", _("آخر جزء في رابط القسم حروف لاتينية صغيرة وأرقام وشرطات، ويبدأ بحرف.")
        )
    if above is not None and above.parent_id is not None:
        fields.wrong("parent", _("لا يوضع قسم تحت نفسه، ولا على أكثر من مستويين."))
    slug = _path(part, above)
    if db.session.scalar(select(SectionRow.id).where(SectionRow.slug == slug)) is not None:
        fields.wrong("part", _("لقسم آخر هذا الرابط: %(slug)s", slug=slug))
    return slug


def _row(slug: str) -> SectionRow:
    row = db.session.scalar(select(SectionRow).where(SectionRow.slug == slug).with_for_update())
    if row is None:
        raise Refused("section", _("لا يوجد قسم بهذا الاسم: «%(slug)s».", slug=slug[:80]))
    return row


def _children(row: SectionRow) -> list[SectionRow]:
    return list(db.session.scalars(select(SectionRow).where(SectionRow.parent_id == row.id)))


def _list_again(row: SectionRow, old_lists: set[int], new_lists: set[int]) -> None:
    """Move the stories of a section that has moved from the lists of its old parents to those of
    its new ones."""
    subtree = select(SectionRow.id).where(
        or_(SectionRow.id == row.id, SectionRow.parent_id == row.id)
    )
    stories = select(ArticleRow.id).where(ArticleRow.section_id.in_(subtree))
    for number in old_lists:
        db.session.execute(
            delete(ListingRow).where(
                ListingRow.list == section_list(number),
                ListingRow.article_id.in_(stories.scalar_subquery()),
            )
        )
    for number in new_lists:
        # Each as it stands in the list of everything published, in its language.
        live = select(
            literal(section_list(number)), ListingRow.language, ListingRow.at, ListingRow.article_id
        ).where(
            ListingRow.list == LATEST,
            ListingRow.language.in_(list_languages()),
            ListingRow.article_id.in_(stories.scalar_subquery()),
        )
        columns = ["list", "language", "at", "article_id"]
        db.session.execute(insert(ListingRow).from_select(columns, live))
    relabel(list(db.session.scalars(stories)))
