"""The standing pages: what the paper says of itself, of readers' rights and of its owner."""

from __future__ import annotations

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from khabarayn.article.standing import ABOUT, StandingPage, page_key
from khabarayn.article.story import WithdrawnStory
from khabarayn.store.queries.languages import stored_language
from khabarayn.store.queries.standing import page_named
from khabarayn.web.language import request_locale
from khabarayn.web.reader.article import withdrawn_page
from khabarayn.web.social import standing_meta
from khabarayn.web.standing_page import StandingPagePage


def page(page: str) -> str | tuple[str, int]:
    """A published page, in the language of the address where the paper has it in that, else in its
    first one; 410 with the reason for a withdrawn one, 404 for all others."""
    own = page_key(page, stored_language(request_locale()))
    version = page_named(own)
    if own != page and not isinstance(version, StandingPage):
        version = page_named(page) or version
    standing_page = version or abort(404)
    if isinstance(standing_page, WithdrawnStory):
        return withdrawn_page(standing_page, page=True), 410
    return StandingPagePage(standing_page, standing_meta(standing_page)).render()


def about() -> Response:
    """Lead from the former address of «about» to the page of today."""
    return redirect(url_for("reader.page", page=ABOUT), 301)
