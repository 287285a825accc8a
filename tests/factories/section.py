"""Rows of sections."""

from __future__ import annotations

from typing import Any

from factories.rows import added, number
from khabarayn.store.models import SectionRow
from khabarayn.store.queries.sections import forget_sections


def section(**given: Any) -> SectionRow:
    n = next(number)
    row = added(SectionRow, given, slug=f"section-{n}", name=f"قسم {n}", position=n)
    forget_sections()
    return row
