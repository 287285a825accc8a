"""Pictures: their look, folder and why they are decorative; the paper's settings; sums of a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Column by column: to rebuild a table that others point to would take them along on SQLite.
    for column in (
        sa.Column("folder", sa.String(length=16), nullable=False, server_default=""),
        sa.Column("dhash", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False, server_default=""),
        sa.Column("replaced_by", sa.Integer(), nullable=True),
        sa.Column("decorative", sa.String(length=200), nullable=False, server_default=""),
        sa.Column("name", sa.String(length=200), nullable=False, server_default=""),
        sa.Column("added_by", sa.String(length=120), nullable=False, server_default=""),
    ):
        op.add_column("media", column)
    op.execute("UPDATE media SET folder = public_id")
    op.create_index("ix_media_replaced_by", "media", ["replaced_by"])
    op.create_index("ix_media_created_at", "media", ["created_at", "id"])
    op.add_column(
        "source",
        sa.Column("former", sa.String(length=1000), nullable=False, server_default=""),
    )
    op.create_table(
        "look",
        sa.Column("band", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("media_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["media_id"], ["media.id"], name=op.f("fk_look_media_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("band", "media_id", name=op.f("pk_look")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_look_media_id", "look", ["media_id"])
    op.create_table(
        "site_setting",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=2000), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_site_setting")),
    )
    op.create_table(
        "day_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "kind", "name", name=op.f("pk_day_count")),
    )


def downgrade() -> None:
    for table in ("day_count", "site_setting", "look"):
        op.drop_table(table)
    op.drop_column("source", "former")
    op.drop_index("ix_media_created_at", "media")
    op.drop_index("ix_media_replaced_by", "media")
    for name in ("folder", "dhash", "words", "replaced_by", "decorative", "name", "added_by"):
        op.drop_column("media", name)
