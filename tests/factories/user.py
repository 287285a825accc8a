"""Rows of the newsroom's people."""

from __future__ import annotations

import secrets
from typing import Any

from factories.article import NOON
from factories.rows import added, number
from khabarayn.store.models import UserRow


def user(**given: Any) -> UserRow:
    """Somebody with a password that nobody knows."""
    return added(
        UserRow,
        given,
        email=f"person-{next(number)}@khabarayn.example",
        name="سمر",
        role="writer",
        password="!",
        active=True,
        fs_uniquifier=secrets.token_hex(32),
        created_at=NOON,
    )
