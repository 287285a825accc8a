"""Second factors: codes and recovery codes that work once, and whom they are asked of."""

from __future__ import annotations

import re
import threading
import time
from dataclasses import replace
from email import message_from_bytes, policy

import pytest
import time_machine
from flask_security import Security
from insiders import insider
from jobs.test_mail import post  # noqa: F401
from web.newsroom.people.test_forgotten import letters  # noqa: F401
from web.newsroom.test_access import EMAIL, PASSWORD, sign_in, token_in

from khabarayn import create_app
from khabarayn.desk.arrange.face import save_face, take_face
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.people.accounts import add_user
from khabarayn.desk.people.second_factor import METHOD
from khabarayn.face.value import Face
from khabarayn.store.db import db
from khabarayn.store.models import UserRow

NOON = 1_774_000_000


def library(app) -> Security:
    return app.extensions["security"]


def user(email: str = EMAIL) -> UserRow:
    return db.session.query(UserRow).filter_by(email=email).one()


@pytest.fixture
def guarded(app) -> str:
    """An account with an application; returns its (encrypted) secret."""
    with app.app_context():
        add_user(EMAIL, "سمر", "editor", PASSWORD, OPERATOR)
        row = user()
        row.tf_primary_method = METHOD
        row.tf_totp_secret = secret = library(app).totp_factory.generate_totp_secret()
        db.session.commit()
    return secret


def code(app, secret: str) -> str:
    with app.app_context():
        return library(app).totp_factory.generate_totp_password(secret)


def give(client, path: str, **data: str):
    token = token_in(client.get(path).text)
    return client.post(path, data={"csrf_token": token, **data})


def test_after_the_password_the_code_is_asked_for(app, client, guarded):
    answer = sign_in(client, next="/newsroom/more")
    assert answer.headers["Location"].startswith("/newsroom/sign-in/code")
    assert client.get("/newsroom/").status_code == 303
    wrong = give(client, "/newsroom/sign-in/code?next=/newsroom/more", code="000000")
    assert wrong.status_code == 422
    assert "الرمز غير صحيح" in wrong.text
    right = give(client, "/newsroom/sign-in/code", code=code(app, guarded), next="/newsroom/more")
    assert (right.status_code, right.headers["Location"]) == (303, "/newsroom/more")
    assert client.get("/newsroom/").status_code == 200


def test_a_code_typed_in_arabic_digits_lets_in(app, client, guarded):
    sign_in(client)
    shown = code(app, guarded).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert give(client, "/newsroom/sign-in/code", code=shown).status_code == 303


def test_a_code_works_once(app, guarded):
    with time_machine.travel(NOON, tick=False):
        shown = code(app, guarded)
        for expected in (303, 422):
            client = app.test_client()
            sign_in(client)
            assert give(client, "/newsroom/sign-in/code", code=shown).status_code == expected


def test_a_code_of_two_minutes_ago_is_too_old(app, guarded):
    with time_machine.travel(NOON - 120, tick=False):
        shown = code(app, guarded)
    with time_machine.travel(NOON, tick=False):
        client = app.test_client()
        sign_in(client)
        assert give(client, "/newsroom/sign-in/code", code=shown).status_code == 422


def test_the_code_page_opens_to_nobody_who_did_not_give_the_password(client, guarded):
    for page in ("code", "recovery", "choose"):
        answer = client.get(f"/newsroom/sign-in/{page}")
        assert answer.status_code in {302, 303}
        assert answer.headers["Location"] == "/newsroom/sign-in"


@pytest.mark.parametrize("page", ["code", "recovery", "choose"])
def test_opening_the_code_page_ends_no_session(app, page):
    client = insider(app, "writer")
    client.get(f"/newsroom/sign-in/{page}")
    assert client.get("/newsroom/").status_code == 200


