"""Rows of unsaved texts."""

from __future__ import annotations

from typing import Any

from factories.article import NOON
from factories.rows import added
from factories.user import user
from khabarayn.article.form import StoryForm
from khabarayn.article.identity import new_public_id
from khabarayn.store.models import DraftRow


def draft(**given: Any) -> DraftRow:
    if "person_id" not in given:
        given["person_id"] = user().id
    return added(
        DraftRow,
        given,
        story=new_public_id(),
        changed_at=NOON,
        form=StoryForm(headline="خبر لم يُحفظ بعد"),
    )
