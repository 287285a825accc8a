"""Editions are of a language."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def _length_of_name(old: int, new: int) -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        # There the table is written anew, and what leans on a row goes with the old table.
        op.execute("CREATE TEMPORARY TABLE edition_story_kept AS SELECT * FROM edition_story")
    with op.batch_alter_table("edition") as table:
        table.alter_column("name", existing_type=sa.String(old), type_=sa.String(new))
    if sqlite:
        op.execute("DELETE FROM edition_story")
        op.execute("INSERT INTO edition_story SELECT * FROM edition_story_kept")
        op.execute("DROP TABLE edition_story_kept")


def upgrade() -> None:
    _length_of_name(13, 24)
    column = sa.Column("language", sa.String(12), nullable=False, server_default="")
    op.add_column("edition", column)
    op.create_index("ix_edition_language", "edition", ["language", "name"])


def downgrade() -> None:
    edition = sa.table("edition", sa.column("id"), sa.column("language", sa.String))
    story = sa.table("edition_story", sa.column("edition_id"))
    others = sa.select(edition.c.id).where(edition.c.language != "")
    op.get_bind().execute(sa.delete(story).where(story.c.edition_id.in_(others)))
    op.get_bind().execute(sa.delete(edition).where(edition.c.language != ""))
    op.drop_index("ix_edition_language", "edition")
    op.drop_column("edition", "language")
    _length_of_name(24, 13)