def test_an_application_is_set_up_with_a_picture_and_a_first_code(app):
    client = insider(app, "writer")
    page = client.get("/newsroom/account/application")
    assert "<svg" in page.text and "data:" not in page.text
    again = client.post("/newsroom/account/application", data={"code": "000000"})
    assert again.status_code == 422
    shape = re.compile(r'qr__ink" d="([^"]+)"')
    found, kept = shape.search(page.text), shape.search(again.text)
    assert found and kept and found[1] == kept[1], "the picture already taken must stay good"
    with client.session_transaction("/newsroom/") as session:
        secret = session["new_application"]
    done = client.post("/newsroom/account/application", data={"code": code(app, secret)})
    assert done.status_code == 200
    codes = re.findall(r"<code>([0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4})</code>", done.text)
    assert len(codes) == len(set(codes)) == 8
    with app.app_context():
        row = user(client.person.email)
        assert row.tf_totp_secret == secret
        assert not set(row.mf_recovery_codes or ()) & set(codes), "kept encrypted"


@pytest.mark.parametrize("page", ["code", "recovery", "choose"])
def test_who_opens_the_page_of_the_code_stays_signed_in(app, client, guarded, page):
    sign_in(client)
    give(client, "/newsroom/sign-in/code", code=code(app, guarded))
    for way in ("", "?next=/newsroom/more"):
        opened = client.get(f"/newsroom/sign-in/{page}{way}")
        assert opened.status_code in {302, 303}
        assert opened.headers["Location"].startswith("/newsroom/")
        assert client.get("/newsroom/").status_code == 200


def challenge(client) -> str:
    """Ask for a passkey's challenge, as the script of the sign-in page does."""
    asked = client.post("/newsroom/sign-in/passkey", json={}, headers=proof(client))
    assert asked.status_code == 200, asked.text
    return asked.json["response"]["wan_state"]


def proof(client) -> dict[str, str]:
    return {"X-CSRFToken": token_in(client.get("/newsroom/sign-in").text)}


def test_a_passkeys_challenge_is_used_up_by_its_first_answer(app, client):
    state = challenge(client)
    sent = {"credential": "{}"}
    first, again = (
        client.post(f"/newsroom/sign-in/passkey/{state}", json=sent, headers=proof(client))
        for _ in range(2)
    )
    assert first.status_code == 400, "a wrong answer"
    assert again.status_code == 409, "no second try at one challenge"
    fresh = challenge(client)
    assert fresh != state
    answer = client.post(f"/newsroom/sign-in/passkey/{fresh}", json=sent, headers=proof(client))
    assert answer.status_code == 400


def test_a_passkey_is_asked_for_in_the_papers_name_of_today(app):
    client = insider(app, "writer")
    for name in ("صحيفة الواحة", "جريدة المرفأ"):
        with app.app_context():
            take_face(save_face(Face(name), (), OPERATOR), OPERATOR)
        asked = client.post(
            "/newsroom/account/passkeys", json={"name": "هاتف", "usage": "secondary"}
        )
        assert asked.status_code == 200, asked.text
        options = asked.json["response"]["credential_options"]
        assert options["rp"]["name"] == name


def test_a_recovery_code_works_once(app, guarded):
    with app.app_context():
        codes = library(app).mf_recovery_codes_util.create_recovery_codes(user())
        db.session.commit()
    for expected in (303, 422):
        client = app.test_client()
        sign_in(client)
        answer = give(client, "/newsroom/sign-in/recovery", code=codes[0])
        assert answer.status_code == expected
        assert (client.get("/newsroom/").status_code == 200) == (expected == 303)
    with app.app_context():
        assert len(user().mf_recovery_codes or ()) == 7


def test_going_without_asks_for_a_longer_password(app, guarded):
    client = app.test_client()
    sign_in(client)
    give(client, "/newsroom/sign-in/code", code=code(app, guarded))
    token = token_in(client.get("/newsroom/account").text)
    answer = client.post("/newsroom/account/application/off", data={"csrf_token": token})
    assert answer.status_code == 303
    assert client.get("/newsroom/").headers["Location"] == "/newsroom/account/password"


