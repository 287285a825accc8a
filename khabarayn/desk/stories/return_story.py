"""Return a story from review to its writer."""

from __future__ import annotations

from flask_babel import gettext as _

from khabarayn.desk.by import By
from khabarayn.desk.record import enqueue, log
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.notify import notify_owner
from khabarayn.desk.stories.step import add_note, begin, note_of
from khabarayn.desk.stories.transitions import DRAFT
from khabarayn.store.db import commit, writing


@writing()
def return_story(public_id: str, by: By, note: str = "") -> None:
    """Return a story from review as a draft; the ``note`` says what is to be changed; it may be
    empty for one's own story. Raises `Refused` and `khabarayn.desk.permissions.Forbidden`.
    """
    words = note_of(note)
    row = begin("return", public_id, by)
    if row is None:
        return
    own = not by.is_system and row.owner_id == by.id
    if not words and not own:
        raise Refused("note", _("اكتب لصاحب الخبر ما المطلوب منه."))
    row.status = DRAFT
    row.publish_at = None
    add_note(row, "return", by, words)
    log("return", by, row)
    enqueue("returned", row)
    notify_owner("returned", row, by, words)
    commit()
