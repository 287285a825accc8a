"""The newsroom's people: accounts, passkeys, sessions, invitations, tries to get in."""

# The library's mixin declares plain types where columns are mapped ones.
# pyright: reportIncompatibleVariableOverride=false

from __future__ import annotations

from datetime import datetime

from flask_security import UserMixin, WebAuthnMixin
from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from khabarayn.store.db import Model, UTCDateTime, now


class UserRow(Model, UserMixin):
    """``password`` is an argon2id hash; ``fs_uniquifier`` changes to end every session.

    ``must_change`` asks for a new password at the next sign-in, ``letters`` says whether e-mail
    tells of stories, too. The names of the second factors'
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
    letters: Mapped[bool] = mapped_column(default=True, server_default="1")
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_last_counter: Mapped[int | None] = mapped_column(BigInteger)
    # Mutable: the library removes a used code from the list in place.
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(JSON))
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(String(64))

    webauthn: Mapped[list[PasskeyRow]] = relationship(
        "PasskeyRow", cascade="all, delete-orphan", order_by="PasskeyRow.id"
    )

    __table_args__ = (
        Index("uq_user_account_webauthn_handle", "fs_webauthn_user_handle", unique=True),
    )

    @property
    def roles(self) -> list[object]:
        """The library's own roles, which are not used here."""
        return []


class PasskeyRow(Model, WebAuthnMixin):
    """One passkey (WebAuthn credential); the columns' names are the library's."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(64))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024))
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(JSON)
    backup_state: Mapped[bool] = mapped_column(default=False)
    device_type: Mapped[str] = mapped_column(String(64), default="")
    extensions: Mapped[str | None] = mapped_column(String(255))
    usage: Mapped[str] = mapped_column(String(64), default="first")
    create_datetime: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    lastuse_datetime: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (Index("uq_passkey_credential_id", "credential_id", unique=True),)


class SessionRow(Model):
    """One browser that is signed in, or on its way in.

    ``digest`` is SHA-256 of what the cookie says, so that the table's content opens no session.
    """

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    data: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    address: Mapped[str] = mapped_column(String(45), default="")
    device: Mapped[str] = mapped_column(String(200), default="")


class InvitationRow(Model):
    """A link that lets one person in once: to a new account, or to a new password."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    # join, reset or first
    kind: Mapped[str] = mapped_column(String(8))
    email: Mapped[str] = mapped_column(String(255), default="", index=True)
    role: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class AttemptRow(Model):
    """A try to get in; ``key`` is a keyed digest of an account, a network address, or both."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)

    __table_args__ = (Index("ix_attempt_key_at", "key", "at"),)
