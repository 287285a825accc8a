"""Download one story as a signed file, to be passed on by Bluetooth or in a chat."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from flask import Response, abort, current_app

from khabarayn.edition.assemble import article_file
from khabarayn.edition.container import MIME
from khabarayn.edition.gather import NotServed, asking, story_parts
from khabarayn.edition.seal import seal_in
from khabarayn.settings import settings_of
from khabarayn.store.queries.cards import cards_by_id
from khabarayn.store.queries.sync import highest_final
from khabarayn.web.editions.ranges import serve


def text(id: str) -> Response:
    """One published story as a signed file without pictures; 404, 410 or 503."""
    return _story(id, False)


def full(id: str) -> Response:
    """One published story as a signed file with its pictures; 404, 410 or 503."""
    return _story(id, True)


def _story(id: str, pictures: bool) -> Response:
    card = cards_by_id([id]).get(id) or abort(404)
    settings = settings_of(current_app.config)
    site = settings.base_url.rstrip("/")
    # Taken before the page is read, so that a phone asks again for what changes meanwhile.
    event_number = highest_final()
    try:
        story = story_parts(card, asking(current_app.test_client(), site), pictures)
    except NotServed as error:
        abort(error.status if error.status in {404, 410} else 503)
    data = article_file(
        replace(story, event_number=event_number), site, seal_in(settings.data_dir), pictures
    )
    digest = hashlib.sha256(data).hexdigest()[:32]
    return serve(data, MIME, digest, f"{id}{'-full' if pictures else ''}.khb")
