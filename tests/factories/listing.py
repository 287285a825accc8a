"""Rows that put a story into a list."""

from __future__ import annotations

from typing import Any

from factories.article import NOON, article
from factories.rows import added
from khabarayn.store.models import ListingRow
from khabarayn.store.queries.cards import LATEST


def listing(**given: Any) -> ListingRow:
    if "article_id" not in given:
        given["article_id"] = article().id
    return added(ListingRow, given, list=LATEST, language="ar", at=NOON)
