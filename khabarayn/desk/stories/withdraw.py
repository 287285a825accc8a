"""Withdraw a published story: it leaves every list at once, and its address says why."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError

from khabarayn.arabic.hygiene import clean_line
from khabarayn.arabic.normalise import fold
from khabarayn.article.identity import PATTERN
from khabarayn.article.plain import text_of
from khabarayn.desk.fields import Fields
from khabarayn.desk.languages import note_languages
from khabarayn.desk.record import By, enqueue, log
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.enter import RECONNECT, reconnect_neighbours
from khabarayn.desk.stories.standing import save_page_links
from khabarayn.desk.stories.step import begin
from khabarayn.desk.stories.translations import ask_versions
from khabarayn.desk.stories.write_if_unchanged import LinksUnsettled
from khabarayn.jobs.outbox import worker_is_alive
from khabarayn.related.index import forget
from khabarayn.search.index import remove
from khabarayn.store.db import commit, db, now, within_writing, writing
from khabarayn.store.models import ArticleRow, BulletinRow, FrontRow, LinkRow, ListingRow
from khabarayn.store.queries.cards import PUBLISHED
from khabarayn.store.queries.story import SUCCESSOR

_ID_IN_ADDRESS = re.compile(rf"(?:^|/)({PATTERN.pattern})(?=$|[/?#])")

# The links of so many stories that led to it are computed anew; the others only lose theirs.
LINKING_STORIES = 200
REASON = 500


def withdraw(
    public_id: str, by: By, reason: str, successor: str = "", at: datetime | None = None
) -> None:
    """Withdraw the story with a ``reason`` that readers will see. Raises `Refused`.

    ``successor`` names the published story that stands in its place from now on: its address or
    its id.
    What led to it leads elsewhere when this returns; where it is part of a greater transaction, or
    a worker is there, a little later.
    """
    alone = not within_writing()
    word = _withdraw(public_id, by, reason, successor, at)
    if word is not None and alone and not worker_is_alive():
        try:
            reconnect_neighbours(*word)
        except (SQLAlchemyError, LinksUnsettled):
            db.session.rollback()


@writing()
def _withdraw(
    public_id: str, by: By, reason: str, successor: str, at: datetime | None
) -> tuple[int, dict[str, Any]] | None:
    row = begin("withdraw", public_id, by)
    if row is None:
        return None
    fields = Fields()
    reason = fields.line("reason", _("السبب"), reason, REASON, _("لا يُسحب خبر بلا سبب مكتوب."))
    replacing = None
    with fields.catch():
        replacing = _successor(successor, row)
    fields.raise_faults()
    pointing = list(
        db.session.scalars(
            select(ArticleRow.public_id)
            .join(LinkRow, LinkRow.article_id == ArticleRow.id)
            .where(LinkRow.target_id == row.id, PUBLISHED)
            .distinct()
            .limit(LINKING_STORIES)
        )
    )
    row.status = "withdrawn"
    row.folded_body = fold(text_of(row.body))
    row.withdrawn_at = at or now()
    row.withdrawn_reason = reason
    row.rev += 1
    for table in (ListingRow, FrontRow, LinkRow, BulletinRow):
        db.session.execute(delete(table).where(table.article_id == row.id))
    note_languages()
    db.session.execute(delete(LinkRow).where(LinkRow.target_id == row.id))
    if replacing is not None:
        db.session.add(
            LinkRow(article_id=row.id, kind=SUCCESSOR, position=1, target_id=replacing, after=-1)
        )
    remove(row)
    forget(row)
    ask_versions("withdraw", row, by)
    log("withdraw", by, row, reason=reason)
    if row.page:
        save_page_links()
        commit()
        return None
    word = enqueue(RECONNECT, neighbours=pointing) if pointing else None
    enqueue("withdrawn", row, reason=reason)
    db.session.flush()
    outbox_entry = (word.id, dict(word.payload)) if word else None
    commit()
    return outbox_entry


def _successor(address: str, row: ArticleRow) -> int | None:
    """Return the row id of the published story that ``address`` names, None where it names none."""
    address = clean_line(address, 500).text
    if not address:
        return None
    names = _ID_IN_ADDRESS.findall(address)
    number = db.session.scalar(
        select(ArticleRow.id).where(ArticleRow.public_id.in_(names), PUBLISHED)
    )
    if number is None:
        raise Refused("successor", _("لا خبر منشورًا بهذا الرابط."))
    if number == row.id:
        raise Refused("successor", _("هذا هو الخبر الذي تسحبه."))
    return number
