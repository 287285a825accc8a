"""The desk searches the bodies of what is not published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from khabarayn.arabic.normalise import fold

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BATCH = 200
_TAG = re.compile("<[^>]*>")
# What a block says of itself, and addresses: no words of the text.
_NOT_TEXT = {"kind", "name", "href", "url", "src", "media", "id"}


def _words(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield _TAG.sub(" ", part)
    elif isinstance(part, list):
        for one in part:
            yield from _words(one)
    elif isinstance(part, dict):
        for name, one in part.items():
            if name not in _NOT_TEXT:
                yield from _words(one)


def upgrade() -> None:
    op.add_column("article", sa.Column("folded_body", sa.Text(), server_default="", nullable=False))
    rows = sa.table(
        "article",
        sa.column("id", sa.Integer),
        sa.column("status", sa.String),
        sa.column("body", sa.JSON),
        sa.column("folded_body", sa.Text),
    )
    connection = op.get_bind()
    last = 0
    while True:
        found = connection.execute(
            sa.select(rows.c.id, rows.c.body)
            .where(rows.c.id > last, rows.c.status != "published")
            .order_by(rows.c.id)
            .limit(BATCH)
        ).all()
        for row in found:
            last = row.id
            body = json.loads(row.body) if isinstance(row.body, str) else row.body
            words = fold(" ".join(_words(body)))
            connection.execute(sa.update(rows).where(rows.c.id == row.id).values(folded_body=words))
        if len(found) < BATCH:
            return


def downgrade() -> None:
    op.drop_column("article", "folded_body")
