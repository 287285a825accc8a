"""Where the application's own database stands."""

from __future__ import annotations

from khabarayn.store.db import db
from khabarayn.store.schema import Schema, schema_of


def present_schema() -> Schema:
    """Return at which migration the database is, and which is the newest."""
    return schema_of(db.session.connection())
