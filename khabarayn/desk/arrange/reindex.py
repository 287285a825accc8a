"""After a tag or a section has changed: make search know its stories by their new labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from khabarayn.desk.record import tell
from khabarayn.jobs.outbox import worker_is_alive
from khabarayn.search.index import index
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow
from khabarayn.store.queries.cards import PUBLISHED

RELABEL = "relabel"
BATCH = 100


def relabel(article_ids: Sequence[int]) -> None:
    """Have the published ones among these stories indexed anew: by the worker where there is one,
    else now. Within the caller's transaction."""
    for start in range(0, len(article_ids), BATCH):
        stories = list(article_ids[start : start + BATCH])
        if worker_is_alive():
            tell(RELABEL, stories=stories)
        else:
            index_again({"stories": stories})


def index_again(payload: Mapping[str, Any]) -> None:
    """Index the stories that ``payload`` names; the caller commits. Doing it twice is harmless."""
    rows = db.session.scalars(
        select(ArticleRow).where(ArticleRow.id.in_(payload.get("stories", ())), PUBLISHED)
    )
    for row in rows.all():
        index(row)
