"""Add, change and disable accounts; invitations and links to a new password."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import Any, cast

from flask_babel import gettext as _
from flask_security import SQLAlchemyUserDatastore
from sqlalchemy import CursorResult, delete, func, select

from khabarayn.arabic.hygiene import clean_line
from khabarayn.desk.by import By
from khabarayn.desk.fields import Fields
from khabarayn.desk.people.passwords import fits, hash_password
from khabarayn.desk.people.sessions import digest_of, end_others, new_token, well_formed
from khabarayn.desk.permissions import ROLES, require
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import InvitationRow, PasskeyRow, UserRow
from khabarayn.store.queries.people import Invitation, invitation_of, person_of

INVITED_FOR = timedelta(days=7)
FORGOTTEN_FOR = timedelta(hours=1)
NAME = 120
JOIN, RESET, FIRST = "join", "reset", "first"
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
    _check_role(role)
    _require_unused_email(email)
    name = clean_line(name, NAME).text
    hash_ = hash_password(password, personal=(email, name))
    with writing(f"account {email}"):
        _require_unused_email(email)
        row = _new(email, name, role, hash_, must_change)
        log("user_add", by, email=row.email, role=role)
        commit()


def reset_user(email: str, password: str, by: By, must_change: bool = False) -> None:
    """Give a person a new password, without their second factors; end their sessions and let them
    in. Raises `Refused`."""
    require(by, "people.manage")
    row = _account_of(email)
    hash_ = hash_password(password, personal=(row.email, row.name))
    with writing():
        row = _account_of(email)
        row.password = hash_
        row.active, row.must_change = True, must_change
        _revoke_access(row)
        log("user_reset", by, email=row.email)
        commit()


@writing("people")
def disable_user(email: str, by: By) -> None:
    """Disable an account and end its sessions; what the person wrote stays. Raises `Refused`."""
    require(by, "people.manage")
    row = _account_of(email)
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
    row = _account_of(email)
    row.active = True
    log("user_enable", by, email=row.email)
    commit()


@writing("people")
def change_role(email: str, role: str, name: str, by: By) -> None:
    """Give a person another role or name. Raises `Refused`."""
    require(by, "people.manage")
    _check_role(role)
    row = _account_of(email)
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
        if address != row.email and _find(address) is not None:
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
    was, factor = row.password, _has_factor(row)
    hash_ = _hash_of_new_password(new, again, factor, (row.email, row.name), fields)
    with writing():
        row = db.session.get_one(UserRow, by.own_id, with_for_update=True)
        if (row.password, _has_factor(row)) != (was, factor):
            raise Refused("old", _("تغيّر حسابك قبل لحظة. أعد المحاولة."))
        row.password = hash_
        row.must_change = False
        row.fs_uniquifier = secrets.token_hex(32)
        end_others(row.id)
        log("password", by)
        commit()


@writing("people")
def invite(email: str, role: str, by: By) -> str:
    """Return the secret of a link by which a new person comes in, once, within a week.

    An older open link to the same address stops working. Raises `Refused`.
    """
    require(by, "people.manage")
    email = plain_address(email)
    _check_role(role)
    _require_unused_email(email)
    token = _link(JOIN, email, role)
    log("invite", by, email=email, role=role)
    commit()
    return token


@writing()
def uninvite(number: int, by: By) -> None:
    """Delete an open invitation."""
    require(by, "people.manage")
    row = db.session.get(InvitationRow, number)
    if row is not None and row.used_at is None:
        log("uninvite", by, email=row.email)
        db.session.delete(row)
    commit()


def send_back(email: str, by: By) -> str:
    """Remove a person's password, second factors and sessions; return the secret of a link by which
    they choose a new password. Raises `Refused`."""
    require(by, "people.manage")
    hash_ = hash_password(secrets.token_urlsafe(32))
    with writing("people"):
        row = _account_of(email)
        row.password = hash_
        _revoke_access(row)
        token = _link(RESET, row.email, row.role)
        log("user_reset", by, email=row.email)
        commit()
    return token


@writing("people")
def send_reset_link(email: str, token: str, address: str = "") -> bool:
    """Make ``token`` the secret of a link by which the account's owner chooses a new password,
    once, within an hour; return whether there is such an account.

    Until it is used everything stays as it is, and second factors stay altogether: whoever reads
    the letter has only the mailbox. The log names the account, and the network ``address``.
    """
    row = _find(email)
    if row is None or not row.active:
        return False
    _link(RESET, row.email, row.role, token, FORGOTTEN_FOR)
    log("forgotten", By.of(person_of(row), address), email=row.email)
    commit()
    return True


@writing("people")
def first_link(by: By) -> str:
    """Return the secret of the link by which the very first admin comes in, or nothing when
    somebody is already here. An older one stops working."""
    require(by, "people.manage")
    if db.session.scalar(select(func.count()).select_from(UserRow)):
        return ""
    token = _link(FIRST, "", "admin")
    log("first_link", by)
    commit()
    return token


def join(
    token: str,
    email: str,
    name: str,
    password: str,
    address: str = "",
    again: str | None = None,
) -> Invitation:
    """Use a link, once: create the account it is for, or set the account's new password. Whoever
    has the link has the right; the log names the account, and the network ``address`` it came from.

    Raises `Refused`; a link that is used, taken back or too old is refused as «link».
    """
    row, email, account = _for_whom(token, email)
    name = account.name if account else clean_line(name, NAME).text
    factor = account is not None and _has_factor(account)
    fields = Fields()
    hash_ = _hash_of_new_password(password, again, factor, (email, name), fields)
    # Of two requests with the same link the second finds it used.
    with writing(f"account {email}", *(["first"] if row.kind == FIRST else [])):
        row, email, account = _for_whom(token, email)
        invitation = invitation_of(row)
        if account is not None:
            account.password, account.must_change = hash_, False
            account.fs_uniquifier = secrets.token_hex(32)
            end_others(account.id)
        else:
            account = _new(email, name, row.role, hash_)
        row.used_at = now()
        by = By.of(person_of(account), address)
        log("join", by, email=email, role=account.role, kind=row.kind)
        commit()
    return invitation


def _hash_of_new_password(
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


def _for_whom(token: str, email: str) -> tuple[InvitationRow, str, UserRow | None]:
    """Return the link's row, the address it is for, and the account that it gives a new password
    to, or None for a new account. Raises `Refused`."""
    row = _open(token)
    message = _("هذا الرابط استُعمل أو انتهت مدته. اطلب رابطًا جديدًا.")
    if row is None:
        raise Refused("link", message)
    if row.kind == FIRST and db.session.scalar(select(func.count()).select_from(UserRow)):
        raise Refused("link", message)
    email = plain_address(row.email or email)
    if row.kind != RESET:
        _require_unused_email(email)
        return row, email, None
    account = _find(email)
    if account is None or not account.active:
        raise Refused("link", message)
    return row, email, account


def open_link(token: str) -> Invitation | None:
    """Return what the link is for, as long as it can be used."""
    row = _open(token)
    return invitation_of(row) if row is not None else None


def prune_invitations() -> int:
    """Delete links that ended more than a month ago; return how many."""
    past = now() - timedelta(days=30)
    result = db.session.execute(delete(InvitationRow).where(InvitationRow.expires_at < past))
    commit()
    return result.rowcount if isinstance(result, CursorResult) else 0


def _open(token: str) -> InvitationRow | None:
    if not well_formed(token):
        return None
    return db.session.scalar(
        select(InvitationRow)
        .where(
            InvitationRow.digest == digest_of(token),
            InvitationRow.used_at.is_(None),
            InvitationRow.expires_at > now(),
        )
        .with_for_update()
    )


def _link(kind: str, email: str, role: str, token: str = "", lasts: timedelta = INVITED_FOR) -> str:
    db.session.execute(
        delete(InvitationRow).where(InvitationRow.email == email, InvitationRow.used_at.is_(None))
    )
    token = token or new_token()
    moment = now()
    db.session.add(
        InvitationRow(
            digest=digest_of(token),
            kind=kind,
            email=email,
            role=role,
            made_at=moment,
            expires_at=moment + lasts,
        )
    )
    return token


def _new(email: str, name: str, role: str, password: str, must_change: bool = False) -> UserRow:
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


def _revoke_access(row: UserRow) -> None:
    """Remove passkeys, second factors and sessions of an account: every way in but the password."""
    row.fs_uniquifier = secrets.token_hex(32)
    row.tf_primary_method = row.tf_totp_secret = row.tf_last_counter = None
    row.mf_recovery_codes = None
    row.webauthn.clear()
    end_others(row.id)


def _has_factor(row: UserRow) -> bool:
    return bool(row.tf_totp_secret or row.webauthn)


def _require_another_admin(row: UserRow) -> None:
    """Refuse to take the last admin away: nobody could let anybody in again."""
    others = select(func.count()).where(
        UserRow.role == "admin", UserRow.active, UserRow.id != row.id
    )
    if row.role == "admin" and row.active and not db.session.scalar(others):
        raise Refused("role", _("هذا آخر مدير للموقع. سمِّ للموقع مديرًا آخر أولًا."))


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise Refused("role", _("لا يوجد دور بهذا الاسم: %(role)s", role=role))


def plain_address(email: str) -> str:
    """Return an e-mail address as accounts store it, or raise `Refused`; its domain is not looked
    up."""
    email = email.strip().lower()
    if not _EMAIL.fullmatch(email) or len(email) > 255:
        raise Refused("email", _("هذا ليس بريدًا إلكترونيًّا: %(email)s", email=email[:255]))
    return email


def _find(email: str) -> UserRow | None:
    return db.session.scalar(select(UserRow).where(UserRow.email == email))


def _require_unused_email(email: str) -> None:
    if _find(email) is not None:
        raise Refused("email", _("هذا البريد مسجّل من قبل: %(email)s", email=email))


def _account_of(email: str) -> UserRow:
    row = _find(plain_address(email))
    if row is None:
        raise Refused("email", _("لا أحد بهذا البريد: %(email)s", email=email))
    return row
