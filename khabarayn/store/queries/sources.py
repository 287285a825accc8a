"""The agencies and partners that stories come from."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from khabarayn.article.story import Source
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, SourceRow


@dataclass(frozen=True)
class SourceUse:
    """A source with its row's ``number`` and how many stories came from it."""

    number: int
    source: Source
    stories: int


def source_uses() -> tuple[SourceUse, ...]:
    """Return the sources, by name, each with the number of its stories."""
    rows = db.session.execute(
        select(
            SourceRow.id,
            SourceRow.name,
            SourceRow.url,
            SourceRow.licence,
            func.count(ArticleRow.id).label("stories"),
        )
        .outerjoin(ArticleRow, ArticleRow.source_id == SourceRow.id)
        .group_by(SourceRow.id, SourceRow.name, SourceRow.url, SourceRow.licence)
        .order_by(SourceRow.name)
    )
    return tuple(
        SourceUse(row.id, Source(row.name, row.url, row.licence), row.stories) for row in rows
    )
