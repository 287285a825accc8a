"""The article page as a value: readers' own, and the newsroom's preview of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from khabarayn.article.blocks import Block
from khabarayn.article.interleave import weave
from khabarayn.article.story import Cluster, SeeAlso, Story
from khabarayn.web.page import Meta, Page
from khabarayn.web.share_links import Share, share_of


@dataclass(frozen=True)
class ArticlePage(Page):
    """A story with its insets woven into the ``body``; ``file`` is the running story around it."""

    template: ClassVar[str] = "reader/article.html"

    story: Story
    body: tuple[Block | SeeAlso, ...]
    share: Share
    file: Cluster | None
    meta: Meta


def article_page(story: Story, address: str, meta: Meta) -> ArticlePage:
    """Return the page of ``story``, which stands at the absolute ``address``."""
    return ArticlePage(
        story=story,
        body=weave(story.blocks, story.see_also),
        share=share_of(story.card, address),
        file=story.file,
        meta=meta,
    )
