"""The list of the standing pages, and the form that begins another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from flask import redirect
from flask_babel import gettext as _

from khabarayn.desk.arrange.standing_pages import add_page
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.desk.stories.transitions import state_name
from khabarayn.store.queries.standing import PageSummary, page_summaries
from khabarayn.web.newsroom.access import acting, needs
from khabarayn.web.newsroom.forms import GOOD, Faults, form_value
from khabarayn.web.newsroom.stories.workflow import story_url
from khabarayn.web.page import Page


@dataclass(frozen=True)
class PageLine:
    """A page in the list: its state in words, and where it is written."""

    page: PageSummary
    state: str
    url: str


@dataclass(frozen=True)
class PagesPage(Page):
    """The standing pages, and the form for another page with its ``slug`` and ``headline`` as
    typed."""

    template: ClassVar[str] = "newsroom/arrange/pages.html"

    title: str
    lines: tuple[PageLine, ...]
    slug: str
    headline: str
    bad: Faults


@needs("page.write")
def pages() -> str:
    """Show the standing pages, whatever their state."""
    return _pages("", "", GOOD)


@needs("page.write")
def begin_page() -> Any:
    """Begin a page and lead to its editor; a form with faults comes again (422)."""
    slug, headline = form_value("slug"), form_value("headline")
    try:
        story = add_page(slug, headline, acting())
    except Refused as refused:
        return _pages(slug, headline, faults_of(refused)), 422
    return redirect(story_url(story), 303)


def _pages(slug: str, headline: str, bad: Faults) -> str:
    lines = tuple(
        PageLine(page, state_name(page.status), story_url(page.id)) for page in page_summaries()
    )
    return PagesPage(_("الصفحات الثابتة"), lines, slug, headline, bad).render()
