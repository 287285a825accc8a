"""The page of the menus: what stands in the bar and at the foot, in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import abort
from flask_babel import gettext as _

from khabarayn.article.menu import PAGE, PLACE, SECTION, MenuEntry
from khabarayn.desk.arrange.menus import (
    ADDRESS,
    LABEL,
    add_entry,
    label_entry,
    move_entry,
    remove_entry,
    reset_menu,
)
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.desk.stories.translations import language_name
from khabarayn.messages.menus import PLACES
from khabarayn.store.queries.languages import list_languages
from khabarayn.store.queries.menus import MENUS, is_ordered, menu
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.standing import page_summaries
from khabarayn.web.menus import MenuLink, menu_link
from khabarayn.web.newsroom.access import acting, needs
from khabarayn.web.newsroom.forms import (
    GOOD,
    Faults,
    form_value,
    redirect_with_error,
    redirect_with_notice,
)
from khabarayn.web.page import Page


@dataclass(frozen=True)
class MenuRow:
    """An entry of a menu; ``link`` is None while readers do not see it, as what it leads to is not
    there, and ``name`` is what it is called then too; ``labels`` are (language, its name,
    label)."""

    entry: MenuEntry
    name: str
    link: MenuLink | None
    labels: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class OrderedMenu:
    """A menu with what may be added to it with one click: key and name, by kind."""

    name: str
    title: str
    rows: tuple[MenuRow, ...]
    ordered: bool
    choices: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    bad: Faults
    values: Mapping[str, str]


@dataclass(frozen=True)
class MenusPage(Page):
    """Both menus, each with the forms that change it."""

    template: ClassVar[str] = "newsroom/arrange/menus.html"

    title: str
    menus: tuple[OrderedMenu, ...]
    label_limit: int
    address_limit: int


@needs("arrange.menus")
def menus() -> str:
    """Show both menus."""
    return _menus("", GOOD)


@needs("arrange.menus")
def add(menu: str) -> Any:
    """Add an entry to a menu; a form with faults comes again (422)."""
    _require_menu(menu)
    kind, target = form_value("kind"), form_value("target")
    if choice := form_value("chosen"):
        kind, _colon, target = choice.partition(":")
    try:
        add_entry(menu, kind, target, form_value("label"), acting())
    except Refused as refused:
        return _menus(menu, faults_of(refused)), 422
    return _back(_("أضيف إلى القائمة."))


@needs("arrange.menus")
def move(menu: str) -> Any:
    """Move an entry one place up or down (``way``)."""
    return _change(menu, lambda: move_entry(
        menu, form_value("key"), acting(), up=form_value("way") == "up"
    ), _("نُقل."))  # fmt: skip


@needs("arrange.menus")
def label(menu: str) -> Any:
    """Name an entry, or let it be called as what it leads to."""
    labels = {one: form_value(f"label_{one}") for one in list_languages()}
    return _change(
        menu, lambda: label_entry(menu, form_value("key"), labels, acting()), _("حُفظ الاسم.")
    )


@needs("arrange.menus")
def remove(menu: str) -> Any:
    """Take an entry out of the menu."""
    return _change(
        menu, lambda: remove_entry(menu, form_value("key"), acting()), _("حُذف من القائمة.")
    )


@needs("arrange.menus")
def reset(menu: str) -> Any:
    """Go back to the menu as it is by itself."""
    return _change(menu, lambda: reset_menu(menu, acting()), _("عادت القائمة كما كانت."))


VERBS: Mapping[str, Callable[[str], Any]] = {
    "add": add,
    "label": label,
    "move": move,
    "remove": remove,
    "reset": reset,
}


def _change(menu: str, change: Callable[[], None], notice: str) -> Any:
    _require_menu(menu)
    try:
        change()
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.menus")
    return _back(notice)


def _back(words: str) -> Any:
    return redirect_with_notice(words, "newsroom.menus")


def _require_menu(name: str) -> None:
    if name not in MENUS:
        abort(404)


def _menus(faulty: str, bad: Faults) -> str:
    titles = {"bar": _("الشريط العلوي"), "foot": _("ذيل الصفحة")}
    pages = {page.page: page.headline for page in page_summaries() if "/" not in page.page}
    typed_values = {name: form_value(name) for name in ("kind", "target", "label")}
    menu_forms = tuple(
        OrderedMenu(
            name,
            title,
            tuple(_row(entry, pages) for entry in menu(name)),
            is_ordered(name),
            _choices(menu(name), pages),
            bad if name == faulty else GOOD,
            typed_values if name == faulty else {"kind": "link", "target": "", "label": ""},
        )
        for name, title in titles.items()
    )
    return MenusPage(_("القوائم"), menu_forms, LABEL, ADDRESS).render()


def _row(entry: MenuEntry, pages: Mapping[str, str]) -> MenuRow:
    link = menu_link(entry)
    name = link.name if link else entry.label or pages.get(entry.target, "") or entry.target
    first, *others = list_languages()
    labels = ((first, entry.label), *((one, entry.label_in(one)) for one in others))
    return MenuRow(
        entry, name, link, tuple((one, language_name(one), words) for one, words in labels)
    )


def _choices(
    entries: tuple[MenuEntry, ...], pages: Mapping[str, str]
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return what is not yet in the menu, by kind in words."""
    here = {entry.key for entry in entries}
    kinds = (
        (_("صفحات ثابتة"), PAGE, pages),
        (_("أقسام"), SECTION, {slug: one.name for slug, one in _sections()}),
        (_("صفحات الموقع"), PLACE, {place: str(one.name) for place, one in PLACES.items()}),
    )
    groups = (
        (
            words,
            tuple(
                (key, name)
                for target, name in names.items()
                if (key := MenuEntry(kind, target).key) not in here
            ),
        )
        for words, kind, names in kinds
    )
    return tuple((words, names) for words, names in groups if names)


def _sections() -> list[tuple[str, Any]]:
    return [(section.slug, section) for section in section_tree().by_id.values()]
