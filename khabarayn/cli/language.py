"""The operator's language: Arabic where LANG says so, else English."""

from __future__ import annotations

import os


def arabic() -> bool:
    """Return whether messages go out in Arabic (LC_ALL, LC_MESSAGES or LANG starts with «ar»)."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((name for name in names if name), "").startswith("ar")


def say(in_arabic: str, in_english: str) -> str:
    return in_arabic if arabic() else in_english
