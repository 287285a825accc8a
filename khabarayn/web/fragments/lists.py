"""The next page of a list, as a fragment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import abort

from khabarayn.arabic.slug import tag_key
from khabarayn.store.queries.authors import author_by_slug
from khabarayn.store.queries.cards import LATEST, section_list
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.tags import tag_by_key
from khabarayn.web.listing import listing
from khabarayn.web.page import CardList, Page


@dataclass(frozen=True)
class CardsPiece(Page):
    """The next cards of a list, and the address of those after them."""

    template: ClassVar[str] = "fragments/cards.html"

    listing: CardList


def latest() -> str:
    """The next page of everything published."""
    return _more(LATEST, "latest")


def section(section: str) -> str:
    """The next page of a section; 404 where there is none."""
    number = section_tree().ids.get(section) or abort(404)
    return _more(section_list(number), "section", section=section)


def tag(tag: str) -> str:
    """The next page of a tag; 404 where there is none."""
    match = tag_by_key(tag_key(tag)) or abort(404)
    return _more(match[1], "tag", tag=tag)


def author(author: str) -> str:
    """The next page of an author; 404 where there is none."""
    match = author_by_slug(author) or abort(404)
    return _more(match[1], "author", author=author)


def _more(which: str, endpoint: str, **place: str) -> str:
    return CardsPiece(listing(which, endpoint, **place)).render()
