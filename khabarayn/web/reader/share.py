"""The drawn share picture of a story that has no picture of its own."""

from __future__ import annotations

from flask import Response, abort, current_app

from khabarayn.media.share import draw
from khabarayn.settings import SITE, Settings
from khabarayn.store.queries.cards import cards_by_id


def share(id: str) -> Response:
    card = cards_by_id([id]).get(id) or abort(404)
    settings: Settings = current_app.config["KHABARAYN"]
    section = card.section
    drawn = draw(card.title, section.name, section.hue, settings.site_name, SITE / "static/fonts")
    return Response(drawn, mimetype="image/jpeg")
