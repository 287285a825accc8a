"""Two texts of one story side by side, and the way to make them one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from khabarayn.article.compare import Bodies, Pair, bodies, compose, pairs
from khabarayn.article.content import Content
from khabarayn.article.form import Typed
from khabarayn.desk.stories.autosave import keep
from khabarayn.desk.stories.form import typed_of
from khabarayn.store.queries.revisions import Kept, Revision, content_at
from khabarayn.web.newsroom.access import acting, needs
from khabarayn.web.newsroom.stories.context import Desk, on_desk
from khabarayn.web.page import Page


@dataclass(frozen=True)
class MergePage(Page):
    """``theirs`` is the newest revision, ``kept`` this person's unsaved text."""

    template: ClassVar[str] = "newsroom/stories/merge.html"

    id: str
    headline: str
    theirs: Revision
    kept: Kept
    pairs: tuple[Pair, ...]
    bodies: Bodies | None


@needs("story.write")
def merge(id: str) -> str | Response:
    """Show both texts; without two of them, go to the one that there is."""
    desk = on_desk(id)
    if not desk.behind or desk.story is None:
        return redirect(url_for("newsroom.story", id=id), 303)
    return merge_page(desk).render()


@needs("story.write")
def merged(id: str) -> Response | tuple[str, int]:
    """Make one text of both, unsaved still, and go on writing it."""
    desk = on_desk(id)
    if desk.story is None or desk.kept is None:
        return redirect(url_for("newsroom.story", id=id), 303)
    if request.form.get("newest") != str(desk.newest):
        # Saved once more meanwhile: look again before choosing.
        return merge_page(desk).render(), 409
    base, mine, theirs = _three(desk, desk.kept)
    one = compose(base, mine, theirs, request.form)
    keep(id, acting(), one, desk.newest, desk.kept.version)
    return redirect(url_for("newsroom.story", id=id), 303)


def merge_page(desk: Desk) -> MergePage:
    """Return the page that sets the autosaved form beside the saved story and their common base;
    404 without both."""
    if desk.story is None or desk.kept is None:
        abort(404)
    base, mine, theirs = _three(desk, desk.kept)
    return MergePage(
        id=desk.id,
        headline=theirs.headline,
        theirs=desk.story.revision,
        kept=desk.kept,
        pairs=pairs(base, mine, theirs),
        bodies=bodies(base, mine, theirs),
    )


def _three(desk: Desk, kept: Kept) -> tuple[Typed, Typed, Typed]:
    begun = content_at(desk.id, kept.base)
    base = typed_of(Content.from_json(begun)) if begun else Typed()
    return base, Typed.of(kept.typed), desk.saved
