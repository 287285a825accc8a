"""Fragments of the front page's lower half: a section's block, and the most read stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import request

from khabarayn.article.identity import PATTERN
from khabarayn.article.story import Card, Section
from khabarayn.store.queries.cards import cards_by_id, cards_in, section_list
from khabarayn.store.queries.front import most_read as most_read_cards
from khabarayn.store.queries.sections import section_tree
from khabarayn.web.language import lists_language
from khabarayn.web.page import Page

BLOCK = 4
NOTHING = ("", 204)


@dataclass(frozen=True)
class SectionPiece(Page):
    """A section's block of the front page."""

    template: ClassVar[str] = "fragments/section.html"

    section: Section
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class MostReadPiece(Page):
    """What is read most, the most read first."""

    template: ClassVar[str] = "fragments/most_read.html"

    cards: tuple[Card, ...]


def section(section: str) -> str | tuple[str, int]:
    """The block of a section; ``?ids=`` names the very stories whose links the page shows."""
    tree = section_tree()
    found = tree.find(section)
    if found is None:
        return NOTHING
    wanted = [
        part for part in request.args.get("ids", "").split(".")[:BLOCK] if PATTERN.fullmatch(part)
    ]
    if wanted:
        by_id = cards_by_id(wanted)
        cards = tuple(by_id[id_] for id_ in wanted if id_ in by_id)
    else:
        which = section_list(tree.ids[section])
        cards = cards_in(which, limit=BLOCK, language=lists_language()).cards
    return SectionPiece(found, cards).render() if cards else NOTHING


def most_read() -> str | tuple[str, int]:
    """What was read most in the last days; 204 where nothing was."""
    found = most_read_cards(language=lists_language())
    return MostReadPiece(found).render() if found else NOTHING
