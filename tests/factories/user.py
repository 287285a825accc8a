"""Rows of the newsroom's people, and of their ways in."""

from __future__ import annotations

import secrets
from typing import Any

from factories.article import NOON
from factories.rows import added, number
from khabarayn.store.models import AttemptRow, InvitationRow, PasskeyRow, SessionRow, UserRow


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


def passkey(**given: Any) -> PasskeyRow:
    if "user_id" not in given:
        given["user_id"] = user().id
    return added(
        PasskeyRow,
        given,
        name="هاتف",
        credential_id=secrets.token_bytes(32),
        public_key=b"not a key",
        create_datetime=NOON,
        lastuse_datetime=NOON,
    )


def session(**given: Any) -> SessionRow:
    return added(
        SessionRow, given, digest=secrets.token_hex(32), data="{}", made_at=NOON, seen_at=NOON
    )


def invitation(**given: Any) -> InvitationRow:
    return added(
        InvitationRow,
        given,
        digest=secrets.token_hex(32),
        kind="join",
        email=f"guest-{next(number)}@khabarayn.example",
        role="writer",
        made_at=NOON,
        expires_at=NOON,
    )


def attempt(**given: Any) -> AttemptRow:
    return added(AttemptRow, given, key=secrets.token_hex(32), at=NOON)
