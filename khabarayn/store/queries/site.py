"""Settings of the paper that the newsroom has set, which override the environment's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from khabarayn.article.standing import PageLink
from khabarayn.face.value import Face
from khabarayn.settings import Settings
from khabarayn.store.db import ask, db
from khabarayn.store.models import SettingRow
from khabarayn.store.queries.faces import face_by_digest

OFF = "off"
# Written by the desk: the languages beside the first one in which a story is public.
STORY_LANGUAGES = "story_languages"
# The settings that say which standing pages are published, and what stands in the menus.
PAGES, BAR, FOOT = "standing_pages", "menu_bar", "menu_foot"


@dataclass(frozen=True)
class Account:
    """The paper's account somewhere else; ``kind`` as in `khabarayn.desk.arrange.site_settings`."""

    kind: str
    url: str


_SETTINGS = select(SettingRow.name, SettingRow.value)


def site_settings() -> Mapping[str, str]:
    """Return the settings that the newsroom has set, by name: one query, once for each session."""
    cache = db.session().info
    if "site" not in cache:
        # Without autoflush: in the middle of a verb its unfinished changes must not be written.
        with db.session.no_autoflush:
            rows = ask(_SETTINGS)
            cache["site"] = _mapping(tuple(map(tuple, rows)))
    return cache["site"]


@lru_cache(maxsize=8)
def _mapping(rows: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Return these rows by name: the very same mapping while they are the same."""
    return MappingProxyType(dict(rows))


def forget_site() -> None:
    """Make this session read the settings again, after a verb has changed them."""
    for name in ("site", "paper"):
        db.session().info.pop(name, None)


def overlaid(base: Settings) -> Settings:
    """Return the settings in force: read once for each database session.

    A language that the environment does not name cannot be offered; the first one always is.
    """
    cache = db.session().info
    if "paper" not in cache:
        cache["paper"] = _over(base)
    return cache["paper"]


def _over(base: Settings) -> Settings:
    values = site_settings()
    choices = tuple(values.get(name) or getattr(base, name) for name in _OVERRIDABLE)
    return _with_overrides(base, current_face(base).name, locales_of(base), choices)


_OVERRIDABLE = ("months", "digits", "hijri")


@lru_cache(maxsize=8)
def _with_overrides(
    base: Settings, name: str, locales: tuple[str, ...], choices: tuple[str, ...]
) -> Settings:
    values_by_name = dict(zip(_OVERRIDABLE, choices, strict=True))
    overrides: dict[str, Any] = {"site_name": name, "locales": locales, **values_by_name}
    return replace(base, **overrides)


def locales_of(base: Settings) -> tuple[str, ...]:
    """Return the languages that the paper offers now, its first one first."""
    values = site_settings()
    if "languages" not in values:
        return base.locales
    codes = set(values["languages"].split())
    return (base.locales[0], *(x for x in base.locales[1:] if x in codes))


def current_face(usual: Settings) -> Face:
    """Return the face that holds now: that of the newsroom, else the environment's name alone."""
    digest = site_settings().get("face")
    return (face_by_digest(digest) if digest else None) or Face(usual.site_name)


@dataclass(frozen=True)
class Rights:
    """What the chief editor lets others do: the lowest role that may ``withdraw`` stories, and that
    may ``announce`` above the front page; ``night`` is the hours (from, until, by the site's clock)
    within which ``announce`` holds, None for always."""

    withdraw: str = "chief"
    announce: str = "chief"
    night: tuple[int, int] | None = None


def rights() -> Rights:
    """Return the rights that hold now."""
    values = site_settings()
    hours = values.get("announce_hours", "").split()
    return Rights(
        values.get("withdraw_role") or "chief",
        values.get("announce_role") or "chief",
        (int(hours[0]), int(hours[1])) if hours else None,
    )


def accounts() -> tuple[Account, ...]:
    """Return the paper's accounts elsewhere, in the editors' order."""
    lines = site_settings().get("social", "").splitlines()
    parts = (line.partition(" ") for line in lines)
    return tuple(Account(kind, url) for kind, _space, url in parts if url)


def page_versions() -> tuple[PageLink, ...]:
    """Return the standing pages that are published, in every language, in order."""
    return tuple(PageLink(*link) for link in json.loads(site_settings().get(PAGES) or "[]"))


def page_links(language: str = "") -> tuple[PageLink, ...]:
    """Return the published pages for readers of ``language``, empty for the paper's first one: one
    that is not there in it as it is in the first one."""
    versions = page_versions()
    own = {link.slug: link for link in versions if link.language == language}
    slugs = dict.fromkeys(link.slug for link in versions if link.language in {"", language})
    first = {link.slug: link for link in versions if not link.language}
    return tuple(own.get(slug) or first[slug] for slug in slugs)


def counting() -> bool:
    """Say whether the paper counts readings, shares and saves at all."""
    return site_settings().get("counting") != OFF
