"""What every step of a story begins with: its row, the permission, and whether its state allows the
step."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from khabarayn.desk.by import By
from khabarayn.desk.fields import Fields
from khabarayn.desk.permissions import require
from khabarayn.desk.record import standing_of, story_row
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.transitions import STEPS, may_take, state_name
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, LogRow, ReviewNoteRow

NOTE = 2000


class OutOfTurn(Refused):
    """The story is not in a state in which this can be done; perhaps somebody was quicker."""


def begin(verb: str, public_id: str, by: By) -> ArticleRow | None:
    """Return the story's row, locked, to take the step ``verb`` with it.

    None when the same person has just taken it: a second click is no second step. Raises
    `UnknownStory`, `khabarayn.desk.permissions.Forbidden` and `OutOfTurn`.
    """
    row = story_row(public_id)
    step = STEPS[verb]
    if may_take(verb, row.status, by_system=by.is_system):
        require(by, step.action, standing_of(row))
        return row
    if row.status == step.target and _said_last(verb, row, by):
        return None
    raise OutOfTurn(
        "status",
        _("لا يمكن ذلك الآن: حالة الخبر «%(state)s».", state=LazyString(state_name, row.status)),
    )


def note_of(text: str) -> str:
    """Return the words of a note, clean. Raises `Refused` when they are too many."""
    fields = Fields()
    words = fields.text("note", _("الملاحظة"), text, NOTE)
    fields.raise_faults()
    return words


def add_note(row: ArticleRow, verb: str, by: By, words: str) -> None:
    """Store a note with the step that it was written for; empty text stores nothing."""
    if words:
        db.session.add(
            ReviewNoteRow(article_id=row.id, at=now(), name=by.name, verb=verb, text=words)
        )


def _said_last(verb: str, row: ArticleRow, by: By) -> bool:
    entry = db.session.execute(
        select(LogRow.verb, LogRow.who, LogRow.person_id)
        .where(LogRow.article_id == row.id)
        .order_by(LogRow.id.desc())
        .limit(1)
    ).one_or_none()
    if entry is None or entry.verb != verb:
        return False
    # Compared by id: two people may have the same name.
    return entry.who == by.name if by.is_system else entry.person_id == by.id
