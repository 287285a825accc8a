"""What is typed and not saved: kept every few seconds, found again, and forgotten on request."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from khabarayn.article.form import Typed
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.autosave import Overtaken, forget, keep
from khabarayn.desk.stories.presence import here
from khabarayn.store.queries.revisions import Revision
from khabarayn.web.newsroom.access import acting, needs, person
from khabarayn.web.newsroom.stories.context import Desk, on_desk
from khabarayn.web.request import whole


@needs("story.write")
def draft_state(id: str) -> dict[str, Any]:
    """Where the story stands, for a page that was away: with a token for the session of now."""
    return {**_state(on_desk(id)), "token": generate_csrf(), "person": person().id}


@needs("story.write")
def keep_draft(id: str) -> tuple[dict[str, Any], int]:
    """Keep what the page sends; 409 with the other window's text when that is newer."""
    desk = on_desk(id)
    sent = request.get_json(silent=True)
    given: dict[str, Any] = sent if isinstance(sent, dict) else request.form.to_dict()
    inner = given.get("typed")
    typed = Typed.of(inner if isinstance(inner, dict) else given)
    base, version = (whole(given.get(name)) or 0 for name in ("base", "version"))
    try:
        receipt = keep(id, acting(), typed, base, version)
    except Overtaken as overtaken:
        return {**_state(on_desk(id)), "refused": overtaken.message}, 409
    except Refused as refused:
        return {**_state(desk), "refused": refused.message}, 422
    here(id, acting())
    state = _state(desk)
    state.update(version=receipt.version, at=receipt.at.isoformat(), newest=receipt.newest)
    return state, 200


@needs("story.write")
def forget_draft(id: str) -> Response:
    """Forget the unsaved text and go back to the newest saved one."""
    desk = on_desk(id)
    forget(id, acting())
    if desk.story is None:
        flash(_("حُذف ما بدأته ولم تحفظه."))
        return redirect(url_for("newsroom.desk"), 303)
    return redirect(url_for("newsroom.story", id=id), 303)


def _state(desk: Desk) -> dict[str, Any]:
    saved: Revision | None = desk.story.revision if desk.story else None
    return {
        "version": desk.kept.version if desk.kept else 0,
        "base": desk.kept.base if desk.kept else 0,
        "typed": desk.kept.typed if desk.kept else None,
        "newest": desk.newest,
        "by": saved.made_by if saved else "",
    }
