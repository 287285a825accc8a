"""Add, change and disable accounts; invitations and links to a new password."""

from __future__ import annotations

import re
import secrets
from typing import Any, cast

from flask_babel import gettext as _
from flask_security import SQLAlchemyUserDatastore
from sqlalchemy import func, select

from khabarayn.arabic.hygiene import clean_line
from khabarayn.desk.by import By
from khabarayn.desk.fields import Fields
from khabarayn.desk.people.passwords import fits, hash_password
from khabarayn.desk.people.sessions import end_others
from khabarayn.desk.permissions import ROLES, require
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import PasskeyRow, UserRow

NAME = 120
# The accounts as the sign-in library reads and writes them. Roles stand in a column, and what they
# may in `desk.permissions`: the library's own are not used.
datastore = SQLAlchemyUserDatastore(cast(Any, db), UserRow, cast(Any, None), PasskeyRow)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")


def add_user(
    email: str,
    name: str,
    role: str,
    password: str,
    by: By,
    must_change: bool = False,
) -> None:
    """Add a person. Raises `Refused` (address, role or password that will not do)."""
    require(by, "people.manage")
    email = plain_address(email)
    check_role(role)
    require_unused_email(email)
    name = clean_line(name, NAME).text
    hash_ = hash_password(password, personal=(email, name))
    with writing(f"account {email}"):
        require_unused_email(email)
        row = new_account(email, name, role, hash_, must_change)
        log("user_add", by, email=row.email, role=role)
        commit()


def reset_user(email: str, password: str, by: By, must_change: bool = False) -> None:
    """Give a person a new password, without their second factors; end their sessions and let them
    in. Raises `Refused`."""
    require(by, "people.manage")
    row = account_of(email)
    hash_ = hash_password(password, personal=(row.email, row.name))
    with writing():
        row = account_of(email)
        row.password = hash_
        row.active, row.must_change = True, must_change
        revoke_access(row)
        log("user_reset", by, email=row.email)
        commit()


@writing("people")
def disable_user(email: str, by: By) -> None:
    """Disable an account and end its sessions; what the person wrote stays. Raises `Refused`."""
    require(by, "people.manage")
    row = account_of(email)
    if row.id == by.id:
        raise Refused("email", _("لا يوقف أحد حسابه بنفسه."))
    _require_another_admin(row)
    row.active = False
    row.fs_uniquifier = secrets.token_hex(32)
    end_others(row.id)
    log("user_disable", by, email=row.email)
    commit()


@writing()
def enable_user(email: str, by: By) -> None:
    """Enable an account that was disabled. Raises `Refused`."""
    require(by, "people.manage")
    row = account_of(email)
    row.active = True
    log("user_enable", by, email=row.email)
    commit()


@writing("people")
def change_role(email: str, role: str, name: str, by: By) -> None:
    """Give a person another role or name. Raises `Refused`."""
    require(by, "people.manage")
    check_role(role)
    row = account_of(email)
    if role != "admin":
        _require_another_admin(row)
    name = clean_line(name, NAME).text
    if (row.role, row.name) == (role, name):
        return
    log("user_role", by, email=row.email, role=role, before=row.role)
    row.role, row.name = role, name
    commit()


def change_own(by: By, *, name: str, email: str) -> str:
    """Give oneself another name and address; return the former address where it is another one.

    Raises `Refused`, with everything that is wrong.
    """
    require(by, "account.own")
    fields, address = Fields(), ""
    clean_name = fields.line("name", _("الاسم"), name, NAME, _("لا بدّ من اسم."))
    with fields.catch():
        address = plain_address(email)
    with writing("people", f"account {address}"):
        row = db.session.get_one(UserRow, by.own_id)
        if address != row.email and find_account(address) is not None:
            fields.wrong("email", _("هذا البريد مسجّل من قبل: %(email)s", email=address))
        fields.raise_faults()
        before = row.email
        if (row.name, row.email) != (clean_name, address):
            log("user_own", by, email=address, before=before)
            row.name, row.email = clean_name, address
        commit()
    return before if before != address else ""


