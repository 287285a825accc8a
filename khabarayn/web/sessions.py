"""Sessions of the newsroom; public pages have none.

The cookie says 32 random bytes and nothing else; what it stands for is in the database. Whoever is
not signed in has no row there either: their proof against forged forms is made from the cookie.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from flask import Flask, Request, Response, g
from flask import request as http_request
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import NullSession, SessionInterface, SessionMixin
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import CallbackDict

from khabarayn.desk.people.sessions import (
    SEEN_EVERY,
    StoredSession,
    begin,
    end,
    find,
    new_token,
    update_session,
    well_formed,
)
from khabarayn.store.db import now
from khabarayn.web.caching import PERSONAL

# The two bases write `update` differently.
# pyright: reportIncompatibleMethodOverride=false
# Keys of a session without sign-in that need no stored row.
_LIGHT = {"csrf_token", "fs_cc"}
_USER = "_user_id"
_writer = TaggedJSONSerializer()


class BrowserSession(CallbackDict[str, Any], SessionMixin):
    """A newsroom session. ``row`` is its row, if there is one; ``broken`` says that the
    database could not be asked."""

    def __init__(self, token: str, data: dict[str, Any], row: StoredSession | None = None) -> None:
        def on_change(this: BrowserSession) -> None:
            this.modified = this.accessed = True

        super().__init__(data, on_change)  # pyright: ignore[reportArgumentType]
        self.modified = self.accessed = self.broken = False
        self.token = token
        self.row = row
        self.is_new_token = False
        self.user_before = self.get(_USER, "")

    @property
    def heavy(self) -> bool:
        """Whether it holds anything that must be stored; `_LIGHT` keys alone need no row."""
        return bool(set(self) - _LIGHT)


class StoredSessions(SessionInterface):
    """Flask's session interface over `khabarayn.desk.people.sessions`."""

    def open_session(self, app: Flask, request: Request) -> BrowserSession | NullSession:
        """Return the request's session: none outside the newsroom; a new one for an unknown cookie;
        an empty one that is never saved when the database does not answer."""
        if not request.path.startswith(PERSONAL):
            return self.make_null_session(app)
        token = request.cookies.get(self.get_cookie_name(app), "")
        if not well_formed(token):
            return _stranger(app, new_token())
        try:
            row = find(token)
        except SQLAlchemyError:
            session = BrowserSession(token, {})
            session.broken = True
            return session
        if row is None:
            session = _stranger(app, token)
            session.is_new_token = True
            return session
        return BrowserSession(token, _writer.loads(row.data), row)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Store what changed, under a new identifier after a sign-in or sign-out."""
        if not isinstance(session, BrowserSession) or session.broken:
            return
        response.vary.add("Cookie")
        user = session.get(_USER, "")
        if user != session.user_before:
            # After a sign-in or sign-out the identifier changes, against session fixation.
            _end(session)
            session.token = new_token()
            session.pop("csrf_token", None)
            if not user:
                session.clear()
            self._send_cookie(app, session, response)
        if session.row is not None:
            _extend(session)
        elif session.heavy:
            if user == session.user_before:
                if session.is_new_token:
                    # The old row of this token, run out, may still be there.
                    session.token = new_token()
                self._send_cookie(app, session, response)
            begin(session.token, _writer.dumps(dict(session)), user, *_where())
        elif "csrf_token" in g and not session.is_new_token:
            self._send_cookie(app, session, response)

    def _send_cookie(self, app: Flask, session: BrowserSession, response: Response) -> None:
        response.set_cookie(
            self.get_cookie_name(app),
            session.token,
            path="/",
            secure=self.get_cookie_secure(app),
            httponly=True,
            samesite="Lax",
        )


def _stranger(app: Flask, token: str) -> BrowserSession:
    key = str(app.config["SECRET_KEY"]).encode()
    proof = hmac.new(key, b"csrf\0" + token.encode(), hashlib.sha256).hexdigest()
    return BrowserSession(token, {"csrf_token": proof})


def _end(session: BrowserSession) -> None:
    if session.row is not None:
        end(session.row.id)
        session.row = None


def _extend(session: BrowserSession) -> None:
    assert session.row is not None
    data = _writer.dumps(dict(session))
    if data != session.row.data or now() - session.row.seen_at > SEEN_EVERY:
        update_session(session.row.id, data, _where()[0])


def _where() -> tuple[str, str]:
    return http_request.remote_addr or "", http_request.user_agent.string


def register(app: Flask) -> None:
    """Keep the sessions of ``app`` in the database."""
    app.session_interface = StoredSessions()
