"""One page of a list with the addresses of the next, as a page and as a fragment."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from khabarayn.store.queries.cards import cards_in
from khabarayn.web.language import lists_language
from khabarayn.web.page import CardList

LIMIT = 20


def listing(which: str, endpoint: str, **place: str) -> CardList:
    """Return the page of the list ``which`` that ``?before=`` asks for, with the addresses of the
    next."""
    before = request.args.get("before", "")
    page = cards_in(which, before=before, limit=LIMIT, language=lists_language())
    if not page.next_key:
        return CardList(page.cards)
    values: dict[str, Any] = {**place, "before": page.next_key}
    return CardList(
        page.cards,
        url_for(f"reader.{endpoint}", **values),
        url_for(f"fragments.more_{endpoint}", **values),
    )
