"""The newsroom's people, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from khabarayn.store.db import db, now
from khabarayn.store.models import InvitationRow, SessionRow, UserRow

# How long a session lives unused, and how long at most.
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=8)


@dataclass(frozen=True)
class Person:
    """Somebody of the newsroom; ``by`` is how the log and revisions call them."""

    id: int
    email: str
    name: str
    role: str

    @property
    def by(self) -> str:
        """The name that the log and other people see: the e-mail address where no name is given."""
        return self.name or self.email


@dataclass(frozen=True)
class Account:
    """A person as those see them who look after the accounts; ``seen_at`` is their last way in."""

    email: str
    name: str
    role: str
    active: bool
    id: int = 0
    seen_at: datetime | None = None
    factors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Invitation:
    """An open link: ``kind`` is join, reset or first."""

    id: int
    kind: str
    email: str
    role: str
    expires_at: datetime


@dataclass(frozen=True)
class Passkey:
    """A passkey as its owner knows it; ``id`` is its row."""

    id: int
    name: str
    made_at: datetime
    used_at: datetime


@dataclass(frozen=True)
class SignedIn:
    """One browser that a person is signed in with."""

    id: int
    device: str
    address: str
    made_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class Keys:
    """What a person comes in with: application, passkeys, unused recovery codes."""

    application: bool
    codes: int
    passkeys: tuple[Passkey, ...]


def person_of(row: UserRow) -> Person:
    """Return the person behind an account's row."""
    return Person(row.id, row.email, row.name, row.role)


def invitation_of(row: InvitationRow) -> Invitation:
    """Return an invitation's row as a value, without its secret."""
    return Invitation(row.id, row.kind, row.email, row.role, row.expires_at)


def all_users() -> tuple[Account, ...]:
    """Return everyone, by e-mail address."""
    rows = db.session.scalars(
        select(UserRow).options(selectinload(UserRow.webauthn)).order_by(UserRow.email)
    )
    return tuple(_account(row) for row in rows)


def account_by_id(number: int) -> Account | None:
    """Return an account by its row id, shut out or not; None where there is none."""
    row = db.session.get(UserRow, number)
    return _account(row) if row is not None else None


def open_invitations() -> tuple[Invitation, ...]:
    """Return the links that can still be used, the newest first."""
    rows = db.session.scalars(
        select(InvitationRow)
        .where(InvitationRow.used_at.is_(None), InvitationRow.expires_at > now())
        .order_by(InvitationRow.id.desc())
    )
    return tuple(invitation_of(row) for row in rows)


def keys_of(person_id: int) -> Keys:
    """Return the second factors of a person who exists; raises where nobody has the id."""
    row = db.session.get_one(UserRow, person_id)
    passkeys = tuple(
        Passkey(key.id, key.name, key.create_datetime, key.lastuse_datetime) for key in row.webauthn
    )
    return Keys(bool(row.tf_totp_secret), len(row.mf_recovery_codes or ()), passkeys)


def sessions_of(person_id: int) -> tuple[SignedIn, ...]:
    """Return where the person is signed in now, the last used first."""
    rows = db.session.scalars(
        select(SessionRow)
        .where(
            SessionRow.person_id == person_id,
            SessionRow.seen_at > now() - IDLE,
            SessionRow.made_at > now() - LONGEST,
        )
        .order_by(SessionRow.seen_at.desc())
    )
    return tuple(SignedIn(r.id, r.device, r.address, r.made_at, r.seen_at) for r in rows)


def _account(row: UserRow) -> Account:
    factors = ("application",) if row.tf_totp_secret else ()
    factors += ("passkey",) if row.webauthn else ()
    return Account(row.email, row.name, row.role, row.active, row.id, row.seen_at, factors)
