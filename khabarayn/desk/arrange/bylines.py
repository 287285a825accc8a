"""Keep what the paper says of the people who sign, and of the agencies that stories come from."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select

from khabarayn.arabic.hygiene import clean_line, clean_text
from khabarayn.arabic.slug import slug as slug_of
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.pictures.describe import picture_row
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import AuthorRow, SourceRow

NAME, ROLE, BIO, LICENCE, ADDRESS, FORMER = 120, 120, 1000, 120, 500, 1000


@writing("authors")
def add_author(by: By, *, name: str, role: str = "", bio: str = "", portrait: str = "") -> str:
    """Add somebody who signs, and return their slug. Raises `Refused`."""
    require(by, "arrange.authors")
    named = _line("name", _("الاسم"), name, NAME)
    slug = slug_of(named)
    if not slug:
        raise Refused("name", _("لا بدّ من اسم."))
    if db.session.scalar(select(AuthorRow.id).where(AuthorRow.slug == slug)) is not None:
        raise Refused("name", _("في القائمة كاتب بهذا الاسم: «%(name)s»", name=named))
    row = AuthorRow(slug=slug, name=named)
    _describe(row, role, bio, portrait)
    db.session.add(row)
    log("add_author", by, author=slug)
    commit()
    return slug


@writing()
def change_author(
    slug: str, by: By, *, name: str, role: str = "", bio: str = "", portrait: str = ""
) -> None:
    """Keep what is said of an author; their address stays. ``portrait`` is the public id of a
    picture, or empty for none. Raises `Refused`."""
    require(by, "arrange.authors")
    row = db.session.scalar(select(AuthorRow).where(AuthorRow.slug == slug).with_for_update())
    if row is None:
        raise Refused("author", _("لا كاتب بهذا الرابط: %(slug)s", slug=slug[:80]))
    named = _line("name", _("الاسم"), name, NAME)
    if not named:
        raise Refused("name", _("لا بدّ من اسم."))
    row.name = named
    _describe(row, role, bio, portrait)
    log("change_author", by, author=slug)
    commit()


@writing("sources")
def keep_source(
    by: By, *, name: str, url: str = "", licence: str = "", number: int | None = None
) -> int:
    """Keep a source, a new one when ``number`` is None, and return its number.

    Stories that name it as it was called before go on meaning it. Raises `Refused`.
    """
    require(by, "arrange.sources")
    named = _line("name", _("الاسم"), name, NAME)
    if not named or "|" in named:
        raise Refused("name", _("لا بدّ من اسم، بلا العلامة |."))
    address = _line("url", _("العنوان"), url, ADDRESS)
    if address and not address.startswith(("https://", "http://")):
        raise Refused("url", _("رابط الموقع يبدأ بـ https://"))
    same = db.session.scalar(select(SourceRow.id).where(SourceRow.name == named))
    if same is not None and same != number:
        raise Refused("name", _("في القائمة مصدر بهذا الاسم: «%(name)s»", name=named))
    row = SourceRow(name=named) if number is None else db.session.get(SourceRow, number)
    if row is None:
        raise Refused("source", _("لا مصدر بهذا المعرّف."))
    if row.name != named:
        names = [old for old in (row.former or "").split("|") if old and old != named]
        row.former = f"|{'|'.join([*names, row.name])}|"[-FORMER:]
        row.name = named
    row.url, row.licence = address, _line("licence", _("الترخيص"), licence, LICENCE)
    db.session.add(row)
    log("keep_source", by, source=named)
    commit()
    return row.id


def _describe(row: AuthorRow, role: str, bio: str, portrait: str) -> None:
    row.role = _line("role", _("الصفة"), role, ROLE)
    row.bio, cut = clean_text(bio, BIO)
    if cut:
        raise Refused("bio", _("النبذة أطول من %(limit)s حرف.", limit=BIO))
    with db.session.no_autoflush:
        row.portrait_id = picture_row(portrait).id if portrait else None


def _line(field: str, name: str, value: str, limit: int) -> str:
    text, cut = clean_line(value, limit)
    if cut:
        raise Refused(field, _("%(name)s أطول من %(limit)s حرف.", name=name, limit=limit))
    return text
