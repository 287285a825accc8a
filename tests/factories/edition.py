"""Rows of editions, and of the stories in them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from factories.article import NOON, article
from factories.rows import added, number
from khabarayn.store.models import EditionRow, EditionStoryRow


def edition(**given: Any) -> EditionRow:
    """A finished edition of a day of its own; its files are only named."""
    name = f"{date(2026, 3, 1) + timedelta(days=next(number))}-am"
    return added(
        EditionRow,
        given,
        name=name,
        issue=1,
        closes_at=NOON,
        made_at=NOON,
        text_file=f"editions/{name}.0000.khb",
        text_size=200_000,
    )


def edition_story(**given: Any) -> EditionStoryRow:
    if "edition_id" not in given:
        given["edition_id"] = edition().id
    if "article_id" not in given:
        given["article_id"] = article().id
    return added(EditionStoryRow, given, position=0, role="lead")