def change_password(by: By, old: str, new: str, again: str | None = None) -> None:
    """Give oneself a new password; every other session ends. ``again`` is the new one as it was
    typed once more. Raises `Refused`, with everything that is wrong."""
    require(by, "account.own")
    row = db.session.get_one(UserRow, by.own_id)
    fields = Fields()
    if not fits(row.password, old):
        fields.wrong("old", _("كلمة المرور الحالية غير صحيحة."))
    elif new == old:
        fields.wrong("password", _("هذه هي كلمة المرور الحالية. اختر غيرها."))
    was, factor = row.password, has_factor(row)
    hash_ = hash_of_new_password(new, again, factor, (row.email, row.name), fields)
    with writing():
        row = db.session.get_one(UserRow, by.own_id, with_for_update=True)
        if (row.password, has_factor(row)) != (was, factor):
            raise Refused("old", _("تغيّر حسابك قبل لحظة. أعد المحاولة."))
        row.password = hash_
        row.must_change = False
        row.fs_uniquifier = secrets.token_hex(32)
        end_others(row.id)
        log("password", by)
        commit()


def hash_of_new_password(
    password: str, again: str | None, factor: bool, personal_words: tuple[str, ...], fields: Fields
) -> str:
    """Return the hash of a new password, or raise `AllWrong` with what is wrong with it beside what
    ``fields`` holds."""
    hash_ = ""
    with fields.catch():
        hash_ = hash_password(password, second_factor=factor, personal=personal_words)
    if again is not None and password != again:
        fields.wrong("again", _("كلمتا المرور غير متطابقتين."))
    fields.raise_faults()
    return hash_


def new_account(
    email: str, name: str, role: str, password: str, must_change: bool = False
) -> UserRow:
    """Add the row of an account to the session and return it; the caller commits."""
    row = UserRow(
        email=email,
        name=name,
        role=role,
        password=password,
        active=True,
        must_change=must_change,
        fs_uniquifier=secrets.token_hex(32),
        created_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def revoke_access(row: UserRow) -> None:
    """Remove passkeys, second factors and sessions of an account: every way in but the password."""
    row.fs_uniquifier = secrets.token_hex(32)
    row.tf_primary_method = row.tf_totp_secret = row.tf_last_counter = None
    row.mf_recovery_codes = None
    row.webauthn.clear()
    end_others(row.id)


def has_factor(row: UserRow) -> bool:
    """Say whether the account has a second factor or a passkey."""
    return bool(row.tf_totp_secret or row.webauthn)


def _require_another_admin(row: UserRow) -> None:
    """Refuse to take the last admin away: nobody could let anybody in again."""
    others = select(func.count()).where(
        UserRow.role == "admin", UserRow.active, UserRow.id != row.id
    )
    if row.role == "admin" and row.active and not db.session.scalar(others):
        raise Refused("role", _("هذا آخر مدير للموقع. سمِّ للموقع مديرًا آخر أولًا."))


def check_role(role: str) -> None:
    """Raise `Refused` («role») for a name that is no role."""
    if role not in ROLES:
        raise Refused("role", _("لا يوجد دور بهذا الاسم: %(role)s", role=role))


def plain_address(email: str) -> str:
    """Return an e-mail address as accounts store it, or raise `Refused`; its domain is not looked
    up."""
    email = email.strip().lower()
    if not _EMAIL.fullmatch(email) or len(email) > 255:
        raise Refused("email", _("هذا ليس بريدًا إلكترونيًّا: %(email)s", email=email[:255]))
    return email


def find_account(email: str) -> UserRow | None:
    """Return the account with this address as it is stored, or None."""
    return db.session.scalar(select(UserRow).where(UserRow.email == email))


def require_unused_email(email: str) -> None:
    """Raise `Refused` («email») where an account has the address."""
    if find_account(email) is not None:
        raise Refused("email", _("هذا البريد مسجّل من قبل: %(email)s", email=email))


def account_of(email: str) -> UserRow:
    """Return the account with this address, however it is typed. Raises `Refused` («email»)."""
    row = find_account(plain_address(email))
    if row is None:
        raise Refused("email", _("لا أحد بهذا البريد: %(email)s", email=email))
    return row
