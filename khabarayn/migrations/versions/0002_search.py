"""Search: documents, vocabulary, editors' spellings, and the engine's own index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = ("head", "standfirst", "tags", "body", "exact", "labels")


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    folded = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")
    op.create_table(
        "search_document",
        sa.Column("key", key, autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in COLUMNS),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_search_document_article_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_search_document")),
        sa.UniqueConstraint("article_id", name=op.f("uq_search_document_article_id")),
    )
    op.create_table(
        "search_word",
        sa.Column("word", folded, nullable=False),
        sa.Column("stem", sa.String(length=64), nullable=False),
        sa.Column("shown", sa.String(length=128), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("df", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_search_word_stem"), "search_word", ["stem"])
    op.create_table(
        "search_state",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_search_state")),
    )
    op.create_table(
        "spelling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spelling")),
        sa.UniqueConstraint("words", name=op.f("uq_spelling_words")),
    )
    for statement in _sqlite() if op.get_bind().dialect.name == "sqlite" else _postgresql():
        op.execute(statement)


def _sqlite() -> tuple[str, ...]:
    columns = ", ".join(COLUMNS)
    old = ", ".join(f"old.{name}" for name in COLUMNS)
    new = ", ".join(f"new.{name}" for name in COLUMNS)
    return (
        f"CREATE VIRTUAL TABLE search_index USING fts5({columns}, content='search_document', "
        "content_rowid='key', tokenize='ascii')",
        "CREATE TRIGGER search_index_in AFTER INSERT ON search_document BEGIN "
        f"INSERT INTO search_index (rowid, {columns}) VALUES (new.key, {new}); END",
        "CREATE TRIGGER search_index_out AFTER DELETE ON search_document BEGIN "
        f"INSERT INTO search_index (search_index, rowid, {columns}) "
        f"VALUES ('delete', old.key, {old}); END",
    )


def _postgresql() -> tuple[str, ...]:
    return (
        "CREATE TABLE search_index (key bigint PRIMARY KEY REFERENCES search_document (key) "
        "ON DELETE CASCADE, vector tsvector NOT NULL)",
        # Uncompressed: ranking reads hundreds of vectors, and unpacking was most of its time.
        "ALTER TABLE search_index ALTER COLUMN vector SET STORAGE EXTERNAL",
        "CREATE INDEX ix_search_index_vector ON search_index USING gin (vector) "
        "WITH (fastupdate = off)",
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER search_index_in")
        op.execute("DROP TRIGGER search_index_out")
    op.execute("DROP TABLE search_index")
    for table in ("spelling", "search_state", "search_word", "search_document"):
        op.drop_table(table)
