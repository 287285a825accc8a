"""Pages as values: each frozen dataclass names its template and carries what the template uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from khabarayn.article.story import Card
from khabarayn.web.templating import render


@dataclass(frozen=True)
class Meta:
    """What a page says about itself to search engines and chat apps; addresses are absolute.

    ``image_size`` is in pixels; ``language`` is the text's own where it is not the interface's;
    ``share_text`` is what stands under a link that is passed on, where it is not the description;
    ``published`` and ``modified`` are ISO moments; ``jsonld`` is a complete JSON document or empty;
    ``versions`` are (language, address) of the page in every language that it is in, its own too.
    """

    title: str
    description: str = ""
    canonical: str = ""
    image: str = ""
    image_alt: str = ""
    image_size: tuple[int, int] | None = None
    language: str = ""
    published: str = ""
    modified: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    kind: str = "website"
    jsonld: str = ""
    feed: str = ""
    index: bool = True
    share_text: str = ""
    versions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CardList:
    """One page of a list: ``next_url`` is the next page, ``more_url`` its fragment; both are
    empty on the last page."""

    cards: tuple[Card, ...]
    next_url: str = ""
    more_url: str = ""


# The last bytes of every fragment: a script discards an answer without them as truncated.
WHOLE = "<!--whole-->"


class Page:
    """Base of every page; subclasses are frozen dataclasses whose fields the template uses."""

    template: ClassVar[str]

    def render(self) -> str:
        """Return the page as HTML; a fragment ends with `WHOLE`, which scripts look for."""
        text = render(self.template, vars(self).copy())
        return text + WHOLE if self.template.startswith("fragments/") else text
