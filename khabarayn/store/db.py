"""The one database handle, its column types, and how SQLite is opened."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast
from urllib.parse import quote

from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    MetaData,
    Row,
    Select,
    TypeDecorator,
    event,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import Pool


class Base(DeclarativeBase):
    """What every table inherits: names of keys and indexes that migrations can rely on."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


# The engines' own index of search: made by migrations, never compared with the models.
INDEX = "search_index"


def compared(name: str | None, kind: str, _parents: object) -> bool:
    """Return whether Alembic compares the thing called ``name`` with the models."""
    return not (kind == "table" and (name or "").startswith(INDEX))


def compact_json(value: Any) -> str:
    """Return ``value`` as JSON with its letters as they are: two bytes for an Arabic one, not six.

    >>> compact_json([{"kind": "paragraph", "html": "خبر"}])
    '[{"kind":"paragraph","html":"خبر"}]'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        # A lone surrogate, which UTF-8 cannot hold, stays escaped.
        return json.dumps(value, separators=(",", ":"))
    return text


# Values of a statement (headlines, addresses, hashes) never reach a log or an error's text.
db = SQLAlchemy(
    model_class=Base, engine_options={"json_serializer": compact_json, "hide_parameters": True}
)
migrate = Migrate(render_as_batch=True, compare_type=True, include_name=compared)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Processor(Protocol):
    """What makes a value of what a column holds."""

    def __call__(self, value: Any) -> Any:
        """Return the value."""
        ...


# Longer texts of a column are read each time: what is remembered is bounded.
_REMEMBERED_TEXT = 65_536


def _read_once(process: Processor | None, dialect: Dialect, size: int) -> Processor | None:
    """Return ``process``, which makes a frozen value of what a column holds, so that it reads the
    same text once while it is among the last ``size``: SQLite hands over text, other engines what
    their drivers make of it."""
    if process is None or not size or dialect.name != "sqlite":
        return process
    cached_process = cast("Processor", lru_cache(maxsize=size)(process))

    def read(value: Any) -> Any:
        return process(value) if value and len(value) > _REMEMBERED_TEXT else cached_process(value)

    return read


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as UTC on every engine; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor | None:
        """Return what reads a stored moment: lists ask for the same ones again and again."""
        return _read_once(super().result_processor(dialect, coltype), dialect, 2048)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return what is stored: UTC, without a zone on SQLite, which knows none. Raises
        ``ValueError`` for a naive value."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored moment, aware and in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonOf(TypeDecorator[Any]):
    """A frozen value in a column of JSON: rows carry the value itself, and this alone turns it into
    JSON with ``write`` and back with ``read``."""

    impl = JSON
    cache_ok = True

    def __init__(
        self, write: Callable[[Any], Any], read: Callable[[Any], Any], cache_size: int = 0
    ) -> None:
        super().__init__()
        self.write, self.read = write, read
        self.cache_size = cache_size

    def result_processor(self, dialect: Dialect, coltype: object) -> Processor | None:
        """Return what reads a stored value; the last ``cache_size`` of them, which
        must be frozen values, are read once."""
        return _read_once(super().result_processor(dialect, coltype), dialect, self.cache_size)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Return the value as JSON-ready data, by the column's `write`; None stays None."""
        del dialect
        return None if value is None else self.write(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Return the stored data as a value, by the column's `read`; None stays None."""
        del dialect
        return None if value is None else self.read(value)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


class WithoutRoom(sqlite3.Connection):
    """A connection that only reads, opened where the disk is full."""


_NO_ROOM = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR_SHMSIZE,
    sqlite3.SQLITE_IOERR_SHMOPEN,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_READONLY_DIRECTORY,
}


