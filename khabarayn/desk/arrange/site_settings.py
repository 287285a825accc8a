"""Set the paper's languages, dates, accounts elsewhere, and whether reads are counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy import delete, select

from khabarayn.arabic.hygiene import clean_line
from khabarayn.desk.by import By
from khabarayn.desk.fields import Fields
from khabarayn.desk.languages import list_stories_again
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.settings import DIGITS, HIJRI, MONTHS
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import SettingRow
from khabarayn.store.queries.site import OFF, forget_site

ACCOUNTS = 12
# Hosts at which each kind of account lives; «» is any host, as Mastodon has thousands.
KINDS = {
    "x": ("x.com", "twitter.com"),
    "facebook": ("facebook.com", "fb.com"),
    "instagram": ("instagram.com",),
    "youtube": ("youtube.com",),
    "telegram": ("t.me", "telegram.me"),
    "whatsapp": ("whatsapp.com", "wa.me"),
    "tiktok": ("tiktok.com",),
    "linkedin": ("linkedin.com",),
    "mastodon": ("",),
}


@dataclass(frozen=True)
class PaperSettings:
    """The fields of the form. Empty ``months``, ``digits`` or ``hijri``: the environment's value.
    ``hijri`` is by how many days the paper differs from Umm al-Qura. ``languages`` are those
    offered beside the first; ``social`` is an address a line."""

    months: str = ""
    digits: str = ""
    hijri: str = ""
    languages: tuple[str, ...] = ()
    social: str = ""
    counting: bool = True


@writing("site")
def set_site(form: PaperSettings, by: By, locales: Iterable[str]) -> None:
    """Save the settings; they hold from the next request on. ``locales`` are the languages that the
    environment names beside the first. Raises `Refused` naming the field."""
    require(by, "site.settings")
    fields = Fields()
    for field, value, choices in (
        ("months", form.months, MONTHS),
        ("digits", form.digits, DIGITS),
        ("hijri", form.hijri, HIJRI),
    ):
        if value and value not in choices:
            fields.wrong(field, _("قيمة غير معروفة: %(value)s", value=value[:40]))
    if strange := [one for one in form.languages if one not in set(locales)]:
        fields.wrong("languages", _("لغة لا يعرفها هذا الموقع: %(value)s", value=strange[0][:10]))
    social = ""
    with fields.catch():
        social = accounts_of(form.social)
    fields.raise_faults()
    values = {
        "months": form.months,
        "digits": form.digits,
        "hijri": form.hijri,
        "languages": " ".join(dict.fromkeys(form.languages)) or "-",
        "social": social,
        "counting": "" if form.counting else OFF,
    }
    before = {row.name: row.value for row in db.session.scalars(select(SettingRow))}
    changes = [field for field, value in values.items() if before.get(field, "") != value]
    for field in changes:
        if values[field]:
            db.session.merge(SettingRow(name=field, value=values[field]))
        else:
            db.session.execute(delete(SettingRow).where(SettingRow.name == field))
    if changes:
        log("set_site", by, changed=changes)
    forget_site()
    if "languages" in changes:
        list_stories_again()
    commit()
    forget_site()


def accounts_of(text: str) -> str:
    """Return the accounts as they are stored («x https://x.com/name», one a line).

    >>> print(accounts_of("https://x.com/khabarayn"))
    x https://x.com/khabarayn
    """
    lines = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(lines) > ACCOUNTS:
        raise Refused("social", _("الحسابات أكثر من %(limit)s.", limit=ACCOUNTS))
    accounts: list[str] = []
    for line in lines:
        kind = _kind(line)
        if not kind:
            raise Refused(
                "social", _("ليس هذا رابط حساب نعرفه: %(line)s", line=clean_line(line, 80).text)
            )
        accounts.append(f"{kind} {line}")
    return "\n".join(accounts)


def _kind(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme != "https" or not parts.path.strip("/") or len(address) > 150:
        return ""
    if parts.username is not None or not address.isascii() or any(c in address for c in " <>\"'"):
        return ""
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    kinds = (kind for kind, hosts in KINDS.items() if host in hosts)
    return next(kinds, "mastodon" if parts.path.startswith("/@") and "." in host else "")
