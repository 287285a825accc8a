"""Rows of agencies and papers that stories come from."""

from __future__ import annotations

from typing import Any

from factories.rows import added, number
from khabarayn.store.models import SourceRow


def source(**given: Any) -> SourceRow:
    return added(SourceRow, given, name=f"وكالة {next(number)}", url="https://agency.example/")
