"""Make a withdrawn story a draft again."""

from __future__ import annotations

from khabarayn.desk.record import By, log
from khabarayn.desk.stories.step import add_note, begin, note_of
from khabarayn.desk.stories.transitions import DRAFT
from khabarayn.store.db import commit, writing


@writing()
def reopen(public_id: str, by: By, note: str = "") -> None:
    """Make a withdrawn story a draft again. Its address answers 410 with the reason until it is
    published anew.

    Raises `Refused` and `khabarayn.desk.permissions.Forbidden`.
    """
    words = note_of(note)
    row = begin("reopen", public_id, by)
    if row is None:
        return
    row.status = DRAFT
    add_note(row, "reopen", by, words)
    log("reopen", by, row)
    commit()
