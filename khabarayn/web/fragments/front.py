"""Fragments of the front page's lower half: a section's block, a story's figures or pictures, and
the most read stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import request

from khabarayn.article.blocks import Table
from khabarayn.article.identity import PATTERN
from khabarayn.article.story import Card, Picture, Section, Story
from khabarayn.article.visual import chart_in, gallery_in
from khabarayn.store.queries.cards import LATEST, cards_by_id, cards_in, section_list
from khabarayn.store.queries.editions import EditionCard, editions
from khabarayn.store.queries.front import most_read as most_read_cards
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.story import article_by_id
from khabarayn.web.filters_dates import iso
from khabarayn.web.language import lists_language
from khabarayn.web.page import Page

# The most stories of a block, and how many it shows where the address names none.
MOST, BLOCK = 5, 4
# Pictures of a strip, and stories of the rail.
REEL, RAIL = 8, 6
NOTHING = ("", 204)


@dataclass(frozen=True)
class SectionPiece(Page):
    """A section's block of the front page."""

    template: ClassVar[str] = "fragments/section.html"

    section: Section
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class VisualPiece(Page):
    """A story's chart or gallery on the front page: its ``table`` as a drawing, or the ``pictures``
    of its gallery."""

    template: ClassVar[str] = "fragments/visual.html"

    card: Card
    table: Table | None
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class MostReadPiece(Page):
    """What is read most, the most read first."""

    template: ClassVar[str] = "fragments/most_read.html"

    cards: tuple[Card, ...]


@dataclass(frozen=True)
class RailPiece(Page):
    """The rail of a desk: the newest stories, those read most, and the newest edition; ``today`` is
    the day that needs no heading, as ISO writes it."""

    template: ClassVar[str] = "fragments/rail.html"

    cards: tuple[Card, ...]
    today: str
    most_read: tuple[Card, ...]
    edition: EditionCard | None


def rail() -> str | tuple[str, int]:
    """The rail beside every page on a desk, that of the latest ``?without=latest``; 204 where there
    is nothing to show."""
    without, language = request.args.get("without") == "latest", lists_language()
    cards = () if without else cards_in(LATEST, limit=RAIL, language=language).cards
    today = iso(cards[0].published_at)[:10] if cards else ""
    edition = next(iter(editions(limit=1, language=language)), None)
    piece = RailPiece(cards, today, most_read_cards(language=language), edition)
    return piece.render() if piece.cards or piece.most_read or piece.edition else NOTHING


def section(section: str) -> str | tuple[str, int]:
    """The block of a section; ``?ids=`` names the very stories whose links the page shows."""
    tree = section_tree()
    this_section = tree.find(section)
    if this_section is None:
        return NOTHING
    ids = [
        part for part in request.args.get("ids", "").split(".")[:MOST] if PATTERN.fullmatch(part)
    ]
    if ids:
        by_id = cards_by_id(ids)
        cards = tuple(by_id[id_] for id_ in ids if id_ in by_id)
    else:
        which = section_list(tree.ids[section])
        cards = cards_in(which, limit=BLOCK, language=lists_language()).cards
    return SectionPiece(this_section, cards).render() if cards else NOTHING


def visual(id: str) -> str | tuple[str, int]:
    """The figures or the pictures of a published story; 204 where it has neither."""
    story = article_by_id(id)
    if not isinstance(story, Story):
        return NOTHING
    gallery = gallery_in(story.blocks)
    if gallery:
        every = (story.pictures.get(image.media) for image in gallery.images)
        pictures = tuple(one for one in every if one)[:REEL]
        return VisualPiece(story.card, None, pictures).render() if pictures else NOTHING
    table = chart_in(story.blocks)
    return VisualPiece(story.card, table, ()).render() if table else NOTHING


def most_read() -> str | tuple[str, int]:
    """What was read most in the last days; 204 where nothing was."""
    cards = most_read_cards(language=lists_language())
    return MostReadPiece(cards).render() if cards else NOTHING
