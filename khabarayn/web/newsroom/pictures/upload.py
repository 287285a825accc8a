"""Upload pictures: whole from a form, or in pieces from a script that can resume."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, current_app, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _

from khabarayn.arabic import numerals
from khabarayn.desk.pictures.upload import take
from khabarayn.media.inbox import PIECE, Elsewhere, Inbox, Incoming, NotHere, uploads_folder
from khabarayn.media.port import MediaStoreError
from khabarayn.media.refusal import MAX_BYTES, PictureRefused, refuse_at_sight
from khabarayn.messages.pictures import picture_trouble
from khabarayn.settings import settings_of
from khabarayn.store.queries.pictures import alike_pictures, picture_by_id
from khabarayn.web.newsroom.access import acting, needs, person
from khabarayn.web.newsroom.forms import form_value, number, refusal
from khabarayn.web.newsroom.pictures.pictured import picture_summary
from khabarayn.web.request import whole

MANY = 12
# Above the limit of a wordmark, so that the form itself refuses a file that is too large.
FACE_BYTES = 16 * 1024 * 1024
# The limit of a request's size by endpoint; all others have the site's own small limit.
LIMITS = {"newsroom.upload": MAX_BYTES * 2 + 65_536, "newsroom.piece": PIECE + 1024,
          "newsroom.save_face": 2 * FACE_BYTES + 65_536}  # fmt: skip
# The parser of a form reads files in chunks as large as the site's own limit for fields: with that
# limit no file above it could ever be read.
FORM_BUFFER = 1024 * 1024


def allow_more(endpoint: str | None, _values: object) -> None:
    """Raise the limit of a request's size for uploads, before anything reads the body."""
    if endpoint in LIMITS:
        request.max_content_length = LIMITS[endpoint]
        request.max_form_memory_size = FORM_BUFFER


@needs("picture.add")
def upload() -> Any:
    """Store one or more files of a plain form; for one file and a script, return the picture as
    JSON."""
    files = [file for file in request.files.getlist("file") if file.filename][:MANY]
    wants_json = request.accept_mimetypes.best == "application/json"
    if wants_json:
        return (
            _answer(files[0].filename or "", files[0].read())
            if files
            else _message(_("لا ملف."), 422)
        )
    count = 0
    for file in files:
        try:
            _take(file.filename or "", file.read())
            count += 1
        except (PictureRefused, MediaStoreError) as error:
            flash(_("«%(name)s»: %(why)s", name=file.filename, why=picture_trouble(error)), "error")
    flash(_("أضيفت إلى المكتبة: %(count)s", count=numerals.number(count)))
    return redirect(url_for("newsroom.pictures"), 303)


@needs("picture.add")
def begin() -> Any:
    """Announce an upload (``name``, ``size``, ``key``); the answer says at which offset to
    continue."""
    size = number("size", 11)
    inbox = _inbox()
    inbox.sweep()
    try:
        state = inbox.begin(_owner(), form_value("name")[:200], size, form_value("key")[:100])
    except PictureRefused as error:
        return _message(picture_trouble(error), 422)
    return _state(state)


@needs("picture.add")
def upload_state(token: str) -> Any:
    """Say how much of an upload has arrived, for a script that resumes it; 404 for an unknown
    token."""
    try:
        return _state(_inbox().state(_owner(), token))
    except NotHere:
        abort(404)


@needs("picture.add")
def piece(token: str) -> Any:
    """Store the next piece; with the last one, the picture. 409 says where to go on."""
    offset = whole(request.args.get("offset"), 11)
    if offset is None:
        abort(400)
    inbox, owner, data = _inbox(), _owner(), request.get_data()
    try:
        if offset == 0 and data:
            _refuse_early(inbox, owner, token, data)
        state = inbox.append(owner, token, offset, data)
        if not state.whole:
            return _state(state)
        answer = _answer(state.name, inbox.read(owner, token))
        if answer.status_code < 500:
            inbox.drop(owner, token)
    except NotHere:
        abort(404)
    except Elsewhere as error:
        response = jsonify(offset=error.offset)
        response.status_code = 409
        return response
    except PictureRefused as error:
        return _message(picture_trouble(error), 422)
    return answer


def _refuse_early(inbox: Inbox, owner: str, token: str, data: bytes) -> None:
    """Refuse a file by its first piece, before megabytes of it are sent."""
    try:
        refuse_at_sight(data)
    except PictureRefused:
        inbox.drop(owner, token)
        raise


def _answer(name: str, data: bytes) -> Response:
    try:
        return jsonify(_take(name, data))
    except PictureRefused as error:
        return _message(picture_trouble(error), 422)
    except MediaStoreError as error:
        return _message(picture_trouble(error), 503)


def _take(name: str, data: bytes) -> dict[str, Any]:
    result = take(data, store=current_app.extensions["khabarayn.media"], name=name, by=acting())
    library_picture = picture_by_id(result.public_id)
    assert library_picture
    near = [
        {**picture_summary(like.picture).to_json(), "bits": like.bits}
        for like in alike_pictures(library_picture)
    ]
    return {**picture_summary(library_picture).to_json(), "known": result.known, "alike": near}


def _message(words: str, status: int) -> Response:
    response = jsonify(refusal({"file": words}))
    response.status_code = status
    return response


def _state(state: Incoming) -> Response:
    return jsonify(
        token=state.token,
        offset=state.offset,
        size=state.size,
        piece=PIECE // 2,
        url=url_for("newsroom.piece", token=state.token),
    )


def _inbox() -> Inbox:
    return Inbox(uploads_folder(settings_of(current_app.config)))


def _owner() -> str:
    return str(person().id)
