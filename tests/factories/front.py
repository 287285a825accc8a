"""Rows of the front page: placed stories, bulletins, and sums of readings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from factories.article import article
from factories.rows import added
from khabarayn.store.db import now
from khabarayn.store.models import BulletinRow, FrontRow, ReadsRow


def placed(**given: Any) -> FrontRow:
    if "article_id" not in given:
        given["article_id"] = article().id
    return added(FrontRow, given, language="ar", place=0)


def bulletin(**given: Any) -> BulletinRow:
    moment = now()
    return added(
        BulletinRow,
        given,
        text="خبر عاجل في سطر واحد",
        made_at=moment,
        expires_at=moment + timedelta(hours=1),
    )


def reads(**given: Any) -> ReadsRow:
    if "article_id" not in given:
        given["article_id"] = article().id
    return added(ReadsRow, given, day=now().date(), count=1)
