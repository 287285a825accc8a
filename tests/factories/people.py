"""The newsroom's people, as the verbs meet them."""

from __future__ import annotations

from factories.rows import number
from factories.user import user
from khabarayn.desk.by import By
from khabarayn.store.db import db
from khabarayn.store.queries.people import person_of


def somebody(role: str = "writer") -> By:
    """Return a person of this role who has an account."""
    row = user(role=role, name=f"سمر {next(number)}")
    by = By.of(person_of(row))
    db.session.commit()
    return by
