"""Items of lists hold inline markup, as paragraphs do: what was plain text is written as such."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BATCH = 500
_TAG = re.compile(r"<[^>]*>")


def _plain(item: str) -> str:
    return html.unescape(_TAG.sub("", item))


def _each_list(blocks: list[dict[str, Any]], change: Callable[[str], str]) -> bool:
    """Change the items of every list in place; say whether any became another."""
    changed = False
    for block in blocks:
        if block.get("kind") == "list":
            items = [change(item) for item in block["items"]]
            changed = changed or items != block["items"]
            block["items"] = items
    return changed


def _rewrite(table: str, column: str, change: Callable[[str], str]) -> None:
    rows = sa.table(table, sa.column("id", sa.Integer), sa.column(column, sa.Text))
    value = sa.cast(rows.c[column], sa.Text).label("value")
    connection = op.get_bind()
    as_json = connection.dialect.name == "postgresql"
    last = 0
    while True:
        found = connection.execute(
            sa.select(rows.c.id, value)
            .where(rows.c.id > last, value.like('%"list"%'))
            .order_by(rows.c.id)
            .limit(BATCH)
        ).all()
        for row in found:
            whole = json.loads(row.value)
            if _each_list(whole["blocks"] if isinstance(whole, dict) else whole, change):
                text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
                given = sa.cast(sa.literal(text, sa.Text), sa.JSON) if as_json else text
                connection.execute(
                    sa.update(rows).where(rows.c.id == row.id).values({column: given})
                )
        if len(found) < BATCH:
            return
        last = found[-1].id


def upgrade() -> None:
    for table, column in (("article", "body"), ("revision", "content")):
        _rewrite(table, column, lambda item: html.escape(item, quote=False))


def downgrade() -> None:
    for table, column in (("article", "body"), ("revision", "content")):
        _rewrite(table, column, _plain)
