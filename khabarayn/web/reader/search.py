"""Search, plainly: words in headlines and standfirsts, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import request
from flask_babel import gettext as _

from khabarayn.arabic.hygiene import clean_line
from khabarayn.search.headlines import find
from khabarayn.web.page import CardList, Meta, Page

LIMIT = 30


@dataclass(frozen=True)
class SearchPage(Page):
    template: ClassVar[str] = "reader/search.html"

    query: str
    listing: CardList
    meta: Meta


def search() -> str:
    query = clean_line(request.args.get("q", ""), 200).text
    cards = find(query, LIMIT) if query else ()
    title = _("بحث: %(query)s", query=query) if query else _("بحث")
    return SearchPage(query, CardList(cards), Meta(title, index=False)).render()
