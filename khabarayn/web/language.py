"""The language of the interface: the first of the settings, or the one whose prefix the address
has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, abort, current_app, request

from khabarayn.settings import settings_of
from khabarayn.store.queries.languages import languages_with_stories
from khabarayn.web.caching import PERSONAL
from khabarayn.web.site import paper


def request_locale() -> str:
    """Return the locale of this request, or the paper's first one."""
    settings = settings_of(current_app.config)
    prefix = request.script_root.strip("/") if request else ""
    return prefix if prefix in settings.locales else settings.locales[0]


def lists_language() -> str:
    """Return the language whose stories the lists of this request show: that of the interface, or
    the paper's first one while no story is published in it."""
    locale = request_locale()
    first = settings_of(current_app.config).locales[0]
    return locale if locale == first or locale in languages_with_stories() else first


def require_offered_language() -> None:
    """Answer 404 in a language that the newsroom does not offer at present."""
    prefix = request.script_root.strip("/")
    if prefix and not request.path.startswith(PERSONAL) and prefix not in paper().locales:
        abort(404)


def register(app: Flask) -> None:
    """Refuse languages that the paper does not offer now."""
    app.before_request(require_offered_language)


class Prefix:
    """Serves ``/en/…`` as ``/…`` in English: the prefix moves to SCRIPT_NAME, so every address
    built while answering keeps it."""

    def __init__(self, app: Callable[..., Iterable[bytes]], locales: Iterable[str]) -> None:
        self.app = app
        self.locales = frozenset(locales)

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        first, slash, rest = path[1:].partition("/")
        if slash and first in self.locales:
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + "/" + first
            environ["PATH_INFO"] = "/" + rest
        return self.app(environ, start_response)
