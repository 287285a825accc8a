"""Statements whose values go to the driver as they are: whole numbers, fractions, texts and bytes.

What a column's type would do to each value, and what SQLAlchemy does for each parameter of each
row, is left out: of a statement with thousands of values that is most of its cost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, CursorResult

from khabarayn.store.db import Model

Values = Mapping[str, int | float | str | bytes]

_NAME = re.compile(r"(?<!:):([a-z]\w*)")


def run_plain(
    connection: Connection, statement: str, values: Values | Sequence[Values]
) -> CursorResult[Any]:
    """Run ``statement``, which names its values «:name», with these ``values``, or once with each
    of a list of them."""
    sql = _written_for(statement, connection.dialect.name)
    return connection.exec_driver_sql(
        sql, dict(values) if isinstance(values, Mapping) else [dict(one) for one in values]
    )


def insert_plain(connection: Connection, table: type[Model], rows: Sequence[Values]) -> None:
    """Insert these ``rows``, all of the same columns, which no default of the table fills."""
    if rows:
        run_plain(connection, _insert(table.__tablename__, tuple(rows[0])), rows)


@lru_cache(maxsize=64)
def _insert(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(f":{c}" for c in columns)})'


@lru_cache(maxsize=256)
def _written_for(statement: str, dialect: str) -> str:
    """Return ``statement`` with its values named as the driver of ``dialect`` reads them."""
    if dialect == "sqlite":
        return statement
    return _NAME.sub(r"%(\1)s", statement.replace("%", "%%"))
