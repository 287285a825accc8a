"""Log that somebody signed in: when, how, and from which address."""

from __future__ import annotations

from sqlalchemy import select

from khabarayn.desk.by import By
from khabarayn.desk.record import log
from khabarayn.store.db import commit, db, now
from khabarayn.store.models import LogRow, UserRow
from khabarayn.store.queries.people import person_of

SIGN_IN = "sign_in"


def enter(person_id: int, how: str, address: str) -> None:
    """Note that the person signed in ``how`` (password, code, recovery, passkey)."""
    row = db.session.get_one(UserRow, person_id)
    row.seen_at = now()
    log(SIGN_IN, By.of(person_of(row), address), how=how)
    commit()


def has_entered_from(email: str, address: str) -> bool:
    """Say whether this account was ever signed in to from this address, as far as is kept."""
    query = select(LogRow.id).join(UserRow, UserRow.id == LogRow.person_id)
    query = query.where(
        UserRow.email == email, LogRow.verb == SIGN_IN, LogRow.address == address
    ).limit(1)
    return bool(address) and db.session.scalar(query) is not None
