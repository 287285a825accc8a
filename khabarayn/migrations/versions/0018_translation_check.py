"""Which versions of a story are to be compared with one that was corrected or withdrawn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from khabarayn.store.db import UTCDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    name = "translation_check"
    op.create_table(
        name,
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("changed_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("by_name", sa.String(120), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], ["article.id"], name=op.f(f"fk_{name}_{column}"), ondelete="CASCADE"
            )
            for column in ("article_id", "changed_id")
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f("ix_translation_check_changed_id"), name, ["changed_id"])


def downgrade() -> None:
    op.drop_table("translation_check")
