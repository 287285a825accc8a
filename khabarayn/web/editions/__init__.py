"""Editions to read and to download: every address, in one table."""

from __future__ import annotations

from flask import Blueprint
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter

from khabarayn.edition.name import PATTERN
from khabarayn.web.editions import files, handed, pages


class EditionNameConverter(BaseConverter):
    """«2026-11-23-am», «2026-11-23-am-en»; a day that no calendar has is not found
    by the view."""

    regex = PATTERN.pattern.replace("(", "(?:")


def _converter(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["edition_name"] = EditionNameConverter


bp = Blueprint("editions", __name__, url_prefix="/editions")
bp.record(_converter)
bp.add_url_rule("", "all", pages.all_editions)
bp.add_url_rule("/key.json", "key", files.key)
bp.add_url_rule("/<edition_name:name>", "edition", pages.edition)
bp.add_url_rule("/<edition_name:name>/read", "read", pages.read)
bp.add_url_rule("/<edition_name:name>.khb", "text", files.text)
bp.add_url_rule("/<edition_name:name>-full.khb", "full", files.full)
bp.add_url_rule("/<edition_name:name>.epub", "epub", files.epub)
bp.add_url_rule("/stories/<article_id:id>.khb", "story", handed.text)
bp.add_url_rule("/stories/<article_id:id>-full.khb", "story_full", handed.full)
