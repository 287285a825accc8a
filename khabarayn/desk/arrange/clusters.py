"""Name a running story, close it, and remove a report from it."""

from __future__ import annotations

from flask_babel import gettext as _

from khabarayn.arabic.hygiene import clean_line
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log, story_row
from khabarayn.desk.refused import Refused
from khabarayn.messages.amounts import characters
from khabarayn.related.clusters import refresh_cluster
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import ClusterRow, LikenessRow

NAME = 120


@writing()
def name_cluster(number: int, by: By, name: str) -> None:
    """Set the name of a running story; it is not changed automatically from then on. Raises
    `Refused`."""
    require(by, "arrange.clusters")
    text, too_long = clean_line(name, NAME)
    if not text or too_long:
        raise Refused("name", _("اسم الملف بين حرف و%(limit)s.", limit=characters(NAME)))
    cluster = _cluster(number)
    cluster.name, cluster.named = text, True
    log("name_cluster", by, cluster=number, name=text)
    commit()


@writing()
def close_cluster(number: int, by: By) -> None:
    """Close a running story: it is shown nowhere and gets no more reports. Raises `Refused`."""
    require(by, "arrange.clusters")
    _cluster(number).closed = True
    log("close_cluster", by, cluster=number)
    commit()


@writing()
def take_out(public_id: str, by: By) -> None:
    """Remove one report from its running story. Raises `Refused`."""
    require(by, "arrange.clusters")
    row = story_row(public_id)
    likeness = db.session.get(LikenessRow, row.id)
    if likeness is None or likeness.cluster_id is None:
        raise Refused("cluster", _("هذا الخبر ليس في ملف."))
    number, likeness.cluster_id = likeness.cluster_id, None
    db.session.flush()
    refresh_cluster(number)
    log("take_out", by, row, cluster=number)
    commit()


def _cluster(number: int) -> ClusterRow:
    row = db.session.get(ClusterRow, number)
    if row is None:
        raise Refused("cluster", _("لا يوجد ملف بهذا المعرّف: %(number)s", number=number))
    return row
