"""The front page as readers get it."""

from __future__ import annotations

from khabarayn.store.queries.front import front_forms, placed_cards
from khabarayn.web.front_page import home_page


def home() -> str:
    """The front page as editors placed it, the automatic order around that."""
    return home_page(placed_cards(), front_forms()).render()
