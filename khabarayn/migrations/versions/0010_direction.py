"""Language and direction of stories follow most of their letters, not the first one."""

from __future__ import annotations

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BATCH = 500
_RIGHT_TO_LEFT = frozenset(
    ["ar", "arz", "ary", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "syr", "ug", "ur", "yi"]
)


def _balance(text: str) -> int:
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    return sum(kind in ("R", "AL") for kind in kinds) - kinds.count("L")


def upgrade() -> None:
    rows = sa.table(
        "article",
        sa.column("id", sa.Integer),
        *(sa.column(name, sa.Text) for name in ("headline", "standfirst", "language", "direction")),
    )
    connection = op.get_bind()
    last = 0
    while True:
        found = connection.execute(
            sa.select(rows).where(rows.c.id > last).order_by(rows.c.id).limit(BATCH)
        ).all()
        for row in found:
            last = row.id
            language = row.language or "ar"
            said = language.lower().replace("_", "-").split("-")[0] in _RIGHT_TO_LEFT
            balance = _balance(f"{row.headline} {row.standfirst}")
            written = said if balance == 0 else balance > 0
            right = {
                "language": language if written == said else "ar" if written else "en",
                "direction": "rtl" if written else "ltr",
            }
            if right != {"language": row.language, "direction": row.direction}:
                connection.execute(sa.update(rows).where(rows.c.id == row.id).values(right))
        if len(found) < BATCH:
            return


def downgrade() -> None:
    """Nothing: what is there is right for the former version, too."""
