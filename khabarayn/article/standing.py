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


@dataclass(frozen=True)
class Blank:
    """What is to be filled in, as its page says it, and the heading that it stands under."""

    words: str
    heading: str = ""


@dataclass(frozen=True)
class PageLink:
    """A published page as menus name it; ``changed_at`` is an ISO moment."""

    slug: str
    title: str
    changed_at: str = ""


@dataclass(frozen=True)
class StandingPage:
    """A published page, whole; ``pictures`` are by public id."""

    slug: str
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
