"""Place stories on the front page, in order and until a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, select

from khabarayn.article.compose import SECONDS
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log, tell
from khabarayn.desk.refused import Refused
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import ArticleRow, FrontRow
from khabarayn.store.queries.cards import PUBLISHED
from khabarayn.store.queries.front import front_state

PLACES = SECONDS + 1


@dataclass(frozen=True)
class FrontPlace:
    """A story and the moment until which it keeps its place; None: until somebody moves it."""

    id: str
    until: datetime | None = None


class FrontChanged(Refused):
    """Somebody else has published the front page since this composition was begun."""


@writing("front")
def compose_front(places: Mapping[int, FrontPlace], by: By, seen: str = "") -> None:
    """Make ``places`` (0 the lead, then the seconds) the editors' front page; what is not in it
    is filled by the automatic order.

    ``seen`` is the `front_state` that the choice was made on; empty: whatever is there. Raises
    `Refused`, `FrontChanged` and `khabarayn.desk.permissions.Forbidden`.
    """
    require(by, "front.compose")
    moment = now()
    standing = {
        number: placed
        for number, placed in places.items()
        if placed.until is None or placed.until > moment
    }
    wanted = [placed.id for placed in standing.values()]
    if len(wanted) != len(set(wanted)):
        raise Refused("front", _("وُضع خبر في مكانين."))
    if any(not 0 <= number < PLACES for number in standing):
        raise Refused("front", _("ليس في الصفحة الأولى هذا المكان."))
    ids: dict[str, int] = {
        row.public_id: row.id
        for row in db.session.execute(
            select(ArticleRow.public_id, ArticleRow.id)
            .where(ArticleRow.public_id.in_(wanted), PUBLISHED)
            .with_for_update()
        )
    }
    for public_id in wanted:
        if public_id not in ids:
            raise Refused("front", _("لا يوجد خبر منشور بهذا المعرّف: %(id)s", id=public_id))
    if seen and seen != front_state():
        raise FrontChanged("front", _("رتّب زميل الصفحة الأولى بعد أن فتحتها. هذا ما عليها الآن."))
    db.session.execute(delete(FrontRow))
    for number, placed in standing.items():
        db.session.add(FrontRow(place=number, article_id=ids[placed.id], expires_at=placed.until))
    log("front", by, places={str(number): placed.id for number, placed in standing.items()})
    tell("front", stories=wanted)
    commit()
