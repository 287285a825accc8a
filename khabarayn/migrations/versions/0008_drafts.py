"""Unsaved texts of the newsroom, kept on the server."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "story_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["user_account.id"],
            name=op.f("fk_story_draft_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story_draft")),
    )
    op.create_index(op.f("ix_story_draft_person_id"), "story_draft", ["person_id"])
    op.create_index(
        "uq_story_draft_story_person", "story_draft", ["story", "person_id"], unique=True
    )


def downgrade() -> None:
    op.drop_table("story_draft")
