"""The value ``site`` of every template: the paper's name, languages, sections and accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from babel import Locale
from flask import Flask, current_app, g, request
from flask_babel import get_locale
from sqlalchemy.exc import SQLAlchemyError

from khabarayn.article.story import Section
from khabarayn.settings import Settings
from khabarayn.store.queries.sections import SectionTree, section_tree
from khabarayn.store.queries.site import Account, accounts, counting, overlaid

T = TypeVar("T")
TRANSLATED = {
    "reader.home",
    "reader.latest",
    "reader.section",
    "reader.tag",
    "reader.author",
    "reader.about",
}


@dataclass
class Site:
    """The paper as templates know it; sections are asked for only when a template names them."""

    name: str
    base_url: str
    locales: tuple[str, ...]
    months: str = ""

    @cached_property
    def _tree(self) -> SectionTree | None:
        return _asked(section_tree, None)

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The paper's accounts elsewhere; none while the database does not answer."""
        return _asked(accounts, ())

    @property
    def counting(self) -> bool:
        """Whether reads are counted; no while the database does not answer."""
        return _asked(counting, False)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of the navigation; none while the database does not answer."""
        return self._tree.nav if self._tree else ()

    @property
    def children(self) -> dict[str, tuple[Section, ...]]:
        """Child sections by the slug of their parent; empty while the database does not answer."""
        return self._tree.children if self._tree else {}

    @property
    def alternates(self) -> tuple[tuple[str, str], ...]:
        """This page in every language of the interface, as (language, absolute address).

        An article is in the language that it was written in, whatever stands around it: it has
        one address and no alternates.
        """
        if not request or request.endpoint not in TRANSLATED or len(self.locales) < 2:
            return ()
        first, *others = self.locales
        path = request.path
        found = [(first, self.base_url + path)]
        found += [(locale, f"{self.base_url}/{locale}{path}") for locale in others]
        return (*found, ("x-default", self.base_url + path))

    @property
    def languages(self) -> tuple[tuple[str, str, str], ...]:
        """The other languages of the interface, as (language, its own name, path): of this page
        where it is there in them, else of the front page."""
        if not request:
            return ()
        own = request.script_root.strip("/") or self.locales[0]
        path = request.path if request.endpoint in TRANSLATED else "/"
        return tuple(
            (
                locale,
                Locale.parse(locale).get_display_name() or locale,
                ("" if locale == self.locales[0] else f"/{locale}") + path,
            )
            for locale in self.locales
            if locale != own
        )

    @property
    def here(self) -> str:
        """The path asked for, without language prefix, for marking the present place."""
        return request.path if request else "/"


def _asked(query: Callable[[], T], otherwise: T) -> T:
    """Return what the database says, or ``otherwise`` when it does not answer, so that error pages
    still have their frame."""
    try:
        return query()
    except SQLAlchemyError:
        return otherwise


def paper() -> Settings:
    """Return the settings that hold now; those of the environment while the database is away."""
    # Asked once a request: a front page says its months and digits two hundred times.
    known: Settings | None = g.get("khabarayn_paper")
    if known:
        return known
    base: Settings = current_app.config["KHABARAYN"]
    try:
        found = overlaid(base)
    except SQLAlchemyError:
        found = base
    if request:
        g.khabarayn_paper = found
    return found


def absolute(path: str) -> str:
    """Return ``path`` (from `url_for`) on the paper's public address."""
    settings: Settings = current_app.config["KHABARAYN"]
    return settings.base_url.rstrip("/") + path


def register(app: Flask) -> None:
    """Give every template the paper's name, languages, sections and address."""

    @app.context_processor
    def speak() -> dict[str, object]:  # pyright: ignore[reportUnusedFunction]
        settings = paper()
        return {
            "site": Site(
                settings.site_name, settings.base_url.rstrip("/"), settings.locales, settings.months
            ),
            "locale": get_locale,
        }
