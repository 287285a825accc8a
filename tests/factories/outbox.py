"""Rows of what is still to be told, and of who did what."""

from __future__ import annotations

from typing import Any

from factories.article import NOON
from factories.rows import added
from khabarayn.store.models import LogRow, OutboxRow


def outbox(**given: Any) -> OutboxRow:
    return added(OutboxRow, given, topic="published", payload={}, created_at=NOON)


def log(**given: Any) -> LogRow:
    return added(LogRow, given, at=NOON, who="سمر", verb="publish", detail={})
