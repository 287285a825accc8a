"""Store a person's unsaved text of a story, and delete it on request; readers never see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from khabarayn.article.form import StoryForm
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import standing_of
from khabarayn.desk.refused import Refused
from khabarayn.store.db import claim, commit, db, now, writing
from khabarayn.store.models import ArticleRow, DraftRow, RevisionRow

LONGEST = 1_200_000


class AutosaveConflict(Refused):
    """Another window of the same person has saved its text since."""


@dataclass(frozen=True)
class Receipt:
    """``newest`` is the number of the story's newest revision, whoever made it."""

    version: int
    at: datetime
    newest: int


@writing()
def autosave_form(story: str, by: By, form: StoryForm, base: int, version: int) -> Receipt:
    """Store ``form`` as this person's unsaved text of ``story``; commits.

    ``version`` is the one that the window last knew of, 0 when it knew of none. Raises `Refused`:
    `Forbidden`, or `AutosaveConflict` when the kept text is another than the window believes.
    """
    _allow(story, by)
    if sum(len(value) for value in form.to_json().values() if isinstance(value, str)) > LONGEST:
        raise Refused("body", _("النص أطول مما يُقبل."))
    # The first words of a story have no row yet to lock.
    claim(f"draft {story} {by.own_id}")
    row = _row(story, by)
    if row is None:
        row = DraftRow(story=story, person_id=by.own_id, version=version)
        db.session.add(row)
    elif row.version != version:
        raise AutosaveConflict("version", _("هذا الخبر مفتوح في نافذة أخرى، وفيها نص أحدث."))
    row.version, row.base, row.form, row.changed_at = version + 1, base, form, now()
    receipt = Receipt(row.version, row.changed_at, newest_number(story))
    commit()
    return receipt


@writing()
def forget(story: str, by: By) -> None:
    """Delete this person's unsaved text of ``story``; commits."""
    discard(story, by)
    commit()


def discard(story: str, by: By) -> None:
    """Delete it within the caller's transaction."""
    db.session.execute(
        delete(DraftRow).where(DraftRow.story == story, DraftRow.person_id == by.own_id)
    )


def newest_number(story: str) -> int:
    """Return the number of the story's newest revision, 0 when there is none."""
    row = db.session.scalar(
        select(func.max(RevisionRow.number))
        .join(ArticleRow, ArticleRow.id == RevisionRow.article_id)
        .where(ArticleRow.public_id == story)
    )
    return row or 0


def _row(story: str, by: By) -> DraftRow | None:
    return db.session.scalar(
        select(DraftRow).where(DraftRow.story == story, DraftRow.person_id == by.own_id)
    )


def _allow(story: str, by: By) -> None:
    row = db.session.scalar(select(ArticleRow).where(ArticleRow.public_id == story))
    if row is None:
        require(by, "story.write")
    else:
        require(by, "story.edit", standing_of(row))
