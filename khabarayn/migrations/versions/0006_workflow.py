"""The newsroom's workflow: notes of review, who has what open, planned editions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from khabarayn.arabic.normalise import fold

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

EPOCH = "1970-01-01 00:00:00"
INDEXES = (
    ("ix_article_status_changed_at", ["status", "changed_at"]),
    ("ix_article_status_published_at", ["status", "published_at"]),
    ("ix_article_owner_id_changed_at", ["owner_id", "changed_at"]),
)
BATCH = 500


def upgrade() -> None:
    when = sa.DateTime(timezone=True)
    for column in (
        sa.Column("changed_at", when, nullable=False, server_default=EPOCH),
        sa.Column("live_number", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("folded", sa.Text(), nullable=False, server_default=""),
    ):
        op.add_column("article", column)
    for column in (
        sa.Column("plan", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("ordered_at", when, nullable=True),
        sa.Column("ordered_by", sa.String(length=120), nullable=False, server_default=""),
    ):
        op.add_column("edition", column)
    _fill()
    for name, columns in INDEXES:
        op.create_index(name, "article", columns)
    op.create_table(
        "review_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("at", when, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_review_note_article_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_note")),
    )
    op.create_index(op.f("ix_review_note_article_id"), "review_note", ["article_id"])
    op.create_table(
        "presence",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("at", when, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_presence_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "person_id", name=op.f("pk_presence")),
    )
    op.create_index(op.f("ix_presence_at"), "presence", ["at"])


def _fill() -> None:
    """Tell the stories that are there already when they changed and what readers see of them."""
    connection = op.get_bind()
    connection.execute(
        sa.text("UPDATE article SET changed_at = coalesce(withdrawn_at, updated_at, created_at)")
    )
    # Nobody wrote down until now which revision was published: the newest is taken to be.
    connection.execute(
        sa.text(
            "UPDATE article SET live_number = coalesce((SELECT max(number) FROM revision "
            "WHERE revision.article_id = article.id), 0) WHERE status = 'published'"
        )
    )
    last = 0
    while True:
        rows = connection.execute(
            sa.text(
                "SELECT id, headline, standfirst FROM article WHERE id > :last ORDER BY id LIMIT :n"
            ),
            {"last": last, "n": BATCH},
        ).all()
        if not rows:
            return
        connection.execute(
            sa.text("UPDATE article SET folded = :folded WHERE id = :id"),
            [{"id": row[0], "folded": fold(f"{row[1]} {row[2]}")} for row in rows],
        )
        last = rows[-1][0]


def downgrade() -> None:
    op.drop_table("presence")
    op.drop_table("review_note")
    for name, _columns in INDEXES:
        op.drop_index(name, "article")
    for column in ("folded", "live_number", "changed_at"):
        op.drop_column("article", column)
    for column in ("ordered_by", "ordered_at", "plan"):
        op.drop_column("edition", column)
