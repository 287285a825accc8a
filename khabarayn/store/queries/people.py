"""The newsroom's people, as values."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from khabarayn.store.db import db
from khabarayn.store.models import UserRow


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    role: str
    active: bool


def all_users() -> tuple[Person, ...]:
    """Return everyone, by e-mail address."""
    rows = db.session.scalars(select(UserRow).order_by(UserRow.email))
    return tuple(Person(row.email, row.name, row.role, row.active) for row in rows)
