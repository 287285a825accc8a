"""Amounts in words: a number with its noun, in the form that the language wants after «من»."""

from __future__ import annotations

from flask_babel import ngettext

from khabarayn.arabic.numerals import number


def characters(count: int) -> str:
    """Return so many characters, in the genitive: «أطول من 120 حرفًا»."""
    return ngettext("حرف واحد", "%(count)s حرف", count, count=number(count))
