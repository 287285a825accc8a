"""Editions and their stories."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=13), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("text_file", sa.String(length=80), nullable=False),
        sa.Column("text_size", sa.Integer(), nullable=False),
        sa.Column("full_file", sa.String(length=80), nullable=False),
        sa.Column("full_size", sa.Integer(), nullable=False),
        sa.Column("epub_file", sa.String(length=80), nullable=False),
        sa.Column("epub_size", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("name", name=op.f("uq_edition_name")),
    )
    op.create_table(
        "edition_story",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=5), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_edition_story_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"],
            ["edition.id"],
            name=op.f("fk_edition_story_edition_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("edition_id", "position", name=op.f("pk_edition_story")),
    )
    with op.batch_alter_table("edition_story", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_edition_story_article_id"), ["article_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("edition_story", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_story_article_id"))
    op.drop_table("edition_story")
    op.drop_table("edition")
