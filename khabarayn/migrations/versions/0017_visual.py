"""A story says whether it has a chart or a gallery to be shown by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from khabarayn.article.blocks import from_json
from khabarayn.article.visual import visual_of

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BATCH = 500


def upgrade() -> None:
    op.add_column("article", sa.Column("visual", sa.String(8), server_default="", nullable=False))
    rows = sa.table(
        "article",
        sa.column("id", sa.Integer),
        sa.column("visual", sa.String),
        sa.column("body", sa.JSON),
    )
    connection = op.get_bind()
    last = 0
    while True:
        found = connection.execute(
            sa.select(rows.c.id, rows.c.body)
            .where(rows.c.id > last)
            .order_by(rows.c.id)
            .limit(BATCH)
        ).all()
        for row in found:
            last = row.id
            if visual := visual_of(from_json(row.body or [])):
                connection.execute(sa.update(rows).where(rows.c.id == row.id).values(visual=visual))
        if len(found) < BATCH:
            return


def downgrade() -> None:
    op.drop_column("article", "visual")
