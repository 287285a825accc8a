"""Standing pages: what a paper says of itself, and the blanks that its owner has still to fill."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from khabarayn.article.blocks import Block, Heading
from khabarayn.article.plain import block_text
from khabarayn.article.story import Picture

ABOUT, CONTACT, CORRECTIONS, PRIVACY, TERMS, OWNERSHIP, ADVERTISE, ACCESSIBILITY = STARTER_PAGES = (
    "about", "contact", "corrections", "privacy", "terms", "ownership", "advertise",
    "accessibility",
)  # fmt: skip
# The last part of a page's address.
SLUG = re.compile(r"[a-z][a-z0-9-]{0,38}[a-z0-9]")
# A blank that was opened and never closed reaches to the end of its line.
_BLANK = re.compile(r"\[\[\s*(.*?)\s*(?:\]\]|$)", re.MULTILINE)


def page_key(slug: str, language: str = "") -> str:
    """Return the name of the page ``slug`` in ``language``, empty for the paper's first one.

    >>> page_key("about"), page_key("about", "en")
    ('about', 'en/about')
    """
    return f"{language}/{slug}" if language else slug


def page_path(page: str) -> str:
    """Return the path at which readers find the page of this name.

    >>> page_path("about"), page_path("en/about")
    ('/p/about', '/en/p/about')
    """
    language, slash, slug = page.rpartition("/")
    return f"{slash}{language}/p/{slug}"


@dataclass(frozen=True)
class Blank:
    """What is to be filled in, as its page says it, and the heading that it stands under."""

    words: str
    heading: str = ""


@dataclass(frozen=True)
class PageLink:
    """A published page as menus name it; ``page`` is its name in its language (`page_key`),
    ``changed_at`` an ISO moment."""

    page: str
    title: str
    changed_at: str = ""

    @property
    def slug(self) -> str:
        """The last part of its address, the same in every language."""
        return self.page.rpartition("/")[2]

    @property
    def language(self) -> str:
        """The language that it is in, empty for the paper's first one."""
        return self.page.rpartition("/")[0]

    @property
    def path(self) -> str:
        """The path at which readers find it."""
        return page_path(self.page)


@dataclass(frozen=True)
class StandingPage:
    """A published page, whole; ``page`` is its name (`page_key`), ``pictures`` are by public id."""

    page: str
    headline: str
    standfirst: str
    blocks: tuple[Block, ...]
    updated_at: datetime
    language: str = "ar"
    direction: str = "rtl"
    pictures: dict[str, Picture] = field(default_factory=dict)


def blanks_in(headline: str, standfirst: str, blocks: Iterable[Block]) -> tuple[Blank, ...]:
    """Return the blanks «[[…]]» of a page, in the order of reading.

    >>> from khabarayn.article.blocks import Paragraph
    >>> blanks_in("من نحن", "", [Heading("الناشر"), Paragraph("ينشرها [[اسم <b>الناشر</b>]].")])
    (Blank(words='اسم الناشر', heading='الناشر'),)
    """
    blanks = [Blank(words) for text in (headline, standfirst) for words in _BLANK.findall(text)]
    heading = ""
    for block in blocks:
        text = block_text(block)
        if isinstance(block, Heading):
            heading = text.strip()
        blanks += [Blank(words, heading) for words in _BLANK.findall(text)]
    return tuple(blanks)
