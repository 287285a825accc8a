"""Sessions: in the database, ended for good, never twice the same, and over in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from web.newsroom.test_access import EMAIL, PASSWORD, sign_in, token_in

from khabarayn import create_app
from khabarayn.desk.people.accounts import add_user, disable_user
from khabarayn.desk.people.sessions import IDLE, LONGEST, prune_sessions
from khabarayn.store.db import db, now
from khabarayn.store.models import SessionRow

pytestmark = pytest.mark.trust
COOKIE = "khabarayn"


@pytest.fixture
def inside(any_app) -> FlaskClient:
    with any_app.app_context():
        add_user(EMAIL, "سمر", "writer", PASSWORD)
    client = any_app.test_client()
    sign_in(client)
    return client


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie(COOKIE)
    assert found
    return found.value


def opens(client: FlaskClient, token: str) -> bool:
    """Say whether the cookie, replayed by somebody else, opens the newsroom."""
    thief = client.application.test_client()
    thief.set_cookie(COOKIE, token)
    return thief.get("/newsroom/").status_code == 200


def test_a_cookie_that_was_signed_out_opens_nothing(inside):
    token = cookie(inside)
    assert opens(inside, token)
    page = inside.get("/newsroom/").text
    assert inside.post("/newsroom/sign-out", data={"csrf_token": token_in(page)}).status_code == 303
    assert not opens(inside, token)


def test_what_was_planted_before_signing_in_is_not_the_session_after(any_app):
    with any_app.app_context():
        add_user(EMAIL, "سمر", "writer", PASSWORD)
    client = any_app.test_client()
    client.get("/newsroom/sign-in")
    before = cookie(client)
    sign_in(client)
    assert cookie(client) != before
    assert not opens(client, before)


def test_the_table_holds_nothing_that_opens(inside):
    with inside.application.app_context():
        rows = db.session.query(SessionRow).all()
        assert len(rows) == 1
        assert cookie(inside) not in repr([vars(row) for row in rows])


def test_a_stranger_leaves_no_row(client):
    for _ in range(3):
        client.get("/newsroom/sign-in")
        client.get("/newsroom/")
    with client.application.app_context():
        assert db.session.query(SessionRow).count() == 0


@pytest.mark.parametrize("after", [IDLE, LONGEST])
def test_a_session_is_over_in_time(inside, after):
    step, start = timedelta(minutes=20), now()
    with time_machine.travel(start, tick=False) as clock:
        if after == LONGEST:
            while now() - start < LONGEST - step:
                clock.shift(step)
                assert inside.get("/newsroom/").status_code == 200
            clock.shift(step + timedelta(minutes=1))
        else:
            clock.shift(IDLE + timedelta(seconds=1))
        assert inside.get("/newsroom/").status_code == 303
        with inside.application.app_context():
            assert prune_sessions() == 1


def test_who_is_shut_out_is_out_at_once(inside):
    assert inside.get("/newsroom/").status_code == 200
    with inside.application.app_context():
        disable_user(EMAIL)
    assert inside.get("/newsroom/").status_code == 303


def test_reading_pages_hardly_writes(inside):
    inside.get("/newsroom/")
    with inside.application.app_context():
        seen = db.session.query(SessionRow.seen_at).scalar()
    inside.get("/newsroom/more")
    with inside.application.app_context():
        assert db.session.query(SessionRow.seen_at).scalar() == seen


def test_behind_tls_the_cookie_is_bound_to_this_host(settings, migrated, app):
    made = create_app(replace(settings, base_url="https://localhost"))
    answer = made.test_client().get("/newsroom/sign-in", base_url="https://localhost")
    told = answer.headers["Set-Cookie"]
    assert told.startswith("__Host-khabarayn=")
    for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert word in told
    assert "Domain" not in told
    with made.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("token", ["", "x", "a" * 42, "ا" * 43, "a" * 43, "../" * 15, "a" * 3000])
def test_a_made_up_cookie_is_a_stranger(client, token):
    client.set_cookie(COOKIE, token)
    assert client.get("/newsroom/").status_code == 303
    assert client.get("/newsroom/sign-in").status_code == 200
