"""Addresses of pictures, of the numbers, and of everything that the chief editor arranges."""

from __future__ import annotations

from flask import Blueprint

from khabarayn.web.newsroom import numbers
from khabarayn.web.newsroom.arrange import bylines, sections, tags
from khabarayn.web.newsroom.arrange import settings as house
from khabarayn.web.newsroom.pictures import library as pictures
from khabarayn.web.newsroom.pictures import upload as uploads


def add(bp: Blueprint) -> None:
    bp.url_value_preprocessor(uploads.allow_more)
    bp.add_url_rule("/pictures", "pictures", pictures.pictures)
    bp.add_url_rule("/pictures/pick", "pick", pictures.pick)
    bp.add_url_rule("/pictures/upload", "upload", uploads.upload, methods=["POST"])
    bp.add_url_rule("/pictures/uploads", "begin_upload", uploads.begin, methods=["POST"])
    bp.add_url_rule("/pictures/uploads/<token>", "upload_state", uploads.upload_state)
    bp.add_url_rule("/pictures/uploads/<token>", "piece", uploads.piece, methods=["PATCH"])
    bp.add_url_rule("/pictures/<media_id>", "picture", pictures.picture)
    for verb, view in (
        ("describe", pictures.describe_picture),
        ("focus", pictures.focus_picture),
        ("replace", pictures.replace_picture),
    ):
        address = f"/pictures/<media_id>/{verb}"
        bp.add_url_rule(address, f"{verb}_picture", view, methods=["POST"])
    bp.add_url_rule("/numbers", "numbers", numbers.numbers)
    _arrange(bp)
    bp.add_url_rule("/settings", "settings", house.settings)
    bp.add_url_rule("/settings", "keep_settings", house.keep_settings, methods=["POST"])


def _arrange(bp: Blueprint) -> None:
    one = "/arrange/sections/<section_path:section>"
    bp.add_url_rule("/arrange/sections", "sections", sections.sections)
    bp.add_url_rule("/arrange/sections", "plant", sections.plant_section, methods=["POST"])
    bp.add_url_rule("/arrange/move/<section_path:section>", "shift_section",
                    sections.shift_section, methods=["POST"])  # fmt: skip
    bp.add_url_rule("/arrange/remove/<section_path:section>", "drop_section",
                    sections.drop_section, methods=["POST"])  # fmt: skip
    bp.add_url_rule(one, "section", sections.section)
    bp.add_url_rule(one, "keep_section", sections.keep_section, methods=["POST"])
    bp.add_url_rule("/arrange/tags", "tags", tags.tags)
    bp.add_url_rule("/arrange/tags/<tag>", "tag", tags.tag)
    bp.add_url_rule("/arrange/tags/<tag>", "keep_tag", tags.keep_tag, methods=["POST"])
    bp.add_url_rule("/arrange/tags/<tag>/merge", "merge_tag", tags.merge_tag, methods=["POST"])
    bp.add_url_rule("/arrange/authors", "authors", bylines.authors)
    bp.add_url_rule("/arrange/authors", "add_author", bylines.add_byline, methods=["POST"])
    bp.add_url_rule("/arrange/authors/<author>", "author", bylines.author)
    bp.add_url_rule("/arrange/authors/<author>", "keep_author", bylines.keep_author,
                    methods=["POST"])  # fmt: skip
    bp.add_url_rule("/arrange/sources", "sources", bylines.sources)
    bp.add_url_rule("/arrange/sources", "keep_source", bylines.keep_agency, methods=["POST"])
    for name, view in (
        ("words", house.words),
        ("redirects", house.redirects),
    ):
        bp.add_url_rule(f"/arrange/{name}", name, view)
    for address, name, view in (
        ("words", "keep_word", house.keep_word),
        ("words/drop", "drop_word", house.drop_word),
        ("words/equal", "keep_spellings", house.keep_spellings),
        ("words/apart", "drop_spellings", house.drop_spellings),
        ("redirects", "lead_on", house.lead_on),
        ("redirects/drop", "drop_redirect", house.drop_redirect),
    ):
        bp.add_url_rule(f"/arrange/{address}", name, view, methods=["POST"])