def test_nobody_touches_another_persons_passkey_or_session(app):
    mine, other = insider(app, "writer"), insider(app, "admin")
    page = mine.get("/newsroom/account").text
    number = re.findall(
        r"/newsroom/account/sessions/(\d+)/end", other.get("/newsroom/account").text
    )
    assert not number, "one's own present session has no button"
    for n in range(1, 6):
        other.post(f"/newsroom/account/sessions/{n}/end")
        other.post(f"/newsroom/account/passkeys/{n}/off")
    assert mine.get("/newsroom/").status_code == 200
    assert "هذه الجلسة" in page


@pytest.fixture
def strict(settings, migrated, app):
    """The same paper, where editors and above need a second factor."""
    made = create_app(replace(settings, second_factor="editor"))
    made.testing = True
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


def test_where_the_house_wants_it_an_editor_sets_up_a_factor_first(strict):
    with strict.app_context():
        add_user(EMAIL, "سمر", "editor", PASSWORD, OPERATOR)
        add_user("w@khabarayn.example", "هدى", "writer", PASSWORD, OPERATOR)
    client = strict.test_client()
    sign_in(client)
    for path in ("/newsroom/", "/newsroom/more", "/newsroom/account/password"):
        answer = client.get(path)
        led = path != "/newsroom/account/password"
        assert answer.status_code == (303 if led else 200), path
        assert not led or answer.headers["Location"] == "/newsroom/account"
    assert "دورك يحتاج" in client.get("/newsroom/account").text
    page = client.get("/newsroom/account/application").text
    with client.session_transaction("/newsroom/") as session:
        secret = session["new_application"]
    data = {"csrf_token": token_in(page), "code": code(strict, secret)}
    assert client.post("/newsroom/account/application", data=data).status_code == 200
    assert client.get("/newsroom/").status_code == 200
    writer = strict.test_client()
    sign_in(writer, "w@khabarayn.example")
    assert writer.get("/newsroom/").status_code == 200


def test_name_and_address_are_changed_by_oneself(app, client, letters):  # noqa: F811
    sign_in(client)
    page = client.get("/newsroom/account/me")
    assert f'value="{EMAIL}"' in page.text
    given = {"csrf_token": token_in(page.text), "name": "سمر الحاج", "email": "Samar@new.example"}
    answer = client.post("/newsroom/account/me", data=given)
    assert answer.headers["Location"] == "/newsroom/account"
    shown = client.get("/newsroom/account").text
    assert "سمر الحاج" in shown
    assert "samar@new.example" in shown
    for thread in threading.enumerate():
        if thread.name == "mail":
            thread.join(10)
    told = message_from_bytes(letters[0], policy=policy.default)
    assert told["To"] == EMAIL
    assert "samar@new.example" in told.get_content()
    assert sign_in(app.test_client()).status_code == 422
    assert sign_in(app.test_client(), email="samar@new.example").status_code == 303


def test_every_fault_of_name_and_address_is_said_at_once(app, client, letters):  # noqa: F811
    with app.app_context():
        add_user("other@khabarayn.example", "ليلى", "writer", PASSWORD, OPERATOR)
    sign_in(client)
    token = token_in(client.get("/newsroom/account/me").text)
    given = {"csrf_token": token, "name": "س" * 121, "email": "other@khabarayn.example"}
    answer = client.post("/newsroom/account/me", data=given)
    assert answer.status_code == 422
    assert 'id="bad-name"' in answer.text
    assert 'id="bad-email"' in answer.text
    assert "other@khabarayn.example" in answer.text
    with app.app_context():
        assert user().email == EMAIL


def test_who_came_in_long_ago_gives_the_password_first(client, letters):  # noqa: F811
    sign_in(client)
    with time_machine.travel(time.time() + 29 * 60):
        client.get("/newsroom/")
    with time_machine.travel(time.time() + 50 * 60):
        answer = client.get("/newsroom/account/me")
    assert answer.headers["Location"].startswith("/newsroom/confirm?next=")


def test_every_fault_of_a_new_password_is_said_at_once(app, client):
    with app.app_context():
        add_user(EMAIL, "سمر", "editor", PASSWORD, OPERATOR)
    sign_in(client)
    answer = give(client, "/newsroom/account/password", old="x", password="y", again="z")
    assert answer.status_code == 422
    for field in ("old", "password", "again"):
        assert f'id="bad-{field}"' in answer.text, field
