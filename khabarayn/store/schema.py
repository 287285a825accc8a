"""At which migration a database is, and whether this version can serve from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect

from khabarayn.settings import PACKAGE

# Nine steps became one before the first release; these are the ids of the first eight.
FIRST_STEPS = frozenset(f"{number:04d}" for number in range(1, 9))

# How Alembic calls a table of SQLite while it is made anew.
_HALF_MADE = "_alembic_tmp_"

State = Literal["current", "empty", "older", "joined", "unknown"]


@dataclass(frozen=True)
class Schema:
    """The revision of a database (none: no tables yet), and the newest that this version knows."""

    at: str | None
    newest: str

    @property
    def state(self) -> State:
        """``older`` is brought up by ``khabarayn init``; ``joined`` stands at a step that is part
        of another by now; ``unknown`` was made by a newer version."""
        if self.at == self.newest:
            return "current"
        if self.at is None:
            return "empty"
        if self.at in FIRST_STEPS:
            return "joined"
        return "older" if self.at in _known_revisions() else "unknown"


def schema_of(connection: Connection) -> Schema:
    """Return where the database of ``connection`` stands."""
    return Schema(MigrationContext.configure(connection).get_current_revision(), newest())


def gaps(connection: Connection, metadata: MetaData) -> tuple[str, ...]:
    """Return the tables and columns of ``metadata`` that the database lacks, and tables that a
    migration left behind half made; none where every step was taken whole."""
    inspector = inspect(connection)
    names = set(inspector.get_table_names())
    missing = [name for name in metadata.tables if name not in names]
    for name, table in metadata.tables.items():
        if name in names:
            columns = {column["name"] for column in inspector.get_columns(name)}
            missing += [f"{name}.{column.name}" for column in table.c if column.name not in columns]
    return tuple(sorted([*missing, *(name for name in names if name.startswith(_HALF_MADE))]))


@cache
def newest() -> str:
    """Return the id of the newest migration."""
    head = _scripts().get_current_head()
    assert head is not None
    return head


@cache
def _known_revisions() -> frozenset[str]:
    return frozenset(script.revision for script in _scripts().walk_revisions())


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(PACKAGE / "migrations"))
