"""Maintenance of the log: network addresses are blanked after 90 days, and an export is logged."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import CursorResult, update

from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import LogRow

KEEP_ADDRESSES = timedelta(days=90)


def prune_addresses() -> int:
    """Blank the network addresses of what was done more than 90 days ago; return how many."""
    result = db.session.execute(
        update(LogRow)
        .where(LogRow.at < now() - KEEP_ADDRESSES, LogRow.address != "")
        .values(address="")
    )
    commit()
    return result.rowcount if isinstance(result, CursorResult) else 0


@writing()
def note_export(by: By) -> None:
    """Log that the log was exported. Raises `Forbidden`."""
    require(by, "audit.read")
    log("audit_export", by)
    commit()
