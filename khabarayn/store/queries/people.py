"""The newsroom's people, as values."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from khabarayn.store.db import db
from khabarayn.store.models import UserRow


@dataclass(frozen=True)
class Person:
    """Somebody of the newsroom; ``by`` is how the log and revisions call them."""

    id: int
    email: str
    name: str
    role: str

    @property
    def by(self) -> str:
        return self.name or self.email


@dataclass(frozen=True)
class Account:
    """A person as those see them who look after the accounts."""

    email: str
    name: str
    role: str
    active: bool


def person_of(row: UserRow) -> Person:
    return Person(row.id, row.email, row.name, row.role)


def person_by_id(number: int) -> Person | None:
    """Return an active person."""
    row = db.session.get(UserRow, number)
    return person_of(row) if row is not None and row.active else None


def all_users() -> tuple[Account, ...]:
    """Return everyone, by e-mail address."""
    rows = db.session.scalars(select(UserRow).order_by(UserRow.email))
    return tuple(Account(row.email, row.name, row.role, row.active) for row in rows)


def people_count() -> int:
    """Return how many people may sign in."""
    return db.session.scalar(select(func.count()).where(UserRow.active)) or 0
