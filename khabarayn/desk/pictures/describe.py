"""Set a picture's alternative text, caption and credit, or mark it as decorative."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select, update

from khabarayn.desk.by import By
from khabarayn.desk.fields import Fields
from khabarayn.desk.permissions import require
from khabarayn.desk.pictures.upload import ALT, CAPTION, CREDIT, found_by
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import ArticleRow, MediaRow

REASON = 200


class UnknownPicture(Refused):
    """There is no picture with this public id."""


def picture_row(public_id: str) -> MediaRow:
    """Return the picture's row, locked; asked within `store.db.writing`. Raises
    `UnknownPicture`."""
    row = db.session.scalar(
        select(MediaRow).where(MediaRow.public_id == public_id).with_for_update()
    )
    if row is None:
        raise UnknownPicture("picture", _("لا صورة بهذا المعرّف: %(id)s", id=public_id))
    return row


@writing()
def describe(
    public_id: str,
    by: By,
    *,
    alt: str = "",
    decorative: str = "",
    caption: str = "",
    credit: str = "",
) -> None:
    """Save the picture's texts; stories that used the former ones unchanged get the new ones.

    ``decorative`` is the reason why it needs no ``alt``. Raises `Refused`.
    """
    require(by, "picture.edit")
    fields = Fields()
    texts = {
        "alt": fields.line("alt", _("النص البديل"), alt, ALT),
        "caption": fields.line("caption", _("التعليق"), caption, CAPTION),
        "credit": fields.line("credit", _("المصوّر أو الوكالة"), credit, CREDIT),
    }
    reason = fields.line("decorative", _("السبب"), decorative, REASON)
    if texts["alt"] and reason:
        fields.wrong("alt", _("إما نص بديل وإما صورة زخرفية: امسح أحدهما."))
    fields.raise_faults()
    row = picture_row(public_id)
    for name, text in texts.items():
        column = getattr(ArticleRow, f"lead_{name}")
        db.session.execute(
            update(ArticleRow)
            .where(ArticleRow.lead_id == row.id, column.in_(("", getattr(row, name))))
            .values({column: text})
        )
        setattr(row, name, text)
    row.decorative = reason
    row.words = found_by(row)
    log("describe_picture", by, picture=public_id)
    commit()
