"""All rows of one database copied into another of the same migration, and compared row by row."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Table, bindparam, func, select, text

from khabarayn.store.db import db
from khabarayn.store.models import SearchDocument, SearchWord

# Made anew by indexing: the engines' own index hangs on them.
INDEX_TABLES = {SearchDocument.__tablename__, SearchWord.__tablename__}
BATCH = 500
_MODULUS = 1 << 256


class NotEqual(Exception):
    """A table that does not hold after the copy what it held before; ``table`` names it."""

    def __init__(self, table: str) -> None:
        super().__init__(table)
        self.table = table


def copied_tables() -> list[Table]:
    """Return the tables that are copied, each after those that it refers to."""
    return [table for table in db.metadata.sorted_tables if table.name not in INDEX_TABLES]


def holds_a_paper(connection: Connection) -> bool:
    """Say whether a database holds stories or people."""
    tables = (db.metadata.tables["article"], db.metadata.tables["user_account"])
    return any(connection.scalar(select(func.count()).select_from(one)) for one in tables)


def copy_all(source: Connection, target: Connection) -> dict[str, int]:
    """Put the rows of ``source`` in place of those of ``target``; return how many by table.

    Nothing is committed. Raises `NotEqual` where the target then holds anything else.
    """
    tables = copied_tables()
    for table in reversed(tables):
        target.execute(table.delete())
    counts = {table.name: _copy(table, tables, source, target) for table in tables}
    for table in tables:
        _refer(table, tables, source, target)
        if target.dialect.name == "postgresql":
            _go_on_counting(table, target)
    for table in tables:
        if digest(table, source) != digest(table, target):
            raise NotEqual(table.name)
    return counts


def digest(table: Table, connection: Connection) -> tuple[int, int]:
    """Return the number of rows of a table, and a digest of them in whatever order they come."""
    count = total = 0
    for row in connection.execute(select(table).execution_options(yield_per=BATCH)):
        value = hashlib.sha256(repr(tuple(row)).encode("utf-8", "surrogatepass")).digest()
        total = (total + int.from_bytes(value, "big")) % _MODULUS
        count += 1
    return count, total


def _forward(table: Table, tables: Sequence[Table]) -> list[Column[Any]]:
    """Return the columns that refer to rows of the same table or of one that is copied later."""
    later = set(tables[tables.index(table) :])
    return [
        column
        for column in table.columns
        if column.nullable and any(key.column.table in later for key in column.foreign_keys)
    ]


def _copy(table: Table, tables: Sequence[Table], source: Connection, target: Connection) -> int:
    waiting = {column.key for column in _forward(table, tables)}
    count = 0
    result = source.execute(select(table).execution_options(yield_per=BATCH))
    for rows in result.mappings().partitions(BATCH):
        target.execute(table.insert(), [_without(row, waiting) for row in rows])
        count += len(rows)
    return count


def _without(row: RowMapping, waiting: set[str]) -> dict[str, Any]:
    return {str(key): None if key in waiting else value for key, value in row.items()}


def _refer(table: Table, tables: Sequence[Table], source: Connection, target: Connection) -> None:
    """Fill in the references that had to wait for their rows."""
    keys = list(table.primary_key.columns)
    for column in _forward(table, tables):
        rows = source.execute(select(*keys, column).where(column.is_not(None))).all()
        if rows:
            statement = table.update().values({column: bindparam("new_value")})
            for number, key in enumerate(keys):
                statement = statement.where(key == bindparam(f"key_{number}"))
            names = [*(f"key_{number}" for number in range(len(keys))), "new_value"]
            target.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])


def _go_on_counting(table: Table, target: Connection) -> None:
    """Let PostgreSQL give the next row a number above those that came."""
    for column in table.primary_key.columns:
        place = {"table": table.name, "column": column.name}
        sequence = target.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), place)
        if sequence:
            top = target.scalar(select(func.max(column)))
            target.execute(
                text("SELECT setval(CAST(:sequence AS regclass), :top, :used)"),
                {"sequence": sequence, "top": top or 1, "used": top is not None},
            )
