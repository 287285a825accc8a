"""«شاهد أيضًا» and «أخبار ذات صلة», completed when the reader comes near."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from khabarayn.article.story import Card, SeeAlso
from khabarayn.store.queries.story import related_of, see_also_of
from khabarayn.web.page import Page

NOTHING = ("", 204)


@dataclass(frozen=True)
class SeeAlsoPiece(Page):
    template: ClassVar[str] = "fragments/see_also.html"

    item: SeeAlso
    story_id: str


@dataclass(frozen=True)
class RelatedPiece(Page):
    template: ClassVar[str] = "fragments/related.html"

    cards: tuple[Card, ...]
    story_id: str


def see_also(id: str, slot: int) -> str | tuple[str, int]:
    found = see_also_of(id, slot)
    return SeeAlsoPiece(found, id).render() if found else NOTHING


def related(id: str) -> str | tuple[str, int]:
    found = related_of(id)
    return RelatedPiece(found, id).render() if found else NOTHING
