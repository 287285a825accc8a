"""Sections are named in every language, and the front page of each language is composed apart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from flask import current_app

from khabarayn.settings import settings_of

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_FRONT = sa.table("front", sa.column("language", sa.String))


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _first() -> str:
    return settings_of(current_app.config).locales[0]


def _rewrite_front(*, languages: bool) -> None:
    """Copy the rows into a table with the other key: SQLite changes no key of a table."""
    own = [sa.Column("language", sa.String(12), nullable=False)] if languages else []
    key = ["language", "place"] if languages else ["place"]
    op.create_table(
        "front_new",
        *own,
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_front_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(*key, name="pk_front"),
    )
    columns = "place, article_id, expires_at"
    if languages:
        statement = f"INSERT INTO front_new (language, {columns}) SELECT :first, {columns}"
        op.get_bind().execute(sa.text(f"{statement} FROM front"), {"first": _first()})
    else:
        op.execute(f"INSERT INTO front_new ({columns}) SELECT {columns} FROM front")
    op.drop_index("ix_front_article_id", "front")
    op.drop_table("front")
    op.rename_table("front_new", "front")
    op.create_index("ix_front_article_id", "front", ["article_id"])


def upgrade() -> None:
    column = sa.Column("translations", sa.JSON(), nullable=False, server_default="{}")
    op.add_column("section", column)
    if _sqlite():
        _rewrite_front(languages=True)
        return
    op.add_column("front", sa.Column("language", sa.String(12), nullable=True))
    op.get_bind().execute(sa.update(_FRONT).values(language=_first()))
    op.alter_column("front", "language", nullable=False)
    op.drop_constraint("pk_front", "front")
    op.create_primary_key("pk_front", "front", ["language", "place"])


def downgrade() -> None:
    op.get_bind().execute(sa.delete(_FRONT).where(_FRONT.c.language != _first()))
    if _sqlite():
        _rewrite_front(languages=False)
    else:
        op.drop_constraint("pk_front", "front")
        op.drop_column("front", "language")
        op.create_primary_key("pk_front", "front", ["place"])
    op.drop_column("section", "translations")
