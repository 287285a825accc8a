"""Authors can be written to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("contacts", sa.String(1000), nullable=False, server_default="")
    op.add_column("author", column)


def downgrade() -> None:
    op.drop_column("author", "contacts")
