"""The door: strangers are led to sign in, roles are looked at, forms must be our own."""

from __future__ import annotations

import re

import pytest
from factories.user import user
from flask.testing import FlaskClient
from insiders import insider

from khabarayn.desk.by import OPERATOR
from khabarayn.desk.people.accounts import add_user
from khabarayn.desk.permissions import Forbidden
from khabarayn.store.db import db
from khabarayn.web.newsroom.access import needs

EMAIL, PASSWORD = "samar@khabarayn.example", "كلمة سر طويلة جدا"


def token_in(text: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', text)
    assert found
    return found[1]


def sign_in(client: FlaskClient, email: str = EMAIL, password: str = PASSWORD, **more: str):
    token = token_in(client.get("/newsroom/sign-in").text)
    data = {"email": email, "password": password, "csrf_token": token, **more}
    return client.post("/newsroom/sign-in", data=data)


@pytest.fixture
def samar(app) -> None:
    with app.app_context():
        add_user(EMAIL, "سمر", "writer", PASSWORD, OPERATOR)


def test_a_stranger_is_led_to_sign_in_and_back(client, samar):
    answer = client.get("/newsroom/more?x=1")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/newsroom/sign-in?next=/newsroom/more?x%3D1"
    page = client.get(answer.headers["Location"])
    assert 'value="/newsroom/more?x=1"' in page.text
    entered = sign_in(client, next="/newsroom/more?x=1")
    assert entered.status_code == 303
    assert entered.headers["Location"] == "/newsroom/more?x=1"
    assert client.get("/newsroom/").status_code == 200


@pytest.mark.parametrize("email", ["samar@paper.local", "samar@localhost", "samar@paper.test"])
def test_an_address_of_a_closed_network_comes_in_like_any_other(app, client, email):
    with app.app_context():
        add_user(email, "سمر", "writer", PASSWORD, OPERATOR)
    assert sign_in(client, f" {email.title()} ").status_code == 303


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, "خطأ"), ("nobody@khabarayn.example", PASSWORD)]
)
def test_a_wrong_half_is_not_named(client, samar, email, password):
    answer = sign_in(client, email, password)
    assert answer.status_code == 422
    assert "البريد أو كلمة المرور غير صحيح" in answer.text
    assert f'value="{email}"' in answer.text
    assert password not in answer.text


def test_an_account_that_was_stopped_is_a_wrong_half_too(app, client):
    with app.app_context():
        add_user(EMAIL, "سمر", "writer", PASSWORD, OPERATOR)
        user(email="off@khabarayn.example", active=False)
        db.session.commit()
    assert "البريد أو كلمة المرور" in sign_in(client, "off@khabarayn.example").text


def test_a_form_without_its_token_is_refused(client, samar):
    data = {"email": EMAIL, "password": PASSWORD}
    assert client.post("/newsroom/sign-in", data=data).status_code == 400
    assert client.get("/newsroom/").status_code == 303


def test_a_request_from_another_site_is_refused(enter):
    client = enter("writer")
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/newsroom/sign-out", headers=headers).status_code == 403
    assert client.get("/newsroom/").status_code == 200


def test_signing_out_ends_it(enter):
    client = enter("writer")
    assert client.get("/newsroom/").status_code == 200
    answer = client.post("/newsroom/sign-out")
    assert answer.status_code == 303
    assert client.get("/newsroom/").status_code == 303


def test_a_script_is_told_that_the_session_is_over_and_not_led_away(client):
    assert client.post("/newsroom/sign-out").status_code == 401
    assert client.get("/newsroom/", headers={"HX-Request": "true"}).status_code == 401


def test_a_view_that_declares_nothing_opens_to_nobody(app):
    app.view_functions["newsroom.more"] = lambda: "all secrets"
    client = insider(app, "admin")
    answer = client.get("/newsroom/more")
    assert answer.status_code == 403
    assert "all secrets" not in answer.text


def test_what_a_verb_alone_refuses_is_refused_and_not_a_failure(app):
    def refusing() -> str:
        raise Forbidden("story.publish")

    app.add_url_rule("/newsroom/probe", "newsroom.probe", needs("newsroom.see")(refusing))
    answer = insider(app, "writer").get("/newsroom/probe")
    assert answer.status_code == 403
    assert "غير مسموح" in answer.text
    # In the newsroom's own frame, with a way back to the desk.
    assert 'class="nr"' in answer.text
    assert 'href="/newsroom/"' in answer.text


def test_the_newsroom_is_private_and_says_so(enter):
    answer = enter("writer").get("/newsroom/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert 'lang="ar" dir="rtl"' in answer.text


def test_readers_pages_know_no_person_and_no_cookie(enter):
    client = enter("writer")
    answer = client.get("/sections")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "سمر" not in answer.text
