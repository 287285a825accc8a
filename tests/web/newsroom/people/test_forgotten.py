"""Who has forgotten the password is helped by a letter; who guesses addresses learns nothing."""

from __future__ import annotations

import email
import email.policy
import re
import threading

import pytest
from jobs.test_mail import post  # noqa: F401
from web.newsroom.test_access import EMAIL, PASSWORD, sign_in, token_in

from khabarayn.desk.by import OPERATOR, By
from khabarayn.desk.people.accounts import add_user, disable_user
from khabarayn.desk.people.attempts import RESET_MAIL
from khabarayn.store.db import db
from khabarayn.store.models import InvitationRow, LogRow, UserRow

NEW = "سبعة جسور فوق نهر واسع"
PAGE = "/newsroom/forgotten"


@pytest.fixture
def letters(app, monkeypatch, post) -> list[bytes]:  # noqa: F811
    url, taken = post
    object.__setattr__(app.config["KHABARAYN"], "smtp_url", url)
    with app.app_context():
        add_user(EMAIL, "سمر", "editor", PASSWORD, OPERATOR)
    return taken


def ask(client, address: str):
    answer = client.post(
        PAGE, data={"csrf_token": token_in(client.get(PAGE).text), "email": address}
    )
    for thread in threading.enumerate():
        if thread.name == "mail":
            thread.join(10)
    return answer


def link_in(letter: bytes) -> str:
    text = email.message_from_bytes(letter, policy=email.policy.default).get_content()
    return re.search(r"/newsroom/join/[\w-]{43}", text)[0]


def test_the_sign_in_page_leads_to_it(client):
    assert f'href="{PAGE}"' in client.get("/newsroom/sign-in").text


def test_without_a_mail_server_the_page_says_whom_to_ask(app, client):
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "لا ترسل بريدًا" in page.text
    assert "khabarayn user reset" in page.text
    assert 'name="email"' not in page.text


def test_a_letter_leads_to_a_new_password_once(app, client, letters):
    assert sign_in(client).status_code == 303
    other = app.test_client()
    answer = ask(other, f" {EMAIL.upper()} ")
    assert answer.status_code == 200
    assert "إن كان لهذا البريد حساب" in answer.text
    assert len(letters) == 1
    link = link_in(letters[0])
    # Nothing has changed yet: the old password and the open session still hold.
    assert client.get("/newsroom/").status_code == 200
    given = {"csrf_token": token_in(other.get(link).text), "password": NEW, "again": NEW}
    assert other.post(link, data=given).status_code == 303
    assert client.get("/newsroom/").status_code == 303
    assert sign_in(app.test_client()).status_code == 422
    assert other.get(link).status_code == 404
    with app.app_context():
        who = db.session.query(LogRow).filter_by(verb="forgotten").one()
        assert (who.who, who.person_id) == ("سمر", db.session.query(UserRow.id).scalar())


def test_strangers_and_the_shut_out_get_the_same_page_and_no_letter(app, client, letters):
    stranger = "nobody@khabarayn.example"
    pages = [ask(client, address).text.partition("<main")[2] for address in (EMAIL, stranger)]
    assert pages[0].replace(EMAIL, "") == pages[1].replace(stranger, "")
    with app.app_context():
        disable_user(EMAIL, By("operator"))
    ask(client, EMAIL)
    assert len(letters) == 1
    with app.app_context():
        assert db.session.query(InvitationRow).count() == 1


def test_nobody_is_flooded_with_letters(client, letters):
    for _time in range(RESET_MAIL.times):
        assert ask(client, EMAIL).status_code == 200
    again = ask(client, EMAIL)
    assert again.status_code == 429
    assert "Retry-After" in again.headers
    assert len(letters) == RESET_MAIL.times


def test_what_is_no_address_is_said_and_kept(client, letters):
    answer = ask(client, "سمر")
    assert answer.status_code == 422
    assert 'value="سمر"' in answer.text
    assert 'id="bad-email"' in answer.text
    assert not letters


def test_a_second_factor_outlives_the_forgotten_password(app, client, letters):
    with app.app_context():
        row = db.session.query(UserRow).one()
        row.tf_primary_method, row.tf_totp_secret = "authenticator", "kept"
        db.session.commit()
    ask(client, EMAIL)
    link = link_in(letters[0])
    given = {"csrf_token": token_in(client.get(link).text), "password": NEW, "again": NEW}
    assert client.post(link, data=given).status_code == 303
    with app.app_context():
        assert db.session.query(UserRow).one().tf_totp_secret == "kept"
