"""The published stories by id alone, for work over the whole archive."""

from __future__ import annotations

from sqlalchemy import select

from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow


def published_ids() -> list[str]:
    """Return the public ids of all published stories, the oldest row first."""
    return list(
        db.session.scalars(
            select(ArticleRow.public_id)
            .where(ArticleRow.status == "published")
            .order_by(ArticleRow.id)
        )
    )
