"""People: second factors, passkeys, sessions, invitations; whose a story is; who acted from where."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("must_change", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tf_primary_method", sa.String(length=64), nullable=True),
        sa.Column("tf_totp_secret", sa.String(length=255), nullable=True),
        sa.Column("tf_phone_number", sa.String(length=128), nullable=True),
        sa.Column("mf_recovery_codes", sa.JSON(), nullable=True),
        sa.Column("fs_webauthn_user_handle", sa.String(length=64), nullable=True),
    ):
        op.add_column("user_account", column)
    op.create_index(
        "uq_user_account_webauthn_handle", "user_account", ["fs_webauthn_user_handle"], unique=True
    )
    # No foreign keys: people are shut out, never deleted, and SQLite cannot add one to a table.
    op.add_column("article", sa.Column("owner_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_article_owner_id"), "article", ["owner_id"])
    op.add_column("log", sa.Column("person_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_log_person_id"), "log", ["person_id"])
    op.add_column(
        "log", sa.Column("address", sa.String(length=45), server_default="", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("log", "address")
    op.drop_index(op.f("ix_log_person_id"), "log")
    op.drop_column("log", "person_id")
    op.drop_index(op.f("ix_article_owner_id"), "article")
    op.drop_column("article", "owner_id")
    op.drop_index("uq_user_account_webauthn_handle", "user_account")
    for name in (
        "fs_webauthn_user_handle",
        "mf_recovery_codes",
        "tf_phone_number",
        "tf_totp_secret",
        "tf_primary_method",
        "seen_at",
        "must_change",
    ):
        op.drop_column("user_account", name)
