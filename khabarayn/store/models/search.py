"""The tables of search: a document for each published story, and the vocabulary.

The index itself is the engine's own (`INDEX`): an FTS5 table that triggers keep in step on
SQLite, a table of text vectors on PostgreSQL. Both follow ``search_document`` row by row.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Integer, String, Text, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import INDEX, Model

Key = BigInteger().with_variant(Integer, "sqlite")
# In the order of code points, so that a beginning is one span of the primary key.
FoldedWord = String(64).with_variant(String(64, collation="C"), "postgresql")


class SearchDocument(Model):
    """The words of one published story. ``key`` grows with the time of publication (see
    `khabarayn.search.document.key_of`); ``head`` to ``body`` are stems, ``exact`` is the folded
    words of them all with «¶» between the fields, ``labels`` the lists that it stands in."""

    __tablename__ = "search_document"

    key: Mapped[int] = mapped_column(Key, primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), unique=True
    )
    head: Mapped[str] = mapped_column(Text)
    standfirst: Mapped[str] = mapped_column(Text)
    tags: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    exact: Mapped[str] = mapped_column(Text)
    labels: Mapped[str] = mapped_column(Text)


class SearchWord(Model):
    """A folded word of the archive: how many stories have it, and the spelling most of them use
    (``display``, by majority vote: ``votes`` is its lead over all others)."""

    __tablename__ = "search_word"

    word: Mapped[str] = mapped_column(FoldedWord, primary_key=True)
    stem: Mapped[str] = mapped_column(String(64), index=True)
    display: Mapped[str] = mapped_column("shown", String(128))
    votes: Mapped[int] = mapped_column(default=0)
    df: Mapped[int] = mapped_column(default=0)

    __table_args__ = ({"sqlite_with_rowid": False},)


class SearchState(Model):
    """Numbers that search keeps about itself, by name."""

    __tablename__ = "search_state"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger, default=0)


_COLUMNS = "head, standfirst, tags, body, exact, labels"
_OLD = ", ".join(f"old.{name}" for name in _COLUMNS.split(", "))
_NEW = ", ".join(f"new.{name}" for name in _COLUMNS.split(", "))

# The words come folded and separated by spaces; «ascii» leaves every other letter as it is.
SQLITE_INDEX = (
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5({_COLUMNS}, content='search_document', "
    "content_rowid='key', tokenize='ascii')",
    f"CREATE TRIGGER {INDEX}_in AFTER INSERT ON search_document BEGIN "
    f"INSERT INTO {INDEX} (rowid, {_COLUMNS}) VALUES (new.key, {_NEW}); END",
    f"CREATE TRIGGER {INDEX}_out AFTER DELETE ON search_document BEGIN "
    f"INSERT INTO {INDEX} ({INDEX}, rowid, {_COLUMNS}) VALUES ('delete', old.key, {_OLD}); END",
)
POSTGRES_INDEX = (
    f"CREATE TABLE {INDEX} (key bigint PRIMARY KEY REFERENCES search_document (key) "
    "ON DELETE CASCADE, vector tsvector NOT NULL)",
    # Uncompressed: ranking reads hundreds of vectors, and unpacking was most of its time.
    f"ALTER TABLE {INDEX} ALTER COLUMN vector SET STORAGE EXTERNAL",
    f"CREATE INDEX ix_{INDEX}_vector ON {INDEX} USING gin (vector) WITH (fastupdate = off)",
)


def make_index(connection: Connection) -> None:
    """Create the engine's own index tables."""
    sqlite = connection.dialect.name == "sqlite"
    for statement in SQLITE_INDEX if sqlite else POSTGRES_INDEX:
        connection.exec_driver_sql(statement)


def drop_index(connection: Connection) -> None:
    """Drop what `make_index` created."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {INDEX}_in")
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {INDEX}_out")
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {INDEX}")


@event.listens_for(SearchDocument.__table__, "after_create")
def _after_create(_target: object, connection: Connection, **_: Any) -> None:
    make_index(connection)


@event.listens_for(SearchDocument.__table__, "before_drop")
def _before_drop(_target: object, connection: Connection, **_: Any) -> None:
    drop_index(connection)
