"""Add one reading to a story's sum of the day."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, ReadsRow


def count_read(public_id: str) -> None:
    """Count one reading of a published story; anything else is not counted."""
    found = db.session.scalar(
        select(ArticleRow.id).where(
            ArticleRow.public_id == public_id, ArticleRow.status == "published"
        )
    )
    if found is None:
        return
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    entry = dialect.insert(ReadsRow).values(day=now().date(), article_id=found, count=1)
    db.session.execute(
        entry.on_conflict_do_update(
            index_elements=[ReadsRow.day, ReadsRow.article_id],
            set_={"count": ReadsRow.count + 1},
        )
    )
    db.session.commit()
