"""Addresses of writing: the form, what is unsaved, revisions, previews, and what helps."""

from __future__ import annotations

from flask import Blueprint, request

from khabarayn.web.newsroom.stories import assist as aids
from khabarayn.web.newsroom.stories import autosave as drafting
from khabarayn.web.newsroom.stories import edit as writing
from khabarayn.web.newsroom.stories import merge as merging
from khabarayn.web.newsroom.stories import preview as previews
from khabarayn.web.newsroom.stories import revisions

STORY = "/stories/<article_id:id>"
# A long story in HTML is larger than anything a reader may send.
ROOM = 2 * 1024 * 1024
LARGE = {
    "newsroom.story", "newsroom.keep_draft", "newsroom.copydesk", "newsroom.suggestions",
    "newsroom.places",
}  # fmt: skip


def add(bp: Blueprint) -> None:
    post = ["POST"]
    bp.url_value_preprocessor(make_room)
    bp.add_url_rule("/stories/new", "new_story", writing.new_story)
    bp.add_url_rule("/stories/names", "names", aids.names)
    bp.add_url_rule("/stories/find", "find_story", aids.find_story)
    bp.add_url_rule("/stories/picture/<media_id>", "story_picture", aids.picture)
    bp.add_url_rule(STORY, "story", writing.story, methods=["GET", "POST"])
    bp.add_url_rule(f"{STORY}/draft", "draft_state", drafting.draft_state)
    bp.add_url_rule(f"{STORY}/draft", "keep_draft", drafting.keep_draft, methods=post)
    bp.add_url_rule(f"{STORY}/draft/forget", "forget_draft", drafting.forget_draft, methods=post)
    bp.add_url_rule(f"{STORY}/merge", "merge", merging.merge)
    bp.add_url_rule(f"{STORY}/merge", "merged", merging.merged, methods=post)
    bp.add_url_rule(f"{STORY}/revisions", "revisions", revisions.revisions)
    bp.add_url_rule(f"{STORY}/revisions/<number:number>", "revision", revisions.revision)
    bp.add_url_rule(
        f"{STORY}/revisions/<number:number>", "restore", revisions.restore_revision, methods=post
    )
    bp.add_url_rule(f"{STORY}/preview", "preview", previews.preview)
    bp.add_url_rule(f"{STORY}/looks", "looks", previews.looks)
    bp.add_url_rule(f"{STORY}/share.jpg", "preview_share", previews.preview_share)
    bp.add_url_rule(f"{STORY}/copydesk", "copydesk", aids.copydesk, methods=post)
    bp.add_url_rule(f"{STORY}/suggestions", "suggestions", aids.suggestions, methods=post)
    bp.add_url_rule(f"{STORY}/places", "places", aids.story_places, methods=post)


def make_room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let a story's text in; this runs before anything reads the form."""
    if endpoint in LARGE:
        request.max_content_length = ROOM
        request.max_form_memory_size = ROOM
