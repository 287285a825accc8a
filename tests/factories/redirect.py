"""Rows of addresses that moved."""

from __future__ import annotations

from typing import Any

from factories.article import NOON
from factories.rows import added, number
from khabarayn.store.models import RedirectRow


def redirect(**given: Any) -> RedirectRow:
    path = f"/old/{next(number)}"
    return added(RedirectRow, given, path=path, target="/latest", created_at=NOON)
