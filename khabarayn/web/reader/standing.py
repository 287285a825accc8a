"""The standing pages: what the paper says of itself, of readers' rights and of its owner."""

from __future__ import annotations

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from khabarayn.article.standing import ABOUT
from khabarayn.article.story import WithdrawnStory
from khabarayn.store.queries.standing import page_by_slug
from khabarayn.web.reader.article import withdrawn_page
from khabarayn.web.site import absolute
from khabarayn.web.social import standing_meta
from khabarayn.web.standing_page import StandingPagePage


def page(page: str) -> str | tuple[str, int]:
    """A published page; 410 with the reason for a withdrawn one, 404 for all others."""
    standing_page = page_by_slug(page) or abort(404)
    if isinstance(standing_page, WithdrawnStory):
        return withdrawn_page(standing_page, page=True), 410
    # The canonical address is the short one, without a language prefix.
    return StandingPagePage(
        standing_page, standing_meta(standing_page, absolute(f"/p/{standing_page.slug}"))
    ).render()


def about() -> Response:
    """Lead from the former address of «about» to the page of today."""
    return redirect(url_for("reader.page", page=ABOUT), 301)
