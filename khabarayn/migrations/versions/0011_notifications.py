"""People of the newsroom are told of stories, and choose whether letters tell them, too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from khabarayn.store.db import UTCDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("by_name", sa.String(120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["user_account.id"],
            name=op.f("fk_notification_person_id"), ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"],
            name=op.f("fk_notification_article_id"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
    )  # fmt: skip
    op.create_index("ix_notification_article_id", "notification", ["article_id"])
    op.create_index("ix_notification_at", "notification", ["at"])
    op.create_index("ix_notification_person_id_seen_at", "notification", ["person_id", "seen_at"])
    op.add_column(
        "user_account",
        sa.Column("letters", sa.Boolean(), server_default="1", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("user_account", "letters")
    op.drop_table("notification")
