"""Fragments of «شاهد أيضًا» and «أخبار ذات صلة», requested when the reader scrolls near them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from khabarayn.article.story import Card, SeeAlso
from khabarayn.store.queries.story import related_of, see_also_of
from khabarayn.web.page import Page

NOTHING = ("", 204)


@dataclass(frozen=True)
class SeeAlsoPiece(Page):
    """One filled «شاهد أيضًا» inset of the story ``story_id``."""

    template: ClassVar[str] = "fragments/see_also.html"

    item: SeeAlso
    story_id: str


@dataclass(frozen=True)
class RelatedPiece(Page):
    """The «أخبار ذات صلة» of the story ``story_id``."""

    template: ClassVar[str] = "fragments/related.html"

    cards: tuple[Card, ...]
    story_id: str


def see_also(id: str, slot: int) -> str | tuple[str, int]:
    """The inset of one slot of a published story; 204 where it stays empty."""
    card = see_also_of(id, slot)
    return SeeAlsoPiece(card, id).render() if card else NOTHING


def related(id: str) -> str | tuple[str, int]:
    """The related cards of a published story; 204 where it has none."""
    cards = related_of(id)
    return RelatedPiece(cards, id).render() if cards else NOTHING
