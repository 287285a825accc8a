"""Preview an unsaved story as readers would see it: article, card, search result and shared
link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import Response, url_for
from flask_babel import gettext as _

from khabarayn.article.form import StoryForm
from khabarayn.article.story import Card
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.preview import preview_page, preview_story
from khabarayn.media.share_picture import draw
from khabarayn.settings import SITE
from khabarayn.web.article_page import article_page
from khabarayn.web.newsroom.access import needs
from khabarayn.web.newsroom.stories.context import story_context
from khabarayn.web.page import Meta, Page
from khabarayn.web.site import absolute, drawn_face, paper
from khabarayn.web.social import article_meta, share_picture
from khabarayn.web.standing_page import StandingPagePage


@dataclass(frozen=True)
class PreviewSizesPage(Page):
    """The story as lists, search engines and chat apps show it, the last ones with
    ``share_image``."""

    template: ClassVar[str] = "newsroom/stories/preview_sizes.html"

    card: Card
    share_image: str
    description: str
    shared_text: str
    address: str
    host: str


@dataclass(frozen=True)
class NoPreviewPage(Page):
    """The page in place of a preview that cannot be made, with the reason."""

    template: ClassVar[str] = "newsroom/stories/no_preview.html"

    reason: str


@needs("story.read")
def preview(id: str) -> str | tuple[str, int]:
    """The article page as it would be, without the scripts that count and save for readers."""
    context = story_context(id, "story.read")
    if context.story and context.story.page:
        return _standing(context.story.page, context.text)
    try:
        story = preview_story(id, context.text)
    except (Refused, ValueError) as refused:
        return _none(refused)
    address = absolute(url_for("reader.article", id=id))
    title = _("معاينة: %(headline)s", headline=story.card.title)
    return article_page(story, address, Meta(title, index=False)).render()


@needs("story.read")
def preview_sizes(id: str) -> str | tuple[str, int]:
    """Show how the story looks in lists, in a search engine's results and as a shared link."""
    try:
        story = preview_story(id, story_context(id, "story.read").text)
    except (Refused, ValueError) as refused:
        return _none(refused)
    address = absolute(url_for("reader.article", id=id))
    picture, meta = story.card.picture, article_meta(story, address)
    own = share_picture(picture).removeprefix(absolute("")) if picture else ""
    return PreviewSizesPage(
        card=story.card,
        share_image=own or url_for("newsroom.preview_share", id=id),
        description=meta.description,
        shared_text=meta.share_text,
        address=address,
        host=paper().base_url.split("://", 1)[-1].strip("/"),
    ).render()


@needs("story.read")
def preview_share(id: str) -> Response:
    """The drawn picture that a chat app shows for a story without one."""
    story = preview_story(id, story_context(id, "story.read").text)
    card, fonts = story.card, SITE / "static/fonts"
    jpeg = draw(card.title, card.section.name, card.section.hue, drawn_face(), fonts)
    return Response(jpeg, mimetype="image/jpeg")


def _standing(slug: str, form: StoryForm) -> str | tuple[str, int]:
    try:
        page = preview_page(slug, form)
    except (Refused, ValueError) as refused:
        return _none(refused)
    meta = Meta(_("معاينة: %(headline)s", headline=page.headline), index=False)
    return StandingPagePage(page, meta).render()


def _none(error: Exception) -> tuple[str, int]:
    return NoPreviewPage(getattr(error, "message", str(error))).render(), 422
