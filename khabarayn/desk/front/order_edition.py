"""Choose an edition's stories by hand, and order it to be printed by the worker."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlalchemy import select, update

from khabarayn.desk.by import By
from khabarayn.desk.front.make_edition import make_edition
from khabarayn.desk.front.press import Press
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.edition.choose import WHOLE
from khabarayn.edition.name import EditionName
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import EditionRow
from khabarayn.store.queries.cards import cards_by_id

# How long a worker holds an order; after it the worker counts as dead and another may take it.
PRINTING = timedelta(minutes=10)
AHEAD = timedelta(days=7)
_log = logging.getLogger(__name__)


@writing("editions")
def plan_edition(name: EditionName, stories: Iterable[str], by: By, tz: ZoneInfo) -> None:
    """Keep an editor's choice for the edition (public ids, the lead first; none: chosen by rule).

    An edition that has not closed yet is printed by the worker when it does; one that has waits
    for `order_edition`. Raises `Refused` and `khabarayn.desk.permissions.Forbidden`.
    """
    public_ids = tuple(dict.fromkeys(stories))
    row = _row(name, by, tz)
    live = cards_by_id(public_ids)
    for public_id in public_ids:
        if public_id not in live:
            raise Refused("stories", _("لا يوجد خبر منشور بهذا المعرّف: %(id)s", id=public_id))
    if len(public_ids) > WHOLE:
        raise Refused("stories", _("في النشرة %(limit)s خبرًا على الأكثر.", limit=WHOLE))
    row.plan = list(public_ids)
    if row.closes_at > now():
        row.ordered_at = row.closes_at if public_ids else None
        row.ordered_by = by.name
    log("plan_edition", by, name=str(name), stories=list(public_ids))
    commit()


@writing("editions")
def order_edition(name: EditionName, by: By, tz: ZoneInfo) -> None:
    """Let the worker print the edition now; one that has appeared gets a new issue.

    Raises `Refused` (its hour has not come) and `khabarayn.desk.permissions.Forbidden`.
    """
    row = _row(name, by, tz)
    moment = now()
    if row.closes_at > moment:
        raise Refused("edition", _("لم يحن موعد هذه النشرة بعد: %(name)s", name=str(name)))
    if row.ordered_at is None:
        row.ordered_at, row.ordered_by = moment, by.name
        log("order_edition", by, name=str(name))
    commit()


def print_orders(press: Press) -> int:
    """Print the editions with an open order, one after another; return how many appeared.

    Several workers may ask at once: each order is taken by one of them. The order of a worker that
    was killed is open again after `PRINTING`, and its run is continued.
    """
    count = 0
    while _standing() and (name := _lease_order()) is not None:
        row = db.session.scalars(select(EditionRow).where(EditionRow.name == name)).one()
        by, again = row.ordered_by, row.text_file != ""
        commit()
        try:
            edition_result = make_edition(EditionName.parse(name), By(by), press, again=again)
            count += edition_result.new
        except Refused as error:
            db.session.rollback()
            _log.warning("edition %s was not printed: %s", name, error.message)
        clear_order = update(EditionRow).where(EditionRow.name == name)
        db.session.execute(clear_order.values(ordered_at=None))
        commit()
    return count


def _standing() -> bool:
    """Say whether an order is open. Asked before anything is written, as there is mostly none."""
    row = db.session.scalar(select(EditionRow.id).where(EditionRow.ordered_at <= now()).limit(1))
    db.session.rollback()
    return row is not None


def _lease_order() -> str | None:
    """Hold the oldest open order for `PRINTING`; return the edition's name, None where there is
    none."""
    moment = now()
    standing = (
        select(EditionRow.id)
        .where(EditionRow.ordered_at <= moment)
        .order_by(EditionRow.ordered_at)
        .limit(1)
    )
    if db.session.connection().dialect.name != "sqlite":
        standing = standing.with_for_update(skip_locked=True)
    name = db.session.scalar(
        update(EditionRow)
        .where(EditionRow.id == standing.scalar_subquery())
        .values(ordered_at=moment + PRINTING)
        .returning(EditionRow.name)
        .execution_options(synchronize_session=False)
    )
    commit()
    return name


def _row(name: EditionName, by: By, tz: ZoneInfo) -> EditionRow:
    require(by, "edition.make")
    closes = name.closes(tz)
    if closes > now() + AHEAD:
        raise Refused("edition", _("هذه النشرة بعيدة. خطّط لأسبوع على الأكثر."))
    row = db.session.scalar(
        select(EditionRow).where(EditionRow.name == str(name)).with_for_update()
    )
    if row is None:
        row = EditionRow(
            name=str(name),
            language=name.language,
            issue=0,
            closes_at=closes,
            made_at=now(),
            plan=[],
        )
        db.session.add(row)
    db.session.flush()
    return row
