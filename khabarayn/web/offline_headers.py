"""The KH-* headers, which tell the service worker what it may cache, and the hook that sets or
removes them.

``KH-Cache: article|fragment|list|shell|image; id=…; rev=…`` names what an answer is; ``KH-Len`` and
``KH-Sha256`` are the length and digest of the decoded body, because every browser engine can take a
truncated body for a whole one.
"""

from __future__ import annotations

import hashlib

from flask import Flask, Response, g, request
from werkzeug.datastructures import Headers

NAMES = ("KH-Cache", "KH-Len", "KH-Sha256")
ARTICLE, FRAGMENT, LIST, SHELL, IMAGE = "article", "fragment", "list", "shell", "image"
# Endpoints whose answers are the same for everyone and useful without a network.
STORABLE = {
    "reader.article": ARTICLE,
    "reader.home": LIST,
    "reader.latest": LIST,
    "reader.section": LIST,
    "reader.tag": LIST,
    "reader.author": LIST,
    "reader.page": LIST,
    "reader.sections": LIST,
    "reader.saved": SHELL,
    "reader.offline": SHELL,
    "reader.follow": SHELL,
    "reader.settings": SHELL,
    "editions.all": LIST,
    "editions.edition": LIST,
    "editions.read": LIST,
    "editions.key": SHELL,
    "reader.media": IMAGE,
    "static": SHELL,
    "pwa.face_sheet": SHELL,
    "pwa.face_drawing": SHELL,
    "fragments.see_also": FRAGMENT,
    "fragments.related": FRAGMENT,
    "fragments.section": FRAGMENT,
    "fragments.most_read": FRAGMENT,
}


def state_rev(rev: int) -> None:
    """Say which revision of the story this answer shows."""
    g.kept_rev = rev


def add_promise(headers: Headers, value: str, body: bytes) -> None:
    """Set the three headers on ``headers``; ``value`` is the whole value of KH-Cache."""
    headers["KH-Cache"] = value
    headers["KH-Len"] = str(len(body))
    headers["KH-Sha256"] = hashlib.sha256(body).hexdigest()


def _on_response(response: Response) -> Response:
    """Add the KH-* headers to what may be kept; remove them from what is personal, failed or
    streamed."""
    for name in NAMES:
        response.headers.pop(name, None)
    kind = STORABLE.get(request.endpoint or "")
    control = response.headers.get("Cache-Control", "")
    if (
        kind is None
        or response.is_streamed
        or "Set-Cookie" in response.headers
        or "no-store" in control
        or "private" in control
    ):
        return response
    values = dict(request.view_args or {})
    value = kind
    for name in ("id", "media_id"):
        if name in values:
            value += f"; id={values[name]}"
    if "kept_rev" in g:
        value += f"; rev={g.kept_rev}"
    if response.status_code == 410 and kind == ARTICLE:
        # Not cached, but marked: a phone that holds the story deletes it.
        response.headers["KH-Cache"] = value.replace(ARTICLE, "withdrawn", 1)
    elif response.status_code in {200, 204, 304}:
        add_promise(response.headers, value, response.get_data())
    return response


def register(app: Flask) -> None:
    """Add the KH-* headers to the answers of ``app`` that may be kept."""
    app.after_request(_on_response)
