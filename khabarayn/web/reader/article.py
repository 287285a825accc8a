"""The article page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response

from khabarayn.article.story import WithdrawnStory
from khabarayn.store.queries.story import article_by_id
from khabarayn.web.article_page import article_page
from khabarayn.web.offline_headers import state_rev
from khabarayn.web.page import Meta, Page
from khabarayn.web.site import absolute
from khabarayn.web.social import article_meta


@dataclass(frozen=True)
class WithdrawnPage(Page):
    """The page of a withdrawn story or standing ``page``: when it was withdrawn, and why."""

    template: ClassVar[str] = "errors/withdrawn.html"

    notice: WithdrawnStory
    page: bool
    meta: Meta


def article(id: str) -> str | tuple[str, int]:
    """A published story; 410 with the reason for a withdrawn one, 404 for all others."""
    story = article_by_id(id) or abort(404)
    if isinstance(story, WithdrawnStory):
        return withdrawn_page(story), 410
    state_rev(story.card.rev)
    # The canonical address is the short one, without a language prefix.
    address = absolute(f"/a/{story.id}")
    return article_page(story, address, article_meta(story, address)).render()


def withdrawn_page(notice: WithdrawnStory, *, page: bool = False) -> str:
    """Return the page of a story, or of a standing ``page``, that was taken back."""
    meta = Meta(title=notice.headline, description=notice.reason, index=False)
    return WithdrawnPage(notice, page, meta).render()


def to_canonical(id: str, slug: str) -> Response:
    """Redirect an address with any slug behind the id to the canonical one."""
    del slug
    return redirect(url_for("reader.article", id=id), 301)
