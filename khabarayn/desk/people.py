"""Let people into the newsroom, and shut them out."""

from __future__ import annotations

import re
import secrets

from argon2 import PasswordHasher
from flask_babel import gettext as _
from sqlalchemy import select

from khabarayn.arabic.hygiene import clean_line
from khabarayn.desk.permissions import ROLES
from khabarayn.desk.refused import Refused
from khabarayn.store.db import db, now
from khabarayn.store.models import UserRow

# NIST SP 800-63B-4: length is what counts; 15 where the password stands alone.
SHORTEST = 15
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")
_hasher = PasswordHasher()


def add_user(email: str, name: str, role: str, password: str) -> None:
    """Add a person. Raises `Refused` (address, role or password that will not do)."""
    email = _address(email)
    if role not in ROLES:
        raise Refused("role", _("لا يوجد دور بهذا الاسم: %(role)s", role=role))
    if _find(email) is not None:
        raise Refused("email", _("هذا البريد مسجّل من قبل: %(email)s", email=email))
    db.session.add(
        UserRow(
            email=email,
            name=clean_line(name, 120).text,
            role=role,
            password=_hash(password),
            active=True,
            fs_uniquifier=secrets.token_hex(32),
            created_at=now(),
        )
    )
    db.session.commit()


def reset_user(email: str, password: str) -> None:
    """Give a person a new password, end their sessions and let them in. Raises `Refused`."""
    row = _known(email)
    row.password = _hash(password)
    row.active = True
    row.fs_uniquifier = secrets.token_hex(32)
    db.session.commit()


def disable_user(email: str) -> None:
    """Shut a person out and end their sessions. Raises `Refused`."""
    row = _known(email)
    row.active = False
    row.fs_uniquifier = secrets.token_hex(32)
    db.session.commit()


def _address(email: str) -> str:
    email = email.strip().lower()
    if not _EMAIL.fullmatch(email):
        raise Refused("email", _("هذا ليس عنوان بريد: %(email)s", email=email))
    return email


def _find(email: str) -> UserRow | None:
    return db.session.scalar(select(UserRow).where(UserRow.email == email))


def _known(email: str) -> UserRow:
    row = _find(_address(email))
    if row is None:
        raise Refused("email", _("لا أحد بهذا البريد: %(email)s", email=email))
    return row


def _hash(password: str) -> str:
    if len(password) < SHORTEST:
        raise Refused("password", _("كلمة المرور أقصر من %(count)s حرفًا.", count=SHORTEST))
    return _hasher.hash(password)
