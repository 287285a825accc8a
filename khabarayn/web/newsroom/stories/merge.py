"""Merge two texts of one story, shown side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from khabarayn.article.compare import Bodies, Pair, bodies, compose, pairs
from khabarayn.article.form import StoryForm
from khabarayn.desk.stories.autosave import autosave_form
from khabarayn.desk.stories.form import story_form
from khabarayn.store.queries.revisions import Autosave, Revision, content_at
from khabarayn.web.newsroom.access import acting, needs
from khabarayn.web.newsroom.forms import form_value
from khabarayn.web.newsroom.stories.context import StoryContext, story_context
from khabarayn.web.page import Page


@dataclass(frozen=True)
class MergePage(Page):
    """``theirs`` is the newest revision, ``autosave`` this person's unsaved text."""

    template: ClassVar[str] = "newsroom/stories/merge.html"

    id: str
    headline: str
    theirs: Revision
    autosave: Autosave
    pairs: tuple[Pair, ...]
    bodies: Bodies | None


@needs("story.write")
def merge(id: str) -> str | Response:
    """Show both texts; without two of them, go to the one that there is."""
    context = story_context(id)
    if not context.behind or context.story is None:
        return redirect(url_for("newsroom.story", id=id), 303)
    return merge_page(context).render()


@needs("story.write")
def merge_texts(id: str) -> Response | tuple[str, int]:
    """Make one text of both, still unsaved, and open the editor with it."""
    context = story_context(id)
    if context.story is None or context.autosave is None:
        return redirect(url_for("newsroom.story", id=id), 303)
    if form_value("newest") != str(context.newest):
        # A newer revision was saved meanwhile: show the texts again before choosing.
        return merge_page(context).render(), 409
    base, mine, theirs = _three(context, context.autosave)
    one = compose(base, mine, theirs, request.form)
    autosave_form(id, acting(), one, context.newest, context.autosave.version)
    return redirect(url_for("newsroom.story", id=id), 303)


def merge_page(context: StoryContext) -> MergePage:
    """Return the page that sets the autosaved form beside the saved story and their common base;
    404 without both."""
    if context.story is None or context.autosave is None:
        abort(404)
    base, mine, theirs = _three(context, context.autosave)
    return MergePage(
        id=context.id,
        headline=theirs.headline,
        theirs=context.story.revision,
        autosave=context.autosave,
        pairs=pairs(base, mine, theirs),
        bodies=bodies(base, mine, theirs),
    )


def _three(context: StoryContext, autosave: Autosave) -> tuple[StoryForm, StoryForm, StoryForm]:
    content = content_at(context.id, autosave.base)
    base = story_form(content) if content else StoryForm()
    return base, autosave.form, context.saved_form
