"""A story on its way in or out, whatever the format of the file that carries it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class NewsPicture:
    """``href`` is an address, or «file:» and a path from the JSON file's folder."""

    href: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    focal: tuple[float, float] = (0.5, 0.5)
    mime: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Byline:
    """Who signs, as a document names them."""

    name: str
    slug: str = ""
    role: str = ""
    bio: str = ""


@dataclass(frozen=True)
class NewsItem:
    """A story on its way. ``status`` is usable, withheld or canceled; ``see_also`` are uris, and so
    are ``translations``, of the same story in other languages;
    a picture inside ``body_html`` is an ``img`` whose ``src`` is its ``href``."""

    uri: str
    headline: str
    body_html: str = ""
    short_headline: str = ""
    standfirst: str = ""
    teaser: str = ""
    language: str = "ar"
    genre: str = ""
    version: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    status: str = "usable"
    section: str = ""
    section_name: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[Byline, ...] = ()
    source_name: str = ""
    source_link: str = ""
    source_url: str = ""
    licence: str = ""
    copyright: str = ""
    url: str = ""
    flags: tuple[str, ...] = ()
    lead: NewsPicture | None = None
    pictures: tuple[NewsPicture, ...] = ()
    corrections: tuple[tuple[datetime, str], ...] = ()
    withdrawn_reason: str = ""
    see_also: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()
    embargo: datetime | None = None
    embargo_reason: str = ""
    notes: tuple[tuple[str, str], ...] = field(default=(), compare=False)
