"""Set the time at which a story is published by the worker, and remove it."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _

from khabarayn.desk.by import By
from khabarayn.desk.record import enqueue, log, newest_content
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.alt_text import require_described
from khabarayn.desk.stories.standing import require_filled, require_page_language
from khabarayn.desk.stories.step import add_note, begin, note_of
from khabarayn.desk.stories.transitions import REVIEW, SCHEDULED
from khabarayn.store.db import commit, now, writing

FARTHEST = timedelta(days=366)


@writing()
def schedule(public_id: str, by: By, at: datetime, note: str = "") -> None:
    """Let the newest revision be published at the moment ``at`` (aware), by the worker.

    What is revised until then goes out as revised. A scheduled story may be given another hour.
    Raises `Refused` (a moment that has passed or is more than a year off) and
    `khabarayn.desk.permissions.Forbidden`.
    """
    words = note_of(note)
    row = begin("schedule", public_id, by)
    # Never None: the state that the step leaves is one in which it may be taken.
    assert row is not None
    if row.status == SCHEDULED and row.publish_at == at:
        return
    moment = now()
    if at <= moment:
        raise Refused("at", _("هذا الموعد مضى. اختر موعدًا قادمًا، أو انشر الآن."))
    if at > moment + FARTHEST:
        raise Refused("at", _("الموعد أبعد من سنة."))
    _number, content = newest_content(row)
    if not by.is_system:
        # The worker, who will publish it, asks nobody.
        require_described(content)
    if row.page:
        require_filled(content)
        require_page_language(row.page, content)
    row.status = SCHEDULED
    row.publish_at = at
    add_note(row, "schedule", by, words)
    log("schedule", by, row, at=at.isoformat())
    enqueue("scheduled", row)
    commit()


@writing()
def unschedule(public_id: str, by: By, note: str = "") -> None:
    """Remove a story's time of publication; it is in review again.

    Raises `Refused` and `khabarayn.desk.permissions.Forbidden`.
    """
    words = note_of(note)
    row = begin("unschedule", public_id, by)
    if row is None:
        return
    row.status = REVIEW
    row.publish_at = None
    add_note(row, "unschedule", by, words)
    log("unschedule", by, row)
    enqueue("unscheduled", row)
    commit()
