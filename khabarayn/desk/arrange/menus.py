"""Order the menus of the paper: add an entry, name it, remove it, move it, or go back to the usual
menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from khabarayn.arabic.slug import tag_key
from khabarayn.article.menu import (
    LINK,
    PAGE,
    PLACE,
    SECTION,
    TAG,
    MenuEntry,
    to_json,
)
from khabarayn.desk.by import By
from khabarayn.desk.fields import Fields
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.messages.menus import PLACES
from khabarayn.store.db import claim, commit, db, writing
from khabarayn.store.models import ArticleRow, SettingRow
from khabarayn.store.queries.languages import main_language
from khabarayn.store.queries.menus import MENUS, is_ordered, menu
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.site import forget_site
from khabarayn.store.queries.tags import tag_by_key

# At most so many entries in a menu.
MOST = 40
LABEL, ADDRESS = 60, 500


@writing("site")
def add_entry(name: str, kind: str, target: str, label: str, by: By) -> MenuEntry:
    """Add an entry at the end of the menu ``name``. Raises `Refused` naming the field."""
    entries = _begin(name, by)
    fields = Fields()
    label = fields.line("label", _("الاسم في القائمة"), label, LABEL)
    with fields.catch():
        target = _target(kind, target.strip())
    if kind == LINK and not label:
        fields.wrong("label", _("اكتب اسم الرابط كما يقرؤه القارئ."))
    entry = MenuEntry(kind, target, label)
    if entry.key in {one.key for one in entries}:
        fields.wrong("target", _("هذا في القائمة من قبل."))
    if len(entries) >= MOST:
        fields.wrong(
            "target", _("في القائمة %(most)s، وهذا أكثر ما تتسع له. احذف منها أولًا.", most=MOST)
        )
    fields.raise_faults()
    _save(name, (*entries, entry), by, added=entry.key)
    commit()
    return entry


@writing("site")
def move_entry(name: str, key: str, by: By, *, up: bool) -> None:
    """Swap an entry with the one before or after it. Raises `Refused` when it is not there."""
    entries = list(_begin(name, by))
    at = _place(entries, key)
    other = at - 1 if up else at + 1
    if 0 <= other < len(entries):
        entries[at], entries[other] = entries[other], entries[at]
        _save(name, tuple(entries), by, moved=key, up=up)
    commit()


@writing("site")
def label_entry(name: str, key: str, labels: Mapping[str, str], by: By) -> None:
    """Name an entry in the menu, by language; an empty label lets it be called as what it leads to.
    Raises `Refused` («label», or when it is not there)."""
    entries = list(_begin(name, by))
    at = _place(entries, key)
    fields = Fields()
    clean_labels = {
        language: fields.line("label", _("الاسم في القائمة"), label, LABEL)
        for language, label in labels.items()
    }
    label = clean_labels.pop(main_language(), entries[at].label)
    if entries[at].kind == LINK and not label:
        fields.wrong("label", _("اكتب اسم الرابط كما يقرؤه القارئ."))
    fields.raise_faults()
    translations = {**dict(entries[at].translations), **clean_labels}
    pairs = tuple((language, words) for language, words in translations.items() if words)
    entries[at] = replace(entries[at], label=label, translations=pairs)
    _save(name, tuple(entries), by, labelled=key, label=label)
    commit()


@writing("site")
def remove_entry(name: str, key: str, by: By) -> None:
    """Take an entry out of the menu. Raises `Refused` when it is not there."""
    entries = list(_begin(name, by))
    del entries[_place(entries, key)]
    _save(name, tuple(entries), by, removed=key)
    commit()


@writing("site")
def reset_menu(name: str, by: By) -> None:
    """Delete the stored order of a menu, so that it is the usual one again."""
    _begin(name, by)
    db.session.execute(delete(SettingRow).where(SettingRow.name == MENUS[name]))
    log("order_menu", by, menu=name, reset=True)
    commit()
    forget_site()


def follow_section(old: str, new: str) -> None:
    """Let menus lead to a section's new slug; an empty one takes it out of them. Within the
    caller's transaction."""

    def rename(entry: MenuEntry) -> MenuEntry | None:
        if entry.kind != SECTION or entry.target != old:
            return entry
        return replace(entry, target=new) if new else None

    _follow(rename)


def follow_tag(old: str, new: str) -> None:
    """Let menus lead to a tag's new name; an empty one takes it out of them. Within the caller's
    transaction."""

    def rename(entry: MenuEntry) -> MenuEntry | None:
        if entry.kind != TAG or tag_key(entry.target) != tag_key(old):
            return entry
        return replace(entry, target=new) if new else None

    _follow(rename)


def put_in_bar(slug: str, *, stands: bool) -> None:
    """Add this section at the end of a bar that was ordered by hand, or remove it there. Within the
    caller's transaction."""
    if not is_ordered("bar"):
        return
    claim("site")
    entries = [one for one in menu("bar") if one.key != MenuEntry(SECTION, slug).key]
    if stands and len(entries) == len(menu("bar")):
        entries.append(MenuEntry(SECTION, slug))
    elif stands:
        return
    _store("bar", tuple(entries))


def _follow(change: Callable[[MenuEntry], MenuEntry | None]) -> None:
    claim("site")
    for name in MENUS:
        if not is_ordered(name):
            continue
        before = menu(name)
        after = {one.key: one for one in map(change, before) if one is not None}
        if tuple(after.values()) != before:
            _store(name, tuple(after.values()))


def _begin(name: str, by: By) -> tuple[MenuEntry, ...]:
    require(by, "arrange.menus")
    if name not in MENUS:
        raise Refused("menu", _("لا قائمة بهذا الاسم."))
    forget_site()
    return menu(name)


def _place(entries: list[MenuEntry], key: str) -> int:
    place = next((at for at, one in enumerate(entries) if one.key == key), None)
    if place is None:
        raise Refused("key", _("ليس هذا في القائمة. ربما حذفه غيرك."))
    return place


def _save(name: str, entries: tuple[MenuEntry, ...], by: By, **detail: Any) -> None:
    _store(name, entries)
    log("order_menu", by, menu=name, **detail)


def _store(name: str, entries: tuple[MenuEntry, ...]) -> None:
    db.session.merge(SettingRow(name=MENUS[name], value=to_json(entries)))
    db.session.flush()
    forget_site()


def _target(kind: str, target: str) -> str:
    """Return the target as it is stored. Raises `Refused`."""
    if kind == PLACE and target in PLACES:
        return target
    if kind == SECTION and section_tree().find(target):
        return target
    if kind == PAGE and target:
        page = select(ArticleRow.id).where(ArticleRow.page == target, ArticleRow.page != "")
        if db.session.scalar(page) is not None:
            return target
    if kind == TAG:
        match = tag_by_key(tag_key(target.lstrip("#"))) if target else None
        if match is None:
            raise Refused("target", _("لا وسم بهذا الاسم: «%(key)s»", key=target[:80]))
        return match[0].name
    if kind == LINK:
        fields = Fields()
        target = fields.web_address("target", target, ADDRESS)
        fields.raise_faults()
        return target
    raise Refused("target", _("لا صفحة بهذا الاسم: %(target)s", target=target[:80] or "—"))
