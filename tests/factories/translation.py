"""Rows that ask to look at another language's version again."""

from __future__ import annotations

from typing import Any

from factories.article import article
from factories.rows import added
from khabarayn.store.db import now
from khabarayn.store.models import TranslationCheckRow


def translation_check(**given: Any) -> TranslationCheckRow:
    for end in ("article_id", "changed_id"):
        if end not in given:
            given[end] = article().id
    return added(TranslationCheckRow, given, kind="correct", at=now())
