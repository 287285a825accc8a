"""Pictures: every rendition under an address that never changes its content."""

from __future__ import annotations

import re

from flask import Response, abort, current_app, request

from khabarayn.media.port import MediaStore

_ID = re.compile(r"[0-9a-z]{8,16}")
_RENDITION = re.compile(r"(?:(?:16x9|4x3|1x1)-)?[1-9][0-9]{1,3}\.(avif|webp|jpg)")
_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


def media(media_id: str, rendition: str) -> Response:
    """One rendition of a picture, immutable; 404 where the store has none."""
    match = _RENDITION.fullmatch(rendition)
    if not match or not _ID.fullmatch(media_id):
        abort(404)
    store: MediaStore = current_app.extensions["khabarayn.media"]
    data = store.read(f"{media_id}/{rendition}")
    if data is None:
        abort(404)
    response = Response(data, mimetype=_TYPES[match[1]])
    response.headers["Cache-Control"] = "max-age=31536000, immutable"
    response.set_etag(f"{media_id}-{rendition}")
    response.make_conditional(request)
    return response
