"""Add a dated correction to a published story."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from khabarayn.desk.fields import Fields
from khabarayn.desk.record import By, enqueue, log
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.step import begin
from khabarayn.desk.stories.translations import ask_versions
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import CorrectionRow

LONGEST = 2000


@writing()
def correct(public_id: str, by: By, text: str, at: datetime | None = None) -> None:
    """Add the correction ``text`` to the story; the same words are not added twice.

    Raises `Refused` when the story is not published or the text is empty.
    """
    row = begin("correct", public_id, by)
    # Never None: the step leaves the story in the state in which it may be taken.
    assert row is not None
    if row.page:
        raise Refused("status", _("الصفحة تُعدّل ولا يُلحق بها تصحيح."))
    fields = Fields()
    text = fields.text("reason", _("نص التصحيح"), text, LONGEST, _("نص التصحيح فارغ."))
    fields.raise_faults()
    query = select(CorrectionRow.id).where(
        CorrectionRow.article_id == row.id, CorrectionRow.text == text
    )
    if db.session.scalar(query) is not None:
        return
    moment = at or now()
    db.session.add(CorrectionRow(article_id=row.id, at=moment, text=text))
    row.corrected = True
    row.updated_at = max(row.updated_at or moment, moment)
    row.rev += 1
    ask_versions("correct", row, by)
    log("correct", by, row, rev=row.rev)
    enqueue("corrected", row, rev=row.rev)
    commit()
