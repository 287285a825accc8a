"""Submit a draft for review."""

from __future__ import annotations

from khabarayn.desk.record import By, enqueue, log
from khabarayn.desk.stories.notify import notify_editors
from khabarayn.desk.stories.step import add_note, begin, note_of
from khabarayn.desk.stories.transitions import REVIEW
from khabarayn.store.db import commit, writing


@writing()
def submit(public_id: str, by: By, note: str = "") -> None:
    """Submit a draft for review, perhaps with a ``note`` to the editors.

    Raises `Refused` and `khabarayn.desk.permissions.Forbidden`.
    """
    words = note_of(note)
    row = begin("submit", public_id, by)
    if row is None:
        return
    row.status = REVIEW
    add_note(row, "submit", by, words)
    log("submit", by, row)
    enqueue("submitted", row)
    notify_editors("submitted", row, by, words)
    commit()
