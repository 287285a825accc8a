"""Set who may withdraw stories, and who may announce breaking news and when: the chief editor's
settings."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import delete

from khabarayn.desk.by import By
from khabarayn.desk.fields import Fields
from khabarayn.desk.permissions import GRANTABLE, require
from khabarayn.desk.record import log
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import SettingRow
from khabarayn.store.queries.site import Rights, forget_site, rights


@writing("site")
def give_rights(new_rights: Rights, by: By) -> None:
    """Save who may withdraw and who may announce. Raises `AllWrong`, with every fault."""
    require(by, "rights.give")
    fields = Fields()
    for field, role, action in (
        ("withdraw", new_rights.withdraw, "story.withdraw"),
        ("announce", new_rights.announce, "bulletin.announce"),
    ):
        if role not in GRANTABLE[action]:
            fields.wrong(field, _("قيمة غير معروفة: %(value)s", value=role[:40]))
    if new_rights.night is not None:
        if not all(0 <= hour <= 23 for hour in new_rights.night):
            fields.wrong("night", _("الساعة بين 0 و23."))
        elif new_rights.night[0] == new_rights.night[1]:
            fields.wrong("night", _("اختر ساعتين مختلفتين."))
    fields.raise_faults()
    if new_rights != rights():
        log(
            "give_rights",
            by,
            withdraw=new_rights.withdraw,
            announce=new_rights.announce,
            night=new_rights.night,
        )
    hours = " ".join(str(hour) for hour in new_rights.night or ())
    for name, value in (
        ("withdraw_role", new_rights.withdraw),
        ("announce_role", new_rights.announce),
        ("announce_hours", hours),
    ):
        if value:
            db.session.merge(SettingRow(name=name, value=value))
        else:
            db.session.execute(delete(SettingRow).where(SettingRow.name == name))
    commit()
    forget_site()
