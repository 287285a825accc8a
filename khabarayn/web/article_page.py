"""The article page as a value: readers' own, and the newsroom's preview of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask_babel import gettext as _

from khabarayn.arabic.bidi import primary_language
from khabarayn.article.blocks import Block
from khabarayn.article.interleave import weave
from khabarayn.article.story import Cluster, SeeAlso, Story
from khabarayn.store.queries.languages import list_languages
from khabarayn.store.queries.translations import other_versions
from khabarayn.web.page import Meta, Page
from khabarayn.web.share_links import Share, share_of


@dataclass(frozen=True)
class VersionLink:
    """A link to the story in another ``language``, and its words in that of the interface."""

    language: str
    words: str
    url: str


@dataclass(frozen=True)
class ArticlePage(Page):
    """A story with its insets placed in the ``body``; ``file`` is the running story that it belongs
    to."""

    template: ClassVar[str] = "reader/article.html"

    story: Story
    body: tuple[Block | SeeAlso, ...]
    share: Share
    file: Cluster | None
    versions: tuple[VersionLink, ...]
    meta: Meta


def article_page(story: Story, address: str, meta: Meta) -> ArticlePage:
    """Return the page of ``story``, which stands at the absolute ``address``."""
    return ArticlePage(
        story=story,
        body=weave(story.blocks, story.see_also),
        share=share_of(story.card, address),
        file=story.running_story,
        versions=version_links(story),
        meta=meta,
    )


def version_links(story: Story) -> tuple[VersionLink, ...]:
    """Return the links to the story in its other languages, each in the interface of its own."""
    words = {"ar": _("اقرأ بالعربية"), "en": _("اقرأ بالإنجليزية")}
    others = list_languages()[1:]
    links: list[VersionLink] = []
    for one in other_versions(story.versions, story.id):
        own = primary_language(one.language)
        prefix = next((f"/{name}" for name in others if primary_language(name) == own), "")
        label = words.get(own) or _("اقرأ بلغة أخرى: %(language)s", language=one.language)
        links.append(VersionLink(one.language, label, f"{prefix}/a/{one.id}"))
    return tuple(links)
