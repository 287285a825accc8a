"""Take a story back: it leaves every list at once, and its address says why."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, select

from khabarayn.arabic.hygiene import clean_line
from khabarayn.arabic.normalise import fold
from khabarayn.article.blocks import from_json
from khabarayn.article.plain import text_of
from khabarayn.desk.record import By, log, tell
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.links import connect
from khabarayn.desk.stories.step import begin
from khabarayn.related.index import forget
from khabarayn.search.index import remove
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import ArticleRow, BulletinRow, FrontRow, LinkRow, ListingRow


@writing()
def withdraw(public_id: str, by: By, reason: str, at: datetime | None = None) -> None:
    """Withdraw the story with a ``reason`` that readers will see. Raises `Refused`."""
    reason = clean_line(reason, 500).text
    row = begin("withdraw", public_id, by)
    if row is None:
        return
    if not reason:
        raise Refused("reason", _("لا يُسحب خبر بلا سبب مكتوب."))
    pointing = list(
        db.session.scalars(
            select(ArticleRow)
            .join(LinkRow, LinkRow.article_id == ArticleRow.id)
            .where(LinkRow.target_id == row.id)
            .distinct()
            .limit(200)
        )
    )
    row.status = "withdrawn"
    row.folded_body = fold(text_of(from_json(row.body)))
    row.withdrawn_at = at or now()
    row.withdrawn_reason = reason
    row.rev += 1
    for table in (ListingRow, FrontRow, LinkRow, BulletinRow):
        db.session.execute(delete(table).where(table.article_id == row.id))
    db.session.execute(delete(LinkRow).where(LinkRow.target_id == row.id))
    remove(row)
    forget(row)
    db.session.flush()
    for story in pointing:
        connect(story)
    log("withdraw", by, row, reason=reason)
    tell("withdrawn", row, reason=reason)
    commit()
