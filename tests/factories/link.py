"""Rows that lead from one story to another."""

from __future__ import annotations

from typing import Any

from factories.article import article
from factories.rows import added
from khabarayn.store.models import LinkRow


def link(**given: Any) -> LinkRow:
    for end in ("article_id", "target_id"):
        if end not in given:
            given[end] = article().id
    return added(LinkRow, given, kind="rel", position=1)
