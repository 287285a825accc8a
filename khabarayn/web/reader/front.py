"""The front page as readers get it."""

from __future__ import annotations

from khabarayn.store.queries.front import front_forms, placed_cards
from khabarayn.web.front_page import home_page
from khabarayn.web.language import lists_language


def home() -> str:
    """The front page as editors placed it, the automatic order around that."""
    language = lists_language()
    return home_page(placed_cards(language), front_forms(language)).render()
