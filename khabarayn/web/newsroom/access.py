"""Access control: who is signed in, what their role may open, and what a request must prove to
change things."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask_login import current_user, login_user
from flask_wtf.csrf import CSRFProtect
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import Forbidden as NotAllowed
from werkzeug.wrappers import Response

from khabarayn.backup.age import BackupState, backup_state
from khabarayn.desk.by import By
from khabarayn.desk.permissions import ROLES, TABLE, Forbidden, StoryStanding, may
from khabarayn.settings import settings_of
from khabarayn.store.queries.notifications import COUNT_LIMIT, unseen_count
from khabarayn.store.queries.people import Person, person_of
from khabarayn.web import errors
from khabarayn.web.caching import PERSONAL
from khabarayn.web.condition import watch
from khabarayn.web.newsroom.menu import Place, places

SAFE = {"GET", "HEAD", "OPTIONS"}
# Endpoints of signing in, open to anybody; each checks what the step before it stored.
OPEN = {
    "security.login",
    "security.two_factor_token_validation",
    "security.tf_select",
    "security.mf_recovery",
    "security.wan_signin",
    "security.wan_signin_response",
    "newsroom.join",
    "newsroom.forgotten",
    "newsroom.outside",
}
# The library's views for who is signed in, whatever their role.
OWN = {
    "security.logout",
    "security.verify",
    "security.wan_register",
    "security.wan_register_response",
}
# Endpoints open to somebody who must change the password or has yet to set up a second factor.
_LEAVE = {"security.logout", "security.verify", "newsroom.password"}
_SET_UP = _LEAVE | OWN | {
    "newsroom.account", "newsroom.application", "newsroom.codes", "newsroom.passkey_off",
    "newsroom.session_off",
}  # fmt: skip
FRESH = timedelta(minutes=30)
View = TypeVar("View", bound=Callable[..., Any])

csrf = CSRFProtect()


def needs(action: str, fresh: bool = False) -> Callable[[View], View]:
    """Declare that a view is open to roles that may do ``action`` at all.

    Which story it is done to is asked again by the view, with `allow`, and by the verb. With
    ``fresh`` the password must have been given within the last half hour, or is asked for again.
    """
    if action not in TABLE:
        raise KeyError(f"{action} is no action of the table in desk/permissions.py")

    def declare(view: View) -> View:
        view.needs = action  # type: ignore[attr-defined]
        view.fresh = fresh  # type: ignore[attr-defined]
        return view

    return declare


def person() -> Person:
    """Return who is signed in; in a view that declares what it needs somebody always is."""
    this_person = visitor()
    return this_person if this_person is not None else abort(401)


def acting() -> By:
    """Return who is signed in and their network address, as verbs take it."""
    return By.of(person(), request.remote_addr or "")


def visitor() -> Person | None:
    """Return who is signed in, or None."""
    if "khabarayn_person" not in g:
        is_signed_in = current_user.is_authenticated
        g.khabarayn_person = person_of(cast(Any, current_user)) if is_signed_in else None
    return g.khabarayn_person


def allow(action: str, story: StoryStanding | None = None) -> None:
    """Answer 403 unless the person may do ``action`` to ``story``."""
    if not may(person(), action, story):
        abort(403)


def policy_of(endpoint: str) -> str:
    """Return the action that an endpoint declares, or nothing: then it is open to nobody."""
    return getattr(current_app.view_functions[endpoint], "needs", "")


def guard() -> Response | None:
    """Refuse every newsroom request that its view does not allow: an address without `needs` is
    open to nobody."""
    if not request.path.startswith(PERSONAL):
        return None
    if request.method not in SAFE and request.headers.get("Sec-Fetch-Site", "same-origin") not in {
        "same-origin",
        "none",
    }:
        abort(403)
    if getattr(session, "broken", False):
        abort(503)
    if request.endpoint is None:
        return None
    somebody = visitor()
    if somebody is None and request.endpoint not in OPEN:
        return _to_sign_in()
    if request.method not in SAFE:
        csrf.protect()
    if request.endpoint in OPEN:
        return None
    first = _first_things_first(request.endpoint)
    if first or request.endpoint in OWN:
        return first
    action = policy_of(request.endpoint)
    if not action or not may(person(), action):
        abort(403)
    if getattr(current_app.view_functions[request.endpoint], "fresh", False) and not _is_fresh():
        return _confirm()
    return None


def must_change() -> bool:
    """Say whether the signed-in person must choose another password first."""
    return bool(getattr(current_user, "must_change", False))


def wants_factor() -> bool:
    """Say whether the signed-in person needs a second factor that this session has not been
    given."""
    settings = settings_of(current_app.config)
    role = person().role
    if not settings.second_factor or role not in ROLES or session.get("strong"):
        return False
    return ROLES.index(role) >= ROLES.index(settings.second_factor)


def _first_things_first(endpoint: str) -> Response | None:
    """Redirect who must change the password, or set up a second factor, to where that is done."""
    if must_change() and endpoint not in _LEAVE:
        return _instead("newsroom.password")
    if wants_factor() and endpoint not in _SET_UP:
        return _instead("newsroom.account")
    return None


def _instead(endpoint: str) -> Response:
    if request.method not in SAFE:
        abort(403)
    return redirect(url_for(endpoint), 303)


def _is_fresh() -> bool:
    return time.time() - session.get("fs_paa", 0) < FRESH.total_seconds()


def _confirm() -> Response:
    """Ask for the password once more, then redirect to the page that was asked for."""
    address = request.script_root + request.full_path.removesuffix("?")
    if request.method not in SAFE:
        address = url_for("newsroom.account")
    return redirect(url_for("security.verify", next=address), 303)


def stay() -> None:
    """Keep this session after a change of password: it starts anew, the person's others end."""
    login_user(current_user, force=True)


