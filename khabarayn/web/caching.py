"""Cache-Control and validators: how long each answer may be kept, and when it is answered 304."""

from __future__ import annotations

import hashlib

from flask import Flask, Response, request

# Paths whose requests have a session; their answers are never cached.
PERSONAL = ("/newsroom", "/_me/")
# A change is visible everywhere two seconds after it is published: no cache, of a browser or a
# network, shows a page for longer without asking, and asking costs a 304. An older page is shown
# only while the site itself is down.
FRESH = "max-age=2"
PAGE = f"{FRESH}, stale-if-error=86400"


def _on_response(response: Response) -> Response:
    if request.path.startswith(PERSONAL) or "Set-Cookie" in response.headers:
        response.headers["Cache-Control"] = "private, no-store"
        return response
    if "Cache-Control" in response.headers:
        return response
    if request.method not in {"GET", "HEAD"} or response.status_code >= 500:
        response.headers["Cache-Control"] = "no-store"
        return response
    if response.status_code == 200 and not response.is_streamed:
        response.headers["Cache-Control"] = PAGE
        digest = hashlib.sha256(response.get_data()).hexdigest()[:20]
        # Weak: the compressed forms of one page share it.
        response.set_etag(digest, weak=True)
        response.make_conditional(request)
        return response
    response.headers["Cache-Control"] = FRESH
    return response


def register(app: Flask) -> None:
    """Give every answer of ``app`` without Cache-Control of its own an age and a validator."""
    app.after_request(_on_response)
