"""Autosave: store the unsaved text every few seconds, report its state, delete it on request."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from khabarayn.article.form import StoryForm
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.desk.stories.autosave import AutosaveConflict, autosave_form, forget
from khabarayn.desk.stories.presence import here
from khabarayn.store.queries.revisions import Revision
from khabarayn.web.newsroom.access import acting, needs, person
from khabarayn.web.newsroom.forms import refusal
from khabarayn.web.newsroom.stories.context import StoryContext, story_context
from khabarayn.web.request import whole


@needs("story.write")
def draft_state(id: str) -> dict[str, Any]:
    """Return the story's present state to a page that was suspended, with a fresh CSRF token."""
    return {**_state(story_context(id)), "token": generate_csrf(), "person": person().id}


@needs("story.write")
def autosave_draft(id: str) -> tuple[dict[str, Any], int]:
    """Store the text that the page sends; 409 with the other window's text when that is newer."""
    context = story_context(id)
    body = request.get_json(silent=True)
    fields: dict[str, Any] = body if isinstance(body, dict) else request.form.to_dict()
    inner = fields.get("typed")
    form = StoryForm.of(inner if isinstance(inner, dict) else fields)
    base, version = (whole(fields.get(name)) or 0 for name in ("base", "version"))
    try:
        receipt = autosave_form(id, acting(), form, base, version)
    except AutosaveConflict as conflict:
        return {**_state(story_context(id)), **refusal(faults_of(conflict))}, 409
    except Refused as refused:
        return {**_state(context), **refusal(faults_of(refused))}, 422
    here(id, acting())
    state = _state(context)
    state.update(version=receipt.version, at=receipt.at.isoformat(), newest=receipt.newest)
    return state, 200


@needs("story.write")
def forget_draft(id: str) -> Response:
    """Delete the unsaved text and go back to the newest revision."""
    context = story_context(id)
    forget(id, acting())
    if context.story is None:
        flash(_("حُذف ما بدأته ولم تحفظه."))
        return redirect(url_for("newsroom.story_list"), 303)
    return redirect(url_for("newsroom.story", id=id), 303)


def _state(context: StoryContext) -> dict[str, Any]:
    revision: Revision | None = context.story.revision if context.story else None
    return {
        "version": context.autosave.version if context.autosave else 0,
        "base": context.autosave.base if context.autosave else 0,
        "typed": context.autosave.form.to_json() if context.autosave else None,
        "newest": context.newest,
        "by": revision.made_by if revision else "",
    }