def _to_sign_in() -> Response:
    """Redirect a stranger to sign in, and back afterwards; a script gets 401 instead."""
    if request.method not in SAFE or "HX-Request" in request.headers:
        abort(401)
    address = request.script_root + request.full_path.removesuffix("?")
    return redirect(url_for("security.login", next=address), 303)


def backups() -> BackupState:
    """Return the state of backups, asked of the database once a request."""
    if "khabarayn_backups" not in g:
        g.khabarayn_backups = backup_state(settings_of(current_app.config))
    return g.khabarayn_backups


@dataclass(frozen=True)
class Room:
    """What templates of the newsroom may ask: who is signed in, and which pages they may open."""

    person: Person | None

    def may(self, action: str, story: StoryStanding | None = None) -> bool:
        """Say whether the visitor may do ``action`` (to ``story``); a stranger may do nothing."""
        return self.person is not None and may(self.person, action, story)

    def _open(self, all_places: tuple[Place, ...]) -> tuple[Place, ...]:
        return tuple(place for place in all_places if self.may(place.action))

    @property
    def bar(self) -> tuple[Place, ...]:
        """The entries of the menu that stand in the bar, of those that the visitor may open."""
        return self._open(places()[0])

    @property
    def badge(self) -> str:
        """What the badge counts, in words; empty for nothing."""
        if self.person is None:
            return ""
        try:
            count = unseen_count(self.person.id, sees_all=self.may("story.publish"))
        except SQLAlchemyError:
            # The error page has the same frame and must be rendered without a database, too.
            return ""
        return f"+{COUNT_LIMIT}" if count > COUNT_LIMIT else str(count or "")

    @property
    def late_backup(self) -> BackupState | None:
        """The state of backups where the last good one is too old, for who may set up the site."""
        if not self.may("site.settings"):
            return None
        try:
            state = backups()
        except SQLAlchemyError:
            return None
        return state if state.late else None

    @property
    def worker_missed(self) -> bool:
        """Whether no worker is at work, for who may schedule stories."""
        try:
            return self.may("story.schedule") and watch().missed()
        except SQLAlchemyError:
            return False

    @property
    def more(self) -> tuple[Place, ...]:
        """The entries of the menu behind «more», of those that the visitor may open."""
        return self._open(places()[1])


def forbidden(error: Forbidden) -> Any:
    """Answer a verb's `Forbidden`, which the view had let through, as the guard does."""
    del error
    return errors.answer(NotAllowed())


def register(app: Flask) -> None:
    """Guard every newsroom request, answer `Forbidden` with its page, and give templates the value
    ``newsroom`` (a `Room`)."""
    app.before_request(guard)
    app.register_error_handler(Forbidden, forbidden)

    @app.context_processor
    def speak() -> dict[str, object]:  # pyright: ignore[reportUnusedFunction]
        personal = request and request.path.startswith(PERSONAL)
        return {"newsroom": Room(visitor() if personal else None)}
