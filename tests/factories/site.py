"""Rows of what the newsroom says of the paper itself."""

from __future__ import annotations

from typing import Any

from factories.rows import added
from khabarayn.store.models import SettingRow


def setting(**given: Any) -> SettingRow:
    return added(SettingRow, given, name="months", value="levantine")
