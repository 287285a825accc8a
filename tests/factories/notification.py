"""Rows of what people of the newsroom were told."""

from __future__ import annotations

from typing import Any

from factories.article import NOON, article
from factories.rows import added
from factories.user import user
from khabarayn.store.models import NotificationRow


def notification(**given: Any) -> NotificationRow:
    if "article_id" not in given:
        given["article_id"] = article(status="review").id
    if "person_id" not in given:
        given["person_id"] = user(role="editor").id
    return added(NotificationRow, given, kind="submitted", at=NOON, by_name="سمر")
