"""The web app manifest."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from khabarayn.face.value import Face
from khabarayn.store.queries.faces import face_file
from khabarayn.web.site import SHOTS, face, face_url, line_of

PAPER = "#FBFAF7"


def manifest() -> Response:
    """The web app manifest in the language of the request."""
    paper_face = face()
    locale = get_locale()
    members: dict[str, Any] = {
        "id": "/",
        "name": paper_face.name,
        "short_name": paper_face.short,
        "description": line_of(paper_face),
        "lang": locale.language if locale else "ar",
        "dir": locale.text_direction if locale else "rtl",
        "start_url": url_for("reader.home") + "?from=app",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["news"],
        "icons": [
            _icon("icon.svg", "any", "image/svg+xml", "any"),
            _icon("icon-192.png", "192x192"),
            _icon("icon-512.png", "512x512"),
            _icon("maskable-512.png", "512x512", purpose="maskable"),
            _icon("monochrome-512.png", "512x512", purpose="monochrome"),
        ],
        "screenshots": _shots(paper_face),
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
    body = json.dumps(members, ensure_ascii=False)
    return Response(body, content_type="application/manifest+json; charset=utf-8")


def _icon(name: str, sizes: str, mime: str = "image/png", purpose: str = "any") -> dict[str, str]:
    return {"src": face_url(name), "sizes": sizes, "type": mime, "purpose": purpose}


def _shots(paper_face: Face) -> list[dict[str, str]]:
    """Return the pictures of the screen that the face has: a paper without them shows none."""
    words = {
        "narrow": _("الصفحة الأولى على الهاتف"),
        "wide": _("الصفحة الأولى على المكتب"),
    }
    shots = zip(SHOTS, words.items(), map(face_file, paper_face.shots), strict=False)
    return [
        {
            "src": face_url(name, paper_face),
            "sizes": f"{file.width}x{file.height}",
            "type": file.mime,
            "form_factor": form,
            "label": label,
        }
        for name, (form, label), file in shots
        if file
    ]


def _shortcut(name: str, url: str) -> dict[str, Any]:
    return {"name": name, "url": url, "icons": [_icon("icon-192.png", "192x192")]}
