"""The language of stored words: what readers will see does not depend on who was working."""

from __future__ import annotations

from contextlib import AbstractContextManager

from flask import current_app
from flask_babel import force_locale

from khabarayn.settings import settings_of


def paper_language() -> AbstractContextManager[None]:
    """Speak the paper's first language inside the ``with``, whatever the person's own is."""
    settings = settings_of(current_app.config)
    return force_locale(settings.locales[0])
