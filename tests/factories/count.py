"""Rows of a day's sums."""

from __future__ import annotations

from typing import Any

from factories.article import NOON
from factories.rows import added
from khabarayn.store.models import CountRow


def day_count(**given: Any) -> CountRow:
    return added(CountRow, given, day=NOON.date(), kind="share", name="whatsapp", count=1)
