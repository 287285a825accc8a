"""The newsroom's people."""

# The library's mixin declares plain types where columns are mapped ones.
# pyright: reportIncompatibleVariableOverride=false

from __future__ import annotations

from datetime import datetime

from flask_security import UserMixin
from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model, UTCDateTime


class UserRow(Model, UserMixin):
    """``password`` is an argon2id hash; ``fs_uniquifier`` changes to end every session.

    ``must_change`` asks for a new password at the next sign-in. The names of the second factors'
    columns are those of the library that reads them.
    """

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    role: Mapped[str] = mapped_column(String(20))
    password: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    must_change: Mapped[bool] = mapped_column(default=False, server_default="0")
    seen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_phone_number: Mapped[str | None] = mapped_column(String(128))
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        Index("uq_user_account_webauthn_handle", "fs_webauthn_user_handle", unique=True),
    )

    @property
    def roles(self) -> list[object]:
        """The library's kind of roles, which this house does not use."""
        return []
