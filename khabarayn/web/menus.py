"""The menus of the paper as links: names, addresses, and how an outside address is marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from flask import request, url_for
from flask_babel import get_locale

from khabarayn.article.menu import LINK, PAGE, PLACE, SECTION, TAG, MenuEntry
from khabarayn.article.story import Section
from khabarayn.messages.menus import PLACES
from khabarayn.store.queries.languages import main_language, stored_language
from khabarayn.store.queries.menus import MENUS, menu
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.site import page_links, page_versions, site_settings


@dataclass(frozen=True)
class MenuLink:
    """An entry as a page shows it; ``section`` is the section it leads to, ``outside`` says that it
    leads to another site, ``here`` that this is the page it leads to."""

    name: str
    url: str
    section: Section | None = None
    outside: bool = False
    here: bool = False


def menu_links(name: str) -> tuple[MenuLink, ...]:
    """Return the links of the menu «bar» or «foot»; an entry whose page is not there now (not yet
    published, or withdrawn) is left out."""
    root = request.script_root if request else ""
    links = _links(
        name,
        root,
        str(get_locale()),
        main_language(),
        site_settings().get(MENUS[name]),
        section_tree(),
        page_versions(),
    )
    here = root + request.path if request else ""
    if not any(link.url == here for link in links):
        return links
    return tuple(replace(link, here=link.url == here and not link.outside) for link in links)


@lru_cache(maxsize=64)
def _links(name: str, *depends_on: object) -> tuple[MenuLink, ...]:
    """Return the links of a menu, none of them the present page. Every page shows them;
    ``depends_on`` is whatever they are made of."""
    del depends_on
    links = map(menu_link, menu(name))
    return tuple(link for link in links if link)


def menu_link(entry: MenuEntry, here: str = "") -> MenuLink | None:
    """Return the link of an entry, or None where its page is not there now."""
    return _LINKS[entry.kind](entry, here)


def _label(entry: MenuEntry) -> str:
    """Return the label of an entry in the language of the page."""
    return entry.label_in(stored_language(str(get_locale() or "")))


def _place(entry: MenuEntry, here: str) -> MenuLink | None:
    place = PLACES.get(entry.target)
    if place is None:
        return None
    url = url_for(place.endpoint)
    return MenuLink(_label(entry) or str(place.name), url, here=url == here)


def _section(entry: MenuEntry, here: str) -> MenuLink | None:
    section = section_tree().find(entry.target)
    if section is None:
        return None
    url = url_for("reader.section", section=section.slug)
    return MenuLink(_label(entry) or section.name, url, section, here=url == here)


def _page(entry: MenuEntry, here: str) -> MenuLink | None:
    pages = page_links(stored_language(str(get_locale() or "")))
    title = next((link.title for link in pages if link.slug == entry.target), None)
    if title is None:
        return None
    url = url_for("reader.page", page=entry.target)
    return MenuLink(_label(entry) or title, url, here=url == here)


def _tag(entry: MenuEntry, here: str) -> MenuLink | None:
    url = url_for("reader.tag", tag=entry.target.replace(" ", "_"))
    return MenuLink(_label(entry) or entry.target, url, here=url == here)


def _outside(entry: MenuEntry, here: str) -> MenuLink | None:
    del here
    return MenuLink(_label(entry) or entry.label or entry.target, entry.target, outside=True)


_LINKS: Mapping[str, Callable[[MenuEntry, str], MenuLink | None]] = {
    PLACE: _place,
    SECTION: _section,
    PAGE: _page,
    TAG: _tag,
    LINK: _outside,
}
