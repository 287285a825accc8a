"""Clients of the newsroom's people: signed in, and proving with each form that it is theirs."""

from __future__ import annotations

import hashlib
import secrets
import time
from typing import Any

from factories.user import user
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from khabarayn import Khabarayn
from khabarayn.desk.by import By
from khabarayn.store.db import db
from khabarayn.store.queries.people import Person, person_of

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


class Insider(FlaskClient):
    """A client behind the door; ``person`` is who it is. ``proving=False`` sends no CSRF token."""

    person: Person
    by: By
    token: str

    def open(self, *args: Any, proving: bool = True, **given: Any) -> TestResponse:
        if proving and given.get("method") in UNSAFE:
            headers = dict(given.pop("headers", None) or {})
            given["headers"] = {"X-CSRFToken": self.token, **headers}
        return super().open(*args, **given)


def insider(app: Khabarayn, role: str = "writer", **given: Any) -> Insider:
    """Return a client signed in as a new person with this role."""
    with app.app_context():
        row = user(role=role, **given)
        db.session.commit()
        person, key = person_of(row), row.fs_uniquifier
    client = Insider(app, app.response_class, use_cookies=True)
    client.person, client.by = person, By.of(person)
    raw = hashlib.sha1(secrets.token_bytes(16)).hexdigest()
    with client.session_transaction("/newsroom/") as session:
        session.update({"_user_id": key, "_fresh": True, "fs_cc": "set", "fs_paa": time.time()})
        session["strong"] = True
    # Who signs in gets a new session, and with it a new proof against forged forms.
    with client.session_transaction("/newsroom/") as session:
        session["csrf_token"] = raw
    signer = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token")
    client.token = str(signer.dumps(raw))
    return client