@event.listens_for(Engine, "do_connect")
def _connect_sqlite(dialect: Any, _record: Any, arguments: Any, keywords: dict[str, Any]) -> Any:
    """Open an SQLite file; one whose WAL finds no room on the disk is opened only for reading."""
    if dialect.name != "sqlite":
        return None
    connection = dialect.connect(*arguments, **keywords)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        path = Path(arguments[0])
        wal = path.with_name(path.name + "-wal")
        if error.sqlite_errorcode not in _NO_ROOM or not path.is_file():
            return connection
        connection.close()
        # What an unclean end left in a WAL is read with its index in memory, shared by the threads
        # of this process; other processes wait until the disk has room.
        unclean = wal.is_file() and wal.stat().st_size
        how = "vfs=unix-excl" if unclean else "mode=ro&immutable=1"
        address = f"file:{quote(str(path))}?{how}"
        how_opened: dict[str, Any] = {**keywords, "uri": True, "factory": WithoutRoom}
        reading = sqlite3.connect(address, **how_opened)
        reading.execute("PRAGMA query_only = 1")
        return reading
    return connection


@event.listens_for(Pool, "checkin")
def _ask_for_room_again(connection: Any, record: Any) -> None:
    # The next connection opens the file anew: the disk may have room by then.
    if isinstance(connection, WithoutRoom):
        record.invalidate(soft=True)


@event.listens_for(Engine, "connect")
def _open_sqlite(connection: Any, _record: object) -> None:
    # WAL with synchronous FULL syncs before a commit is acknowledged; NORMAL does not.
    if not isinstance(connection, sqlite3.Connection) or isinstance(connection, WithoutRoom):
        return
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA cache_size = -16000")
    cursor.close()


_DEPTH, _COMMIT = "khabarayn_writing", "khabarayn_commit_wanted"


class UnsavedChanges(RuntimeError):
    """A verb was begun while the session held uncommitted changes: an error of the caller."""


@contextmanager
def writing(*claims: str) -> Generator[None]:
    """Hold the lock of a write from before a verb reads what it decides by.

    A decorator of verbs, or a context around the part of one that decides. Everything the session
    had read is forgotten and is read anew. On SQLite the one write lock is held to the end of the
    transaction (BEGIN IMMEDIATE waits for it; a read transaction that turns into a write does not
    wait, it fails). On PostgreSQL rows are locked as verbs read them, and each of ``claims``
    («front», an address to be) is held against other transactions that claim it: for what has no
    row yet. What nobody has asked to `commit` is rolled back at the end. Inside another `writing`
    only the claims are added: several verbs are then one transaction. Raises `UnsavedChanges`.
    """
    session = db.session()
    outermost = not session.info.get(_DEPTH, 0)
    if outermost:
        if session.new or session.dirty or session.deleted:
            raise UnsavedChanges("a verb was begun over changes that are not committed")
        session.rollback()
        connection = session.connection()
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    session.info[_DEPTH] = session.info.get(_DEPTH, 0) + 1
    try:
        claim(*claims)
        yield
        if outermost and session.info.pop(_COMMIT, False):
            session.commit()
    finally:
        session.info[_DEPTH] -= 1
        if outermost:
            session.info.pop(_COMMIT, None)
            session.rollback()


def within_writing() -> bool:
    """Say whether a verb is under way in this session: what it writes is not committed yet."""
    return db.session().info.get(_DEPTH, 0) > 0


def commit() -> None:
    """Commit what was written: now, or where verbs stand in one `writing`, at its end."""
    session = db.session()
    if session.info.get(_DEPTH, 0) > 1:
        session.flush()
        session.info[_COMMIT] = True
    else:
        session.commit()


def ask(
    statement: Select[*tuple[Any, ...]], values: Mapping[str, Any] | None = None
) -> Sequence[Row[Any]]:
    """Return the rows of a select of columns, in this session's transaction and after what it has
    not yet written: half the price of the session's own way, which looks for objects in them."""
    session = db.session()
    if session.autoflush and (session.new or session.dirty or session.deleted):
        session.flush()
    return session.connection().execute(statement, dict(values or {})).all()


def claim(*names: str) -> None:
    """Hold ``names`` to the end of the transaction against whoever else claims one of them.

    On SQLite the write lock of `writing` holds everything already.
    """
    if names and db.session.connection().dialect.name == "postgresql":
        for name in sorted(names):
            key = func.hashtextextended(name, 0)
            db.session.execute(select(func.pg_advisory_xact_lock(key)))


def insert_into(table: type[Any]) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT of this engine, which can say what happens on a conflict."""
    engine = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return engine.insert(table)
