"""A standing page as a value: readers' own, and the newsroom's preview of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from khabarayn.article.standing import StandingPage
from khabarayn.web.page import Meta, Page


@dataclass(frozen=True)
class StandingPagePage(Page):
    """A standing page as readers see it."""

    template: ClassVar[str] = "reader/page.html"

    page: StandingPage
    meta: Meta
