"""Show the breaking-news («عاجل») strip, and take it down."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from khabarayn.desk.by import By
from khabarayn.desk.fields import Fields
from khabarayn.desk.permissions import require
from khabarayn.desk.record import enqueue, log
from khabarayn.desk.refused import Refused
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import ArticleRow, BulletinRow
from khabarayn.store.queries.cards import PUBLISHED

TEXT = 200
LONGEST = timedelta(hours=24)
# The same text sent again within this time is a second click.
SAME = timedelta(minutes=1)


@writing("bulletin")
def announce(text: str, lasts: timedelta, by: By, public_id: str = "") -> None:
    """Show ``text`` above the front page for as long as it ``lasts``, in the place of whatever
    was there; with ``public_id`` it leads to that published story, and no text means its headline.

    Raises `Refused` and `khabarayn.desk.permissions.Forbidden`.
    """
    require(by, "bulletin.announce")
    fields, number, headline = Fields(), None, ""
    with fields.catch():
        number, headline = _story(public_id) if public_id else (None, "")
    required_message = "" if "story" in fields.faults else _("اكتب نص الشريط، أو اختر خبرًا.")
    words = fields.line("text", _("نص الشريط"), text or headline, TEXT, required_message)
    if not timedelta(0) < lasts <= LONGEST:
        fields.wrong("lasts", _("يبقى العاجل يومًا على الأكثر."))
    fields.raise_faults()
    moment = now()
    recent = select(BulletinRow.id).where(
        BulletinRow.text == words,
        BulletinRow.made_at > moment - SAME,
        BulletinRow.expires_at > moment,
    )
    if db.session.scalar(recent) is not None:
        return
    _end(moment)
    db.session.add(
        BulletinRow(text=words, article_id=number, made_at=moment, expires_at=moment + lasts)
    )
    log("announce", by, text=words, story=public_id)
    enqueue("bulletin", text=words, id=public_id)
    commit()


@writing("bulletin")
def end_bulletin(by: By) -> None:
    """Take the strip down now. Raises `khabarayn.desk.permissions.Forbidden`."""
    require(by, "bulletin.announce")
    if _end(now()):
        log("end_bulletin", by)
    commit()


def _end(moment: datetime) -> bool:
    statement = update(BulletinRow).where(BulletinRow.expires_at > moment).values(expires_at=moment)
    return bool(db.session.execute(statement.returning(BulletinRow.id)).all())


def _story(public_id: str) -> tuple[int, str]:
    row = db.session.execute(
        select(ArticleRow.id, ArticleRow.headline, ArticleRow.short_headline)
        .where(ArticleRow.public_id == public_id, PUBLISHED)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise Refused("story", _("لا يوجد خبر منشور بهذا المعرّف: %(id)s", id=public_id))
    return row.id, row.short_headline or row.headline
