"""The list of the standing pages, and the form that begins another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from flask import redirect
from flask_babel import gettext as _

from khabarayn.article.standing import page_path
from khabarayn.desk.arrange.standing_pages import add_page, add_page_version
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.desk.stories.transitions import state_name
from khabarayn.desk.stories.translations import language_name
from khabarayn.store.queries.languages import list_languages
from khabarayn.store.queries.standing import PageSummary, page_summaries
from khabarayn.web.newsroom.access import acting, needs
from khabarayn.web.newsroom.forms import GOOD, Faults, form_value
from khabarayn.web.newsroom.stories.workflow import story_url
from khabarayn.web.page import Page


@dataclass(frozen=True)
class PageLine:
    """A page in the list: its state and its language in words (the paper's first one needs none),
    where readers find it, and where it is written."""

    page: PageSummary
    state: str
    language: str
    path: str
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
    languages: tuple[tuple[str, str], ...]
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


@needs("page.write")
def begin_version() -> Any:
    """Begin a page in another language and lead to its editor; a form with faults comes again
    (422)."""
    try:
        story = add_page_version(form_value("page"), form_value("language"), acting())
    except Refused as refused:
        return _pages("", "", faults_of(refused)), 422
    return redirect(story_url(story), 303)


def _pages(slug: str, headline: str, bad: Faults) -> str:
    languages = tuple((code, language_name(code)) for code in list_languages()[1:])
    names = dict(languages)
    lines = tuple(
        PageLine(
            page,
            state_name(page.status),
            names.get(page.page.rpartition("/")[0], ""),
            page_path(page.page),
            story_url(page.id),
        )
        for page in page_summaries()
    )
    return PagesPage(_("الصفحات الثابتة"), lines, slug, headline, languages, bad).render()
