"""Public ids of stories without the stories, for work over the whole archive."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow
from khabarayn.store.queries.cards import PUBLISHED


def published_ids() -> list[str]:
    """Return the public ids of all published stories, the oldest row first."""
    return list(
        db.session.scalars(select(ArticleRow.public_id).where(PUBLISHED).order_by(ArticleRow.id))
    )


def ids_of(numbers: Iterable[int]) -> list[str]:
    """Return the public ids of stories by row id, in the order asked."""
    row_ids = list(numbers)
    rows = db.session.execute(
        select(ArticleRow.id, ArticleRow.public_id).where(ArticleRow.id.in_(row_ids))
    )
    by_number = {row.id: row.public_id for row in rows}
    return [by_number[number] for number in row_ids if number in by_number]
