"""Sessions: in the database, ended for good, never twice the same, and over in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from web.newsroom.test_access import EMAIL, PASSWORD, sign_in, token_in

from khabarayn import create_app
from khabarayn.article.identity import new_public_id
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.people.accounts import add_user, disable_user
from khabarayn.desk.people.sessions import IDLE, LONGEST, prune_sessions
from khabarayn.store.db import db, now
from khabarayn.store.models import SessionRow

pytestmark = pytest.mark.trust
COOKIE = "khabarayn"
STORY_STEP = f"/newsroom/stories/{new_public_id()}/return"


@pytest.fixture
def inside(any_app) -> FlaskClient:
    with any_app.app_context():
        add_user(EMAIL, "سمر", "writer", PASSWORD, OPERATOR)
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
        add_user(EMAIL, "سمر", "writer", PASSWORD, OPERATOR)
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
            assert prune_sessions() == 0
        clock.shift(timedelta(days=1))
        with inside.application.app_context():
            assert prune_sessions() == 1


def late(client: FlaskClient, clock, path: str, **data: str):
    """Send a form whose page was opened before the session ended."""
    token = token_in(client.get("/newsroom/").text)
    clock.shift(IDLE + timedelta(seconds=1))
    return client.post(path, data={"csrf_token": token, **data}, headers={
        "Referer": "http://localhost/newsroom/stories/x"})  # fmt: skip


def test_a_note_sent_after_the_session_ended_is_there_after_signing_in_again(inside):
    with time_machine.travel(now(), tick=False) as clock:
        answer = late(inside, clock, STORY_STEP, note="أضف مصدرًا ثانيًا", seen="1")
        assert answer.status_code == 401
        assert 'name="password"' in answer.text
        entered = inside.post("/newsroom/sign-in", data={
            "email": EMAIL, "password": PASSWORD, "next": "/newsroom/held",
            "csrf_token": token_in(answer.text)})  # fmt: skip
        assert entered.headers["Location"] == "/newsroom/held"
        page = inside.get("/newsroom/held").text
        assert "أضف مصدرًا ثانيًا</textarea>" in page
        assert f'action="{STORY_STEP}"' in page
        assert '<input type="hidden" name="seen" value="1">' in page
        assert inside.get("/newsroom/held").text.count("أضف مصدرًا ثانيًا") == 1
        token = token_in(page)
        inside.post("/newsroom/held/drop", data={"csrf_token": token})
        assert inside.get("/newsroom/held").status_code == 303


def test_a_held_form_is_forgotten_once_it_is_taken(app):
    with app.app_context():
        add_user(EMAIL, "سمر", "admin", PASSWORD, OPERATOR)
    client = app.test_client()
    sign_in(client)
    with time_machine.travel(now(), tick=False) as clock:
        path = "/newsroom/settings"
        answer = late(client, clock, path, social="https://x.com/alduha", counting="1")
        assert "باقٍ" in answer.text
        sign_in(client)
        page = client.get("/newsroom/held").text
        assert "https://x.com/alduha</textarea>" in page
        sent = client.post(
            path, data={"social": "https://x.com/alduha", "csrf_token": token_in(page)}
        )
        assert sent.status_code == 303
        assert "https://x.com/alduha" in client.get("/sections").text
        assert client.get("/newsroom/held").status_code == 303


def test_nothing_is_held_for_a_stranger_or_a_form_that_is_not_ours(inside):
    stranger = inside.application.test_client()
    token = token_in(stranger.get("/newsroom/sign-in").text)
    assert stranger.post(STORY_STEP, data={
        "csrf_token": token, "note": "x"}).status_code == 401  # fmt: skip
    with time_machine.travel(now(), tick=False) as clock:
        clock.shift(IDLE + timedelta(seconds=1))
        answer = inside.post(STORY_STEP, data={"csrf_token": "no", "note": "x"})
        assert answer.status_code == 401
        assert "باقٍ" not in answer.text
    with inside.application.app_context():
        assert db.session.query(SessionRow).count() == 1


def test_reading_a_long_page_keeps_the_session(inside):
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(4):
            clock.shift(timedelta(minutes=20))
            assert inside.get("/newsroom/alive").status_code == 204


def test_who_is_shut_out_is_out_at_once(inside):
    assert inside.get("/newsroom/").status_code == 200
    with inside.application.app_context():
        disable_user(EMAIL, OPERATOR)
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
