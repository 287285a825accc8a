"""The value ``site`` of every template: the paper's name, languages, sections and accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import TypeVar

from babel import Locale
from flask import Flask, current_app, g, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from khabarayn.article.story import Section
from khabarayn.face.icons import inside
from khabarayn.face.mark import SVG
from khabarayn.face.sheet import sheet
from khabarayn.face.value import PAIRS, DrawnFace, Face
from khabarayn.settings import Settings, settings_of
from khabarayn.store.db import now
from khabarayn.store.queries.faces import face_file, with_files
from khabarayn.store.queries.sections import SectionTree, section_tree
from khabarayn.store.queries.site import (
    Account,
    accounts,
    counting,
    current_face,
    overlaid,
    page_links,
    page_versions,
)
from khabarayn.web.menus import MenuLink, menu_links

T = TypeVar("T")
TRANSLATED_ENDPOINTS = {
    "reader.home",
    "reader.latest",
    "reader.section",
    "reader.tag",
    "reader.author",
    "reader.sections",
}


# Endpoints whose pages show today's date; a story, which phones and editions keep, does not.
DATED_ENDPOINTS = TRANSLATED_ENDPOINTS - {"reader.about"} | {"reader.search", "reader.sections"}

NO_SECTIONS = SectionTree({}, {}, (), {})

# The face that a page loads early, by pair: that of its headlines.
HEADLINES = dict.fromkeys(PAIRS, "plex-700") | {PAIRS[1]: "naskh-700"}

# Pictures of the screen, by the form of the screen.
SHOTS = {"narrow.webp": 0, "wide.webp": 1}


@dataclass(frozen=True)
class Wordmark:
    """The wordmark in a page: a ``drawing`` to stand in it, or else the ``url`` of a picture; the
    size is in units of the drawing or in pixels."""

    width: int
    height: int
    drawing: Markup | None = None
    url: str = ""


@dataclass
class Site:
    """The paper as templates know it; sections are asked for only when a template names them."""

    name: str
    base_url: str
    locales: tuple[str, ...]
    months: str = ""
    face: Face = field(kw_only=True)

    @property
    def line(self) -> str:
        """What stands under the name."""
        return line_of(self.face)

    @property
    def wordmark(self) -> Wordmark | None:
        """The wordmark; None where the name stands in type."""
        file = _ask(lambda: face_file(self.face.wordmark), None)
        if file is None:
            return None
        if file.mime == SVG:
            return Wordmark(file.width, file.height, Markup(inside(file.data.decode())))
        return Wordmark(file.width, file.height, url=face_url("wordmark.png", self.face))

    @property
    def sheet(self) -> str:
        """The address of the sheet of the face, or nothing where it is that of the site."""
        return sheet_url(self.face)

    @property
    def headlines(self) -> str:
        """The name of the face in which headlines are set."""
        return HEADLINES[self.face.pair]

    def icon(self, name: str) -> str:
        """Return the address of an icon by its name in `khabarayn.face.icons`."""
        return face_url(name, self.face)

    @cached_property
    def _tree(self) -> SectionTree | None:
        return _ask(section_tree, None)

    @property
    def accounts(self) -> tuple[Account, ...]:
        """The paper's accounts elsewhere; none while the database does not answer."""
        return _ask(accounts, ())

    @property
    def counting(self) -> bool:
        """Whether reads are counted; no while the database does not answer."""
        return _ask(counting, False)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of the navigation; none while the database does not answer."""
        return self._tree.nav if self._tree else ()

    @cached_property
    def bar(self) -> tuple[MenuLink, ...]:
        """The links of the bar; none while the database does not answer."""
        return _ask(lambda: menu_links("bar"), ())

    @cached_property
    def foot(self) -> tuple[MenuLink, ...]:
        """The links of the foot; none while the database does not answer."""
        return _ask(lambda: menu_links("foot"), ())

    def page(self, slug: str) -> str:
        """Return the address of a standing page, or nothing where it is not published."""
        language = request.script_root.strip("/") if request else ""
        pages = _ask(lambda: page_links(language), ())
        is_public = any(link.slug == slug for link in pages)
        return url_for("reader.page", page=slug) if is_public else ""

    @property
    def tree(self) -> SectionTree:
        """All sections; none while the database does not answer."""
        return self._tree or NO_SECTIONS

    @property
    def alternates(self) -> tuple[tuple[str, str], ...]:
        """This page in every language of the interface, as (language, absolute address).

        An article is in the language that it was written in, whatever stands around it: it has
        one address and no alternates.
        """
        if not request or request.endpoint not in TRANSLATED_ENDPOINTS or len(self.locales) < 2:
            return ()
        first, *others = self.locales
        path = request.path
        addresses = [(first, self.base_url + path)]
        addresses += [(locale, f"{self.base_url}/{locale}{path}") for locale in others]
        return (*addresses, ("x-default", self.base_url + path))

    @property
    def languages(self) -> tuple[tuple[str, str, str], ...]:
        """The other languages of the interface, as (language, its own name, path): of this page
        where it is there in them, else of the front page."""
        if not request:
            return ()
        own = request.script_root.strip("/") or self.locales[0]
        here = request.endpoint in TRANSLATED_ENDPOINTS or request.endpoint == "reader.page"
        path = request.path if here else "/"
        return tuple(
            (
                locale,
                _own_name(locale),
                ("" if locale == self.locales[0] else f"/{locale}") + path,
            )
            for locale in self.locales
            if locale != own
        )

    @property
    def today(self) -> datetime | None:
        """The moment whose date stands in the bar; None on a page that does not change by the
        day."""
        return now() if request and request.endpoint in DATED_ENDPOINTS else None

    @property
    def here(self) -> str:
        """The path asked for, without language prefix, for marking the present place."""
        return request.path if request else "/"


@lru_cache(maxsize=64)
def _own_name(locale: str) -> str:
    return Locale.parse(locale).get_display_name() or locale


def _ask(query: Callable[[], T], otherwise: T) -> T:
    """Return what the database says, or ``otherwise`` when it does not answer, so that error pages
    still have their frame."""
    try:
        return query()
    except SQLAlchemyError:
        return otherwise


def paper() -> Settings:
    """Return the settings that hold now; those of the environment while the database is away."""
    # Asked once a request: a front page says its months and digits two hundred times.
    settings: Settings | None = g.get("khabarayn_paper")
    if settings:
        return settings
    base = settings_of(current_app.config)
    try:
        current = overlaid(base)
    except SQLAlchemyError:
        current = base
    if request:
        g.khabarayn_paper = current
    return current


def face() -> Face:
    """Return the face that this answer shows: the one that holds, or the one of a preview."""
    current: Face | None = g.get("khabarayn_face")
    if current:
        return current
    base = settings_of(current_app.config)
    return _ask(lambda: current_face(base), Face(base.site_name))


def drawn_face() -> DrawnFace:
    """Return that face with its files."""
    return with_files(face())


def show_face(other: Face) -> None:
    """Let the rest of this request show another face than the one that holds."""
    g.khabarayn_paper = replace(paper(), site_name=other.name)
    g.khabarayn_face = other
    g.pop("khabarayn_appearance", None)


def appearance() -> str:
    """Return what says all that pieces of a page show of the paper, its face, its settings and the
    address that they are read under: pages of one appearance write the same thing in one way."""
    earlier: str | None = g.get("khabarayn_appearance")
    if earlier:
        return earlier
    settings = paper()
    root = request.script_root if request else ""
    values = (root, settings.site_name, settings.base_url, settings.timezone, settings.months,
             settings.digits, settings.hijri, face().digest, _ask(accounts, ()),
             _ask(page_versions, ()))  # fmt: skip
    g.khabarayn_appearance = repr(values)
    return g.khabarayn_appearance


def line_of(paper_face: Face) -> str:
    """Return what stands under the name of the paper."""
    return paper_face.line or _("أخبار وتقارير بالعربية، تُقرأ بشبكة ضعيفة وبلا شبكة.")


def face_url(name: str, paper_face: Face | None = None) -> str:
    """Return the address of a file that is drawn of a face."""
    return url_for("pwa.face_drawing", digest=(paper_face or face()).digest, name=name)


def sheet_url(paper_face: Face) -> str:
    """Return the address of the sheet of a face, or nothing where it says nothing of its own."""
    return url_for("pwa.face_sheet", digest=paper_face.digest) if sheet(paper_face) else ""


def absolute(path: str) -> str:
    """Return ``path`` (from `url_for`) on the paper's public address."""
    settings = settings_of(current_app.config)
    return settings.base_url.rstrip("/") + path


def tell_paper() -> dict[str, object]:
    """Return what every template is told: the value ``site`` and the language of the page."""
    settings = paper()
    site = Site(
        settings.site_name,
        settings.base_url.rstrip("/"),
        settings.locales,
        settings.months,
        face=face(),
    )
    return {"site": site, "locale": get_locale}


def register(app: Flask) -> None:
    """Give every template the paper's name, languages, sections and address."""
    app.context_processor(tell_paper)
