"""The operator's language: what LANG says, as far as there is a catalogue; else English.

Commands speak before there is an application, so they read the catalogues themselves. Within
`khabarayn.cli.application.open_app` whatever the rooms say comes in the same language.
"""

from __future__ import annotations

import os
from functools import cache
from gettext import NullTranslations, translation

from khabarayn.settings import SITE

TRANSLATIONS = SITE / "translations"


def operator_locale() -> str:
    """Return the language of messages («ar», «en», …), from LC_ALL, LC_MESSAGES or LANG.

    Without one of them, or with one that has no catalogue («C», «POSIX»), it is English.
    """
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    code = next(filter(None, names), "").partition(".")[0].partition("_")[0].lower()
    return code if code.isalpha() and (TRANSLATIONS / code).is_dir() else "en"


def gettext(message: str, **values: object) -> str:
    """Return ``message``, which is Arabic in the source, in the operator's language."""
    translated_text = _catalogue(operator_locale()).gettext(message)
    return translated_text % values if values else translated_text


@cache
def _catalogue(locale: str) -> NullTranslations:
    return translation("messages", TRANSLATIONS, [locale], fallback=True)
