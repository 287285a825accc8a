"""Links by which somebody joins the newsroom, comes back or chooses a new password, each once."""

from __future__ import annotations

import secrets
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import CursorResult, delete, func, select

from khabarayn.arabic.hygiene import clean_line
from khabarayn.desk.by import By
from khabarayn.desk.fields import Fields
from khabarayn.desk.people.accounts import (
    NAME,
    account_of,
    check_role,
    find_account,
    has_factor,
    hash_of_new_password,
    new_account,
    plain_address,
    require_unused_email,
    revoke_access,
)
from khabarayn.desk.people.passwords import hash_password
from khabarayn.desk.people.sessions import digest_of, end_others, new_token, well_formed
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import InvitationRow, UserRow
from khabarayn.store.queries.people import Invitation, invitation_of, person_of

INVITED_FOR = timedelta(days=7)


FORGOTTEN_FOR = timedelta(hours=1)


JOIN, RESET, FIRST = "join", "reset", "first"


@writing("people")
def invite(email: str, role: str, by: By) -> str:
    """Return the secret of a link by which a new person comes in, once, within a week.

    An older open link to the same address stops working. Raises `Refused`.
    """
    require(by, "people.manage")
    email = plain_address(email)
    check_role(role)
    require_unused_email(email)
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
        row = account_of(email)
        row.password = hash_
        revoke_access(row)
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
    row = find_account(email)
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
    factor = account is not None and has_factor(account)
    fields = Fields()
    hash_ = hash_of_new_password(password, again, factor, (email, name), fields)
    # Of two requests with the same link the second finds it used.
    with writing(f"account {email}", *(["first"] if row.kind == FIRST else [])):
        row, email, account = _for_whom(token, email)
        invitation = invitation_of(row)
        if account is not None:
            account.password, account.must_change = hash_, False
            account.fs_uniquifier = secrets.token_hex(32)
            end_others(account.id)
        else:
            account = new_account(email, name, row.role, hash_)
        row.used_at = now()
        by = By.of(person_of(account), address)
        log("join", by, email=email, role=account.role, kind=row.kind)
        commit()
    return invitation


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
        require_unused_email(email)
        return row, email, None
    account = find_account(email)
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
