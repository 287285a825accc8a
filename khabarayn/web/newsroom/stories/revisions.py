"""The revisions of a story: list, differences, and restoring one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from khabarayn.article.compare import Pair, bodies, pairs
from khabarayn.article.diff import Change
from khabarayn.article.form import StoryForm
from khabarayn.desk.permissions import may
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.form import story_form
from khabarayn.desk.stories.write import RevisionConflict, restore
from khabarayn.store.queries.revisions import EditableStory, Revision, content_at, revisions_of
from khabarayn.web.newsroom.access import acting, needs, person
from khabarayn.web.newsroom.stories.context import saved_story_context
from khabarayn.web.page import Page
from khabarayn.web.request import whole


@dataclass(frozen=True)
class RevisionsPage(Page):
    """Every revision of a story, newest first."""

    template: ClassVar[str] = "newsroom/stories/revisions.html"

    story: EditableStory
    headline: str
    revisions: tuple[Revision, ...]


@dataclass(frozen=True)
class RevisionPage(Page):
    """``before`` is the revision compared with, None for the first one: then all of it is new."""

    template: ClassVar[str] = "newsroom/stories/revision.html"

    story: EditableStory
    headline: str
    revision: Revision
    before: Revision | None
    revisions: tuple[Revision, ...]
    pairs: tuple[Pair, ...]
    changes: tuple[Change, ...]
    restorable: bool


@needs("story.read")
def revisions(id: str) -> str:
    """Show every revision of the story."""
    context, story = saved_story_context(id, "story.read")
    return RevisionsPage(story, context.saved_form.headline, revisions_of(id)).render()


@needs("story.read")
def revision(id: str, number: int) -> str | Response:
    """What this revision changed, in the one before it or in the one that ``?with=`` names."""
    context, story = saved_story_context(id, "story.read")
    story_revisions = revisions_of(id)
    selected_revision = next(
        (one for one in story_revisions if one.number == number), None
    ) or abort(404)
    before = _revision_to_compare(story_revisions, number)
    mine = _text(id, number)
    theirs = _text(id, before.number) if before else StoryForm()
    body = bodies(theirs, mine, theirs)
    return RevisionPage(
        story=story,
        headline=context.saved_form.headline,
        revision=selected_revision,
        before=before,
        revisions=story_revisions,
        pairs=pairs(theirs, mine, theirs),
        changes=body.changes if body else (),
        restorable=number != context.newest and may(person(), "story.restore", story),
    ).render()


@needs("story.restore")
def restore_revision(id: str, number: int) -> Response:
    """Make this revision's text the newest again."""
    context, _story = saved_story_context(id, "story.restore")
    try:
        restore(id, number, acting(), context.newest)
    except RevisionConflict as refused:
        flash(refused.message, "error")
        return redirect(url_for("newsroom.revisions", id=id), 303)
    except Refused:
        abort(404)
    flash(_("استُعيد الإصدار %(number)s، وهو الآن أحدث إصدار.", number=number), "done")
    return redirect(url_for("newsroom.story", id=id), 303)


def _revision_to_compare(story_revisions: tuple[Revision, ...], number: int) -> Revision | None:
    argument = request.args.get("with", "")
    other = whole(argument)
    other = number - 1 if other is None else other
    return next((one for one in story_revisions if one.number == other), None)


def _text(id: str, number: int) -> StoryForm:
    return story_form(content_at(id, number) or abort(404))
