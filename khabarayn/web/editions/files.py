"""Download an edition's files, and the public keys that verify them."""

from __future__ import annotations

import json
from pathlib import PurePosixPath

from flask import Response, abort, current_app

from khabarayn.edition import epub as book
from khabarayn.edition.container import MIME
from khabarayn.edition.seal import from_base64, seal_in, web_key
from khabarayn.media.port import MediaStore
from khabarayn.settings import settings_of
from khabarayn.store.queries.editions import EditionFiles, edition_by_name, edition_keys
from khabarayn.web.editions.ranges import serve


def text(name: str) -> Response:
    """The edition ``name`` without pictures, as ``.khb``; 404 where it is not printed."""
    return _file(_files(name).text, MIME, f"{name}.khb")


def full(name: str) -> Response:
    """The edition ``name`` with pictures, as ``.khb``; 404 where it is not printed."""
    return _file(_files(name).full, MIME, f"{name}-full.khb")


def epub(name: str) -> Response:
    """The edition ``name`` as a book (EPUB 3); 404 where it is not printed."""
    return _file(_files(name).epub, book.MIME, f"{name}.epub")


def key() -> Response:
    """The paper's own key first, then every other that signed an edition still offered."""
    settings = settings_of(current_app.config)
    own = seal_in(settings.data_dir).public
    others = {from_base64(key) for key in edition_keys()} - {own}
    keys = [web_key(public) for public in (own, *sorted(others))]
    return Response(json.dumps({"keys": keys}), mimetype="application/json")


def _files(name: str) -> EditionFiles:
    edition = edition_by_name(name)
    if edition is None or not edition.complete:
        abort(404)
    return edition.files


def _file(file: str, mime: str, name: str) -> Response:
    media: MediaStore = current_app.extensions["khabarayn.media"]
    data = media.read(file)
    if data is None:
        abort(404)
    # The stored file's name contains the digest of its bytes.
    return serve(data, mime, PurePosixPath(file).suffixes[-2].lstrip("."), name)
