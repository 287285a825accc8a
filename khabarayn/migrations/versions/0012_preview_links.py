"""A story can be shown to an outsider by a link that ends."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from khabarayn.store.db import UTCDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "preview_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("made_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_preview_link_article_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preview_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_preview_link_digest")),
    )  # fmt: skip
    op.create_index("ix_preview_link_article_id", "preview_link", ["article_id"])
    op.create_index("ix_preview_link_expires_at", "preview_link", ["expires_at"])


def downgrade() -> None:
    op.drop_table("preview_link")
