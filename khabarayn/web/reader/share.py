"""The drawn share picture of a story that has no picture."""

from __future__ import annotations

from flask import Response, abort

from khabarayn.media.share_picture import draw
from khabarayn.settings import SITE
from khabarayn.store.queries.cards import cards_by_id
from khabarayn.web.site import drawn_face


def share(id: str) -> Response:
    """A drawn picture for chat apps, of a story that has none; 404 where there is no such story."""
    card = cards_by_id([id]).get(id) or abort(404)
    section = card.section
    jpeg = draw(card.title, section.name, section.hue, drawn_face(), SITE / "static/fonts")
    return Response(jpeg, mimetype="image/jpeg")
