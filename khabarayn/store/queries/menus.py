"""The menus of the paper: as somebody ordered them, or as they are by themselves. No query of their
own: settings and sections are read for every page."""

from __future__ import annotations

from khabarayn.article.menu import PAGE, PLACE, SECTION, MenuEntry, from_json
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.site import BAR, FOOT, page_links, site_settings

MENUS = {"bar": BAR, "foot": FOOT}


def menu(name: str) -> tuple[MenuEntry, ...]:
    """Return the entries of the menu «bar» or «foot»."""
    text = site_settings().get(MENUS[name])
    return usual_menu(name) if text is None else from_json(text)


def is_ordered(name: str) -> bool:
    """Say whether somebody has ordered this menu by hand."""
    return MENUS[name] in site_settings()


def usual_menu(name: str) -> tuple[MenuEntry, ...]:
    """Return the menu as it is until somebody orders it."""
    if name == "bar":
        sections = (MenuEntry(SECTION, section.slug) for section in section_tree().nav)
        return (MenuEntry(PLACE, "home"), *sections)
    pages = (MenuEntry(PAGE, link.slug) for link in page_links())
    before, after = ("latest", "editions"), ("saved", "settings", "feed")
    return (
        *(MenuEntry(PLACE, place) for place in before),
        *pages,
        *(MenuEntry(PLACE, place) for place in after),
    )
