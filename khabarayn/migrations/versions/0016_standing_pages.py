"""Standing pages are stories that no list knows; what the newsroom says of the paper may be long."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_NAMED = sa.text("page <> ''")
_OF_PAGES = ("standing_pages", "planted_pages", "menu_bar", "menu_foot")
_settings = sa.table("site_setting", sa.column("name", sa.String), sa.column("value", sa.String))
_articles = sa.table("article", sa.column("page", sa.String))


def upgrade() -> None:
    op.add_column("article", sa.Column("page", sa.String(40), nullable=False, server_default=""))
    op.create_index(
        "uq_article_page", "article", ["page"],
        unique=True, sqlite_where=_NAMED, postgresql_where=_NAMED,
    )  # fmt: skip
    with op.batch_alter_table("site_setting") as table:
        table.alter_column("value", existing_type=sa.String(2000), type_=sa.Text())


def downgrade() -> None:
    # The version before would show a standing page in its lists of stories.
    op.execute(sa.delete(_articles).where(_articles.c.page != ""))
    op.execute(sa.delete(_settings).where(_settings.c.name.in_(_OF_PAGES)))
    with op.batch_alter_table("site_setting") as table:
        table.alter_column("value", existing_type=sa.Text(), type_=sa.String(2000))
    op.drop_index("uq_article_page", "article")
    op.drop_column("article", "page")
