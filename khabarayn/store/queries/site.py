"""Settings of the paper that the newsroom has set, which override the environment's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from khabarayn.article.standing import PageLink
from khabarayn.face.value import Face
from khabarayn.settings import Settings
from khabarayn.store.db import db
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


def site_settings() -> Mapping[str, str]:
    """Return the settings that the newsroom has set, by name: one query, once for each session."""
    cache = db.session().info
    if "site" not in cache:
        # Without autoflush: in the middle of a verb its unfinished changes must not be written.
        with db.session.no_autoflush:
            rows = db.session.execute(select(SettingRow.name, SettingRow.value))
            cache["site"] = {row.name: row.value for row in rows}
    return cache["site"]


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
    overrides: dict[str, Any] = {
        name: values[name] for name in ("months", "digits", "hijri") if values.get(name)
    }
    overrides["site_name"] = current_face(base).name
    overrides["locales"] = locales_of(base)
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


def page_links() -> tuple[PageLink, ...]:
    """Return the standing pages that are published, in order."""
    return tuple(PageLink(*link) for link in json.loads(site_settings().get(PAGES) or "[]"))


def counting() -> bool:
    """Say whether the paper counts readings, shares and saves at all."""
    return site_settings().get("counting") != OFF
