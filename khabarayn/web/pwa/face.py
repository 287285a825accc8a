"""``/face/…``: the sheet, icons and pictures of a face, by its digest, for good."""

from __future__ import annotations

import hashlib

from flask import Response, abort, current_app

from khabarayn.face.icons import ICONS, MIME, icon
from khabarayn.face.sheet import sheet
from khabarayn.face.value import DrawnFace, Face, FaceFile
from khabarayn.settings import settings_of
from khabarayn.store.queries.faces import face_by_digest, face_file, with_files
from khabarayn.web.assets import YEAR
from khabarayn.web.site import SHOTS, face


def face_sheet(digest: str) -> Response:
    """The style sheet of a face; 404 where it has none of its own."""
    text = sheet(_face_or_404(digest)) or abort(404)
    return _immutable(text.encode(), "text/css; charset=utf-8")


def face_drawing(digest: str, name: str) -> Response:
    """An icon, the wordmark as a picture, or a picture of the screen; 404 for what is not there."""
    drawn_face = with_files(_face_or_404(digest))
    if name in ICONS:
        png = icon(drawn_face.face, name, drawn_face.drawing)
        return _immutable(png, MIME[name.rpartition(".")[2]])
    file = _file_of(drawn_face, name) or abort(404)
    return _immutable(file.data, file.mime)


def _face_or_404(digest: str) -> Face:
    usual = settings_of(current_app.config)
    for candidate in (face(), Face(usual.site_name)):
        if candidate.digest == digest:
            return candidate
    return face_by_digest(digest) or abort(404)


def _file_of(drawn_face: DrawnFace, name: str) -> FaceFile | None:
    if name == "wordmark.png" and drawn_face.wordmark and drawn_face.wordmark.mime == "image/png":
        return drawn_face.wordmark
    number = SHOTS.get(name, len(drawn_face.face.shots))
    return face_file(drawn_face.face.shots[number]) if number < len(drawn_face.face.shots) else None


def _immutable(body: bytes, mime: str) -> Response:
    response = Response(body, content_type=mime)
    response.headers["Cache-Control"] = f"max-age={YEAR}, immutable"
    response.set_etag(hashlib.sha256(body).hexdigest()[:20], weak=True)
    return response
