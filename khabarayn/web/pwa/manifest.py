"""The web app manifest."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from khabarayn.web.site import paper

PAPER = "#FBFAF7"


def manifest() -> Response:
    """The web app manifest in the language of the request."""
    settings = paper()
    locale = get_locale()
    found: dict[str, Any] = {
        "id": "/",
        "name": settings.site_name,
        "short_name": settings.site_name,
        "description": _("أخبار وتقارير بالعربية، تُقرأ بشبكة ضعيفة وبلا شبكة."),
        "lang": locale.language if locale else "ar",
        "dir": locale.text_direction if locale else "rtl",
        "start_url": url_for("reader.home") + "?from=app",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["news"],
        "icons": [
            _icon("icons/icon.svg", "any", "image/svg+xml", "any"),
            _icon("icons/icon-192.png", "192x192"),
            _icon("icons/icon-512.png", "512x512"),
            _icon("icons/maskable-512.png", "512x512", purpose="maskable"),
            _icon("icons/monochrome-512.png", "512x512", purpose="monochrome"),
        ],
        "screenshots": [
            _shot("shots/narrow.webp", "narrow", "750x1334", _("الصفحة الأولى على الهاتف")),
            _shot("shots/wide.webp", "wide", "1280x800", _("الصفحة الأولى على المكتب")),
        ],
        "share_target": {
            "action": url_for("pwa.opening"),
            "method": "GET",
            "enctype": "application/x-www-form-urlencoded",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
        "launch_handler": {"client_mode": "navigate-existing"},
        "shortcuts": [
            _shortcut(_("آخر الأخبار"), url_for("reader.latest")),
            _shortcut(_("المحفوظات"), url_for("reader.saved")),
            _shortcut(_("النشرات"), url_for("editions.all")),
            _shortcut(_("بحث"), url_for("reader.search")),
        ],
    }
    body = json.dumps(found, ensure_ascii=False)
    return Response(body, content_type="application/manifest+json; charset=utf-8")


def _icon(name: str, sizes: str, mime: str = "image/png", purpose: str = "any") -> dict[str, str]:
    src = url_for("static", filename=name)
    return {"src": src, "sizes": sizes, "type": mime, "purpose": purpose}


def _shot(name: str, form: str, sizes: str, label: str) -> dict[str, str]:
    src = url_for("static", filename=name)
    return {
        "src": src,
        "sizes": sizes,
        "type": "image/webp",
        "form_factor": form,
        "label": label,
    }


def _shortcut(name: str, url: str) -> dict[str, Any]:
    return {"name": name, "url": url, "icons": [_icon("icons/icon-192.png", "192x192")]}
