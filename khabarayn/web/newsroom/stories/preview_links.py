"""Preview links for outsiders: make and revoke them, and the page that they open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from khabarayn.article.blocks import Block
from khabarayn.article.story import Cluster, SeeAlso, Story
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.desk.stories.form import story_form
from khabarayn.desk.stories.preview import preview_story
from khabarayn.desk.stories.preview_link import (
    behind,
    make_preview_link,
    revoke_preview_link,
)
from khabarayn.store.queries.preview_links import PreviewLink, preview_links
from khabarayn.store.queries.revisions import Revision
from khabarayn.store.queries.story_lists import StorySummary, story_summary
from khabarayn.web.article_page import VersionLink, article_page
from khabarayn.web.newsroom.access import acting, allow, needs
from khabarayn.web.newsroom.forms import GOOD, Faults, redirect_with_error, redirect_with_notice
from khabarayn.web.newsroom.forms import number as number_in
from khabarayn.web.newsroom.stories.workflow import story_url
from khabarayn.web.page import Meta, Page
from khabarayn.web.share_links import Share
from khabarayn.web.site import absolute

DAYS = (1, 3, 7, 14, 30)
USUAL = 7
# No search engine keeps it.
NO_INDEX = {"X-Robots-Tag": "noindex, nofollow"}
Answer = tuple[str, int, dict[str, str]]


@dataclass(frozen=True)
class PreviewLinksPage(Page):
    """``new_url`` is the address of a link that was made just now: it is not shown again."""

    template: ClassVar[str] = "newsroom/stories/preview_links.html"

    story: StorySummary
    url: str
    links: tuple[PreviewLink, ...]
    new_url: str
    days: tuple[int, ...]
    usual: int
    bad: Faults


@dataclass(frozen=True)
class OutsidePage(Page):
    """The article page as it would be, with ``revision`` and the end of the link said above it."""

    template: ClassVar[str] = "newsroom/stories/outside.html"

    story: Story
    body: tuple[Block | SeeAlso, ...]
    share: Share
    file: Cluster | None
    versions: tuple[VersionLink, ...]
    meta: Meta
    revision: Revision
    ends: datetime


@dataclass(frozen=True)
class LinkEndedPage(Page):
    """The page behind a preview link that was revoked or has expired."""

    template: ClassVar[str] = "newsroom/stories/link_ended.html"


@needs("story.preview_link")
def links_of_story(id: str) -> str | Response | tuple[str, int]:
    """The links of a story that still open; with POST a new one."""
    story = _story(id)
    if request.method == "GET":
        return _page(story).render()
    try:
        token = make_preview_link(id, number_in("days"), acting())
    except Refused as refused:
        return _page(story, bad=faults_of(refused)).render(), 422
    return _page(story, absolute(url_for("newsroom.outside", token=token))).render()


@needs("story.preview_link")
def revoke_link(id: str, number: int) -> Response:
    """Revoke a preview link of the story; whoever has it sees nothing any more."""
    _story(id)
    try:
        was_open = revoke_preview_link(id, number, acting())
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.links_of_story", id=id)
    words = _("أُلغي الرابط، ولا يفتح شيئًا بعد الآن.") if was_open else _("انتهى هذا الرابط من قبل.")
    return redirect_with_notice(words, "newsroom.links_of_story", id=id)


def outside(token: str) -> Response | Answer:
    """The newest revision, for whoever has the link; what readers have already is shown there."""
    link = behind(token)
    if link is None:
        return LinkEndedPage().render(), 404, NO_INDEX
    if link.live:
        return redirect(url_for("reader.article", id=link.story), 303)
    try:
        story = preview_story(link.story, story_form(link.content))
    except (Refused, ValueError):
        return LinkEndedPage().render(), 404, NO_INDEX
    address = absolute(url_for("reader.article", id=link.story))
    title = _("معاينة: %(headline)s", headline=story.card.title)
    page = article_page(story, address, Meta(title, index=False))
    linked_page = OutsidePage(
        story=page.story,
        body=page.body,
        share=page.share,
        file=page.file,
        versions=page.versions,
        meta=page.meta,
        revision=link.revision,
        ends=link.expires_at,
    )
    return linked_page.render(), 200, NO_INDEX


def _story(id: str) -> StorySummary:
    story = story_summary(id) or abort(404)
    allow("story.preview_link", story)
    return story


def _page(story: StorySummary, new_link: str = "", bad: Faults = GOOD) -> PreviewLinksPage:
    return PreviewLinksPage(
        story=story,
        url=story_url(story.id),
        links=preview_links(story.id),
        new_url=new_link,
        days=DAYS,
        usual=USUAL,
        bad=bad,
    )
