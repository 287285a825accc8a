"""How Alembic reaches the paper's database: through the application's own handle."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from flask import current_app

from khabarayn.store.db import UTCDateTime

config = context.config
handle = current_app.extensions["migrate"].db
metadata = handle.metadata


def _plain(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """Write our own column types as what they are in the database: a migration outlives them."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _options() -> dict[str, object]:
    return {
        "target_metadata": metadata,
        "render_as_batch": True,
        "compare_type": True,
        "render_item": _plain,
        **current_app.extensions["migrate"].configure_args,
    }


def run() -> None:
    connection = config.attributes.get("connection")
    if connection is not None:
        context.configure(connection=connection, **_options())  # type: ignore[arg-type]
        with context.begin_transaction():
            context.run_migrations()
        return
    with handle.engine.connect() as connection, connection.begin():
        if connection.dialect.name == "sqlite":
            # Without it sqlite3 commits before each table: killed half-way, what is there stays,
            # and the next run stops at it. So all steps come with one commit, as on PostgreSQL.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        context.configure(connection=connection, transactional_ddl=True, **_options())  # type: ignore[arg-type]
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    context.configure(
        url=handle.engine.url.render_as_string(hide_password=False),
        literal_binds=True,
        **_options(),  # type: ignore[arg-type]
    )
    with context.begin_transaction():
        context.run_migrations()
else:
    run()
