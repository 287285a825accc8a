"""Feeds that stories are taken from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("next_at", moment, nullable=True),
        sa.Column("asked_at", moment, nullable=True),
        sa.Column("answered_at", moment, nullable=True),
        sa.Column("etag", sa.String(200), nullable=False),
        sa.Column("modified", sa.String(80), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(40), nullable=False),
        sa.Column("detail", sa.String(200), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False, server_default="{}"),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name="fk_feed_source_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name="fk_feed_section_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_feed"),
        sa.UniqueConstraint("url", name="uq_feed_url"),
    )
    op.create_index("ix_feed_source_id", "feed", ["source_id"])
    op.create_index("ix_feed_next_at", "feed", ["next_at"])


def downgrade() -> None:
    op.drop_table("feed")
