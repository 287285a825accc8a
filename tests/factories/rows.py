"""Put a row into the session, and numbers that never come twice."""

from __future__ import annotations

from itertools import count
from typing import Any, TypeVar

from khabarayn.store.db import Base, db

Row = TypeVar("Row", bound=Base)
number = count(1)


def added(table: type[Row], given: dict[str, Any], **usual: Any) -> Row:
    """Return a flushed row of ``table`` saying ``given`` and, for the rest, what is ``usual``."""
    row = table(**{**usual, **given})
    db.session.add(row)
    db.session.flush()
    return row
