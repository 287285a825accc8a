"""Index stories anew after one of their tags or their section has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from khabarayn.desk.record import enqueue
from khabarayn.desk.stories.enter import index_again
from khabarayn.jobs.outbox import close, worker_is_alive
from khabarayn.search.index import index
from khabarayn.store.db import commit, db, writing
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
            enqueue(RELABEL, stories=stories)
        else:
            query = select(ArticleRow).where(ArticleRow.id.in_(stories), PUBLISHED)
            for row in db.session.scalars(query).all():
                index(row)


def relabel_left(number: int, payload: Mapping[str, Any]) -> None:
    """Index the stories that the outbox's row ``number`` names, a few at a time, and close it.
    Doing it twice is harmless."""
    index_again([int(story) for story in payload.get("stories", ())])
    with writing():
        close([number])
        commit()
