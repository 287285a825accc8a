"""The application with its context, for commands that need it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask_babel import force_locale

from khabarayn import Khabarayn, create_app
from khabarayn.cli.language import operator_locale


@contextmanager
def open_app() -> Iterator[Khabarayn]:
    """Open the application with its database, speaking the operator's language."""
    app = create_app()
    with app.app_context(), force_locale(operator_locale()):
        yield app
