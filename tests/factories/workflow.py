"""Rows of notes of review, of who has a story open, and of links that show one."""

from __future__ import annotations

import secrets
from typing import Any

from factories.article import NOON, article
from factories.rows import added, number
from khabarayn.store.models import PresenceRow, PreviewLinkRow, ReviewNoteRow


def review_note(**given: Any) -> ReviewNoteRow:
    if "article_id" not in given:
        given["article_id"] = article(status="review").id
    return added(ReviewNoteRow, given, at=NOON, name="سمر", verb="submit", text="جاهز للمراجعة.")


def presence(**given: Any) -> PresenceRow:
    if "article_id" not in given:
        given["article_id"] = article(status="draft").id
    return added(PresenceRow, given, person_id=next(number), name="سمر", at=NOON)


def preview_link(**given: Any) -> PreviewLinkRow:
    if "article_id" not in given:
        given["article_id"] = article(status="draft").id
    return added(
        PreviewLinkRow,
        given,
        digest=secrets.token_hex(32),
        name="سمر",
        made_at=NOON,
        expires_at=NOON,
    )
