"""The language of stored words: what readers will see does not depend on who was working."""

from __future__ import annotations

from contextlib import AbstractContextManager

from flask import current_app
from flask_babel import force_locale

from khabarayn.settings import settings_of


def paper_language(language: str = "") -> AbstractContextManager[None]:
    """Speak ``language``, the paper's first one where none is named, inside the ``with``, whatever
    the person's own is."""
    settings = settings_of(current_app.config)
    return force_locale(language or settings.locales[0])
