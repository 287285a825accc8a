"""The newsroom's people, as the verbs meet them."""

from __future__ import annotations

from factories.rows import number
from factories.user import user
from khabarayn.store.db import db
from khabarayn.store.queries.people import Person


def somebody(role: str = "writer") -> Person:
    """Return a person of this role who has an account."""
    row = user(role=role, name=f"سمر {next(number)}")
    person = Person(row.id, row.email, row.name, row.role)
    db.session.commit()
    return person
