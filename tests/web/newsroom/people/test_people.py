"""People: invited by a link that works once, changed and shut out by admins, never the last."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from insiders import insider
from web.newsroom.test_access import EMAIL, PASSWORD, sign_in, token_in

from khabarayn.desk.by import OPERATOR
from khabarayn.desk.people.accounts import add_user, reset_user
from khabarayn.desk.people.links import first_link
from khabarayn.desk.refused import Refused
from khabarayn.store.db import db, now
from khabarayn.store.models import LogRow, UserRow
from khabarayn.store.queries.people import all_users

NEW = "جملة لا يعرفها أحد غيري"


def link_in(text: str) -> str:
    found = re.search(r'/newsroom/join/[A-Za-z0-9_-]{43}"', text)
    assert found
    return found[0][:-1]


def fill(client, link: str, **data: str):
    token = token_in(client.get(link).text)
    given = {"name": "هدى", "password": NEW, "again": NEW, "csrf_token": token, **data}
    return client.post(link, data=given)


def test_an_invitation_is_a_link_that_works_once(app):
    admin = insider(app, "admin")
    shown = admin.post(
        "/newsroom/people/invite", data={"email": " Huda@Khabarayn.example ", "role": "editor"}
    )
    link = link_in(shown.text)
    guest = app.test_client()
    assert "هدى" not in guest.get(link).text
    assert fill(guest, link).status_code == 303
    assert sign_in(guest, "huda@khabarayn.example", NEW).status_code == 303
    assert guest.get("/newsroom/").status_code == 200
    assert app.test_client().get(link).status_code == 404
    with app.app_context():
        row = db.session.query(UserRow).filter_by(email="huda@khabarayn.example").one()
        assert (row.role, row.name) == ("editor", "هدى")
        verbs = [line.verb for line in db.session.query(LogRow)]
    assert {"invite", "join", "sign_in"} <= set(verbs)


def test_a_link_is_over_after_a_week_or_when_taken_back_or_replaced(app):
    admin = insider(app, "admin")
    data = {"email": "huda@khabarayn.example", "role": "writer"}
    first = link_in(admin.post("/newsroom/people/invite", data=data).text)
    second = link_in(admin.post("/newsroom/people/invite", data=data).text)
    guest = app.test_client()
    assert guest.get(first).status_code == 404
    assert guest.get(second).status_code == 200
    with time_machine.travel(now() + timedelta(days=7, minutes=1)):
        assert guest.get(second).status_code == 404
    number = re.search(r"/invitations/(\d+)/withdraw", admin.get("/newsroom/people").text)
    assert number
    admin.post(f"/newsroom/people/invitations/{number[1]}/withdraw")
    assert guest.get(second).status_code == 404


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("قصيرة", "أقصر من"),
        ("aaaaaaaaaaaaaaaaaaaa", "أول ما يُجرَّب"),
        ("123456789012345", "أول ما يُجرَّب"),
        ("بسم الله الرحمن الرحيم", "أول ما يُجرَّب"),
        ("huda@khabarayn.example", "أول ما يُجرَّب"),
        ("Password-Password", "أول ما يُجرَّب"),
    ],
)
def test_a_password_that_would_be_guessed_is_refused_and_the_rest_stays(app, password, why):
    admin = insider(app, "admin")
    data = {"email": "huda@khabarayn.example", "role": "writer"}
    link = link_in(admin.post("/newsroom/people/invite", data=data).text)
    answer = fill(app.test_client(), link, password=password, again=password)
    assert answer.status_code == 422
    assert why in answer.text
    assert 'value="هدى"' in answer.text
    assert password not in answer.text.replace('value="huda@khabarayn.example"', "")


def test_the_first_admin_comes_in_by_the_link_that_the_server_prints(app):
    with app.app_context():
        older, token = first_link(OPERATOR), first_link(OPERATOR)
    guest = app.test_client()
    assert guest.get(f"/newsroom/join/{older}").status_code == 404
    answer = fill(guest, f"/newsroom/join/{token}", email=EMAIL)
    assert answer.status_code == 303
    assert sign_in(guest, EMAIL, NEW).status_code == 303
    assert guest.get("/newsroom/people").status_code == 200
    with app.app_context():
        assert first_link(OPERATOR) == ""


def test_a_role_is_changed_and_a_person_shut_out_and_let_in(app):
    admin, other = insider(app, "admin"), insider(app, "writer")
    page = f"/newsroom/people/{other.person.id}"
    assert other.get("/newsroom/audit").status_code == 403
    assert admin.post(page, data={"role": "chief", "name": "سلمى"}).status_code == 303
    with app.app_context():
        row = db.session.get(UserRow, other.person.id)
        assert row and (row.role, row.name) == ("chief", "سلمى")
    assert admin.post(f"{page}/disable").status_code == 303
    assert other.get("/newsroom/").status_code == 303
    assert admin.post(f"{page}/enable").status_code == 303
    assert admin.post(page, data={"role": "king"}).status_code == 422


def test_the_last_admin_stays(app):
    admin = insider(app, "admin")
    page = f"/newsroom/people/{admin.person.id}"
    assert "آخر مدير" in admin.post(page, data={"role": "writer", "name": "سمر"}).text
    admin.post(f"{page}/disable")
    assert admin.get("/newsroom/people").status_code == 200


def test_a_reset_ends_everything_and_gives_a_link(app):
    with app.app_context():
        add_user(EMAIL, "سمر", "writer", PASSWORD, OPERATOR)
    client, admin = app.test_client(), insider(app, "admin")
    sign_in(client)
    with app.app_context():
        number = next(a.id for a in all_users() if a.email == EMAIL)
    link = link_in(admin.post(f"/newsroom/people/{number}/reset").text)
    assert client.get("/newsroom/").status_code == 303
    assert sign_in(app.test_client()).status_code == 422
    assert fill(app.test_client(), link).status_code == 303
    assert sign_in(app.test_client(), EMAIL, NEW).status_code == 303


def test_weighty_pages_ask_for_the_password_again(app):
    with app.app_context():
        add_user(EMAIL, "سمر", "admin", PASSWORD, OPERATOR)
    client = app.test_client()
    sign_in(client)
    with client.session_transaction("/newsroom/") as session:
        session["fs_paa"] -= 3600
    led = client.get("/newsroom/people")
    assert led.headers["Location"] == "/newsroom/confirm?next=/newsroom/people"
    page = client.get(led.headers["Location"])
    data = {"csrf_token": token_in(page.text), "next": "/newsroom/people"}
    assert client.post("/newsroom/confirm", data={**data, "password": "لا"}).status_code == 422
    answer = client.post("/newsroom/confirm", data={**data, "password": PASSWORD})
    assert answer.headers["Location"] == "/newsroom/people"
    assert client.get("/newsroom/people").status_code == 200


def test_a_password_that_the_operator_gave_is_changed_first(app):
    with app.app_context():
        add_user(EMAIL, "سمر", "writer", PASSWORD, OPERATOR, must_change=True)
    client = app.test_client()
    sign_in(client)
    assert client.get("/newsroom/more").headers["Location"] == "/newsroom/account/password"
    token = token_in(client.get("/newsroom/account/password").text)
    data = {"csrf_token": token, "old": PASSWORD, "password": PASSWORD, "again": PASSWORD}
    assert client.post("/newsroom/account/password", data=data).status_code == 422
    data |= {"password": NEW, "again": NEW}
    assert client.post("/newsroom/account/password", data=data).status_code == 303
    assert client.get("/newsroom/").status_code == 200
    assert sign_in(app.test_client(), EMAIL, NEW).status_code == 303
    with app.app_context():
        with pytest.raises(Refused):
            reset_user("nobody@khabarayn.example", NEW, OPERATOR)
        db.session.rollback()


@pytest.mark.parametrize(
    "next_",
    [
        "//evil.example/x", "https://evil.example/", "/\t/evil.example", "/\\evil.example",
        "\\\\evil.example", "http:/evil.example", "javascript:alert(1)", "/newsroom/../../evil",
        "///evil.example", "/newsroom/\r\nX: y", "https:evil.example", "/%09/evil.example",
    ],
)  # fmt: skip
def test_signing_in_never_leads_to_another_house(app, next_):
    with app.app_context():
        add_user(EMAIL, "سمر", "writer", PASSWORD, OPERATOR)
    answer = sign_in(app.test_client(), next=next_)
    where = answer.headers.get("Location", "/newsroom/")
    assert re.fullmatch(r"/newsroom/[A-Za-z0-9/?=&%._-]*", where), where
    assert ".." not in where
