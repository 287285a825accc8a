"""E-mail sent in the background, so that the time of an answer reveals nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Flask, current_app

from khabarayn.jobs.mail import send
from khabarayn.settings import settings_of


def can_write() -> bool:
    """Say whether the site has a mail server."""
    settings = settings_of(current_app.config)
    return bool(settings.smtp_url)


def post_later(
    to: str, subject: str, text: str, if_so: Callable[[], bool] = lambda: True
) -> threading.Thread | None:
    """Send a letter beside the request, if ``if_so`` (asked there, in the application) says so.

    Does nothing without a mail server; what goes wrong is logged.
    """
    settings = settings_of(current_app.config)
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if not settings.smtp_url:
        return None

    def post() -> None:
        with app.app_context():
            recipient = if_so()
        if recipient:
            send(settings.smtp_url, to, subject, text)

    thread = threading.Thread(target=post, name="mail")
    thread.start()
    return thread
