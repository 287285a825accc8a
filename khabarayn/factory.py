"""The application factory: builds the application and imports all that the site needs."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Any

from flask import Flask, request
from flask_babel import Babel
from flask_compress import Compress
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from khabarayn import logs
from khabarayn.media.store import open_store
from khabarayn.settings import PACKAGE, SITE, Settings
from khabarayn.store import models
from khabarayn.store.db import db, migrate
from khabarayn.web import (
    assets,
    caching,
    compiled,
    condition,
    converters,
    editions,
    errors,
    feeds,
    filters,
    fragments,
    health,
    language,
    metrics,
    newsroom,
    offline_headers,
    page_cache,
    pwa,
    reader,
    security,
    sessions,
    site,
    templating,
)
from khabarayn.web.request import AppRequest
from khabarayn.web.request import register as register_request

# The tables are known as soon as the factory is imported.
__all__ = ["Khabarayn", "create_app", "models"]

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
# Addresses without a language prefix: these files are the same in every language.
SHARED_ENDPOINTS = {"static", "reader.media", "pwa.face_sheet", "pwa.face_drawing"}

# How many addresses a process remembers, and how long the values in them may be.
ADDRESSES, SHORT = 16_384, 100

COMPRESSIBLE_TYPES = [
    "text/css",
    "text/html",
    "text/plain",
    "text/javascript",
    "application/json",
    "application/feed+json",
    "application/manifest+json",
    "application/xml",
    "application/rss+xml",
    "application/atom+xml",
    "application/opensearchdescription+xml",
]


class Khabarayn(Flask):
    """Flask, with addresses of shared files kept free of the language prefix."""

    request_class = AppRequest
    jinja_environment = templating.LanguageEnvironment

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._known_address = lru_cache(maxsize=ADDRESSES)(self._address)

    def url_for(self, endpoint: str, **values: Any) -> str:
        """Return the address of ``endpoint``, without the language prefix for files that are the
        same in every language (`SHARED_ENDPOINTS`). Addresses are remembered: a page has dozens."""
        if not request:
            return super().url_for(endpoint, **values)
        query = tuple((name, value) for name, value in values.items() if value is not None)
        # What readers typed may be long, and nobody else asks for it.
        special = endpoint.startswith(".") or any(
            name.startswith("_") or not (type(value) is int or is_short_text(value))
            for name, value in query
        )
        address = self._address if special else self._known_address
        return address(request.script_root, endpoint, query)

    def _address(self, root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
        url = super().url_for(endpoint, **dict(values))
        return url.removeprefix(root) if endpoint in SHARED_ENDPOINTS else url


def is_short_text(value: object) -> bool:
    """Say whether ``value`` is a text of at most `SHORT` characters."""
    return isinstance(value, str) and len(value) <= SHORT


def create_app(settings: Settings | None = None) -> Khabarayn:
    """Build the application from its settings and return it as a WSGI application."""
    settings = settings or Settings.from_env()
    logs.set_up(settings.log_format)
    app = Khabarayn("khabarayn", template_folder=str(SITE / "templates"), static_folder=None)
    app.config.update(_flask_configuration(settings))
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    compiled.register(app, settings.data_dir.resolve() / "templates")
    db.init_app(app)
    migrate.init_app(app, db, directory=str(PACKAGE / "migrations"))
    Babel(app, locale_selector=language.request_locale)
    templating.register(app)
    converters.register(app)
    filters.register(app)
    site.register(app)
    errors.register(app)
    condition.register(app)
    register_request(app)
    language.register(app)
    # after_request runs backwards: headers last, compression before them, caching first.
    security.register(app)
    Compress(app)
    offline_headers.register(app)
    caching.register(app)
    sessions.register(app)
    newsroom.register(app)
    for room in (reader, fragments, feeds, pwa, health, metrics, editions):
        app.register_blueprint(room.bp)
    app.extensions["khabarayn.media"] = open_store(settings.media)
    assets.register(app)
    app.wsgi_app = language.Prefix(app.wsgi_app, settings.locales[1:])  # type: ignore[method-assign]
    page_cache.register(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _flask_configuration(settings: Settings) -> dict[str, Any]:
    return {
        "KHABARAYN": settings,
        "SECRET_KEY": settings.secret(),
        "SQLALCHEMY_DATABASE_URI": settings.database,
        # A connection for every thread that may ask at once: readers', the others', the worker.
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_timeout": 2, "max_overflow": settings.threads + 8},
        "TRUSTED_HOSTS": list(settings.trusted_hosts)
        or (None if settings.production else LOOPBACK),
        "MAX_CONTENT_LENGTH": 64 * 1024,
        "MAX_FORM_MEMORY_SIZE": 64 * 1024,
        "MAX_FORM_PARTS": 64,
        "BABEL_DEFAULT_LOCALE": settings.locales[0],
        "BABEL_DEFAULT_TIMEZONE": settings.timezone,
        # Absolute, or Flask-Babel looks beside the package and finds nothing.
        "BABEL_TRANSLATION_DIRECTORIES": str(SITE / "translations"),
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        # Level 4 takes half the time, and a tenth more of what readers pay for.
        "COMPRESS_BR_LEVEL": 5,
        "COMPRESS_MIMETYPES": COMPRESSIBLE_TYPES,
        "COMPRESS_MIN_SIZE": 600,
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=8),
    }
