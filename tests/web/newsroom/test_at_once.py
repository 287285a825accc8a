"""Many requests at the same moment, at their addresses: one is first, on each engine."""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from factories.story import story
from factories.user import user
from flask_security import Security
from insiders import insider
from services import administer
from web.newsroom.stories.test_edit import FORM
from web.newsroom.test_access import EMAIL, PASSWORD, sign_in, token_in
from werkzeug.test import TestResponse

from khabarayn import Khabarayn, create_app
from khabarayn.article.identity import new_public_id
from khabarayn.desk.by import OPERATOR, By
from khabarayn.desk.people.accounts import add_user
from khabarayn.desk.people.links import invite
from khabarayn.desk.people.second_factor import METHOD
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, CorrectionRow, OutboxRow, RevisionRow, UserRow
from khabarayn.store.queries.people import person_of

CROWD = 24


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def crowded(request: pytest.FixtureRequest, make_settings, migrated) -> Iterator[Khabarayn]:
    """The application on each engine, with a connection for each of a crowd."""
    server = name = url = ""
    if request.param == "postgresql":
        server, name = request.getfixturevalue("postgres"), f"crowd_{id(request)}"
        administer(server, f"CREATE DATABASE {name} TEMPLATE khabarayn_migrated")
        url = f"{server}/{name}"
    settings = make_settings(threads=CROWD, database_url=url)
    if not url:
        shutil.copy(migrated, settings.data_dir / "khabarayn.db")
    app = create_app(settings)
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    if name:
        administer(server, f"DROP DATABASE {name} WITH (FORCE)")


def at_once(*requests: Callable[[], TestResponse]) -> list[TestResponse]:
    """Send all at the same moment, each from a thread of its own; return the answers."""
    ready = threading.Barrier(len(requests))
    answers: list[Any] = [None] * len(requests)

    def send(place: int, request: Callable[[], TestResponse]) -> None:
        ready.wait(20)
        answers[place] = request()

    threads = [threading.Thread(target=send, args=pair) for pair in enumerate(requests)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def statuses(answers: list[TestResponse]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def count(app: Khabarayn, table: Any, *where: Any) -> int:
    with app.app_context():
        query = db.select(db.func.count()).select_from(table).where(*where)
        return db.session.scalar(query) or 0


@pytest.mark.parametrize("people", [1, CROWD])
def test_a_crowd_of_clicks_on_publish_makes_one_publication(crowded, people):
    id = story(crowded, status="draft")
    editors = [insider(crowded, "editor") for _ in range(people)]
    clicks = []
    for n in range(CROWD):
        click = insider_copy(crowded, editors[n % people])
        clicks.append(
            lambda click=click: click.post(f"/newsroom/stories/{id}/publish", data={"seen": "1"})
        )
    answers = at_once(*clicks)
    assert set(statuses(answers)) <= {303, 409}, statuses(answers)
    assert statuses(answers)[303] >= 1
    assert count(crowded, OutboxRow, OutboxRow.topic == "published") == 1
    assert count(crowded, RevisionRow) == 1


def insider_copy(app, original):
    """Another window of the same browser: the same session, a client of its own."""
    window = type(original)(app, app.response_class, use_cookies=True)
    window.person, window.by, window.token = original.person, original.by, original.token
    for cookie in original._cookies.values():
        window.set_cookie(cookie.key, cookie.value)
    return window


def test_equal_corrections_from_eight_windows_show_readers_one(crowded):
    id = story(crowded)
    editors = [insider(crowded, "editor") for _ in range(8)]
    answers = at_once(
        *[
            lambda one=one: one.post(
                f"/newsroom/stories/{id}/correct", data={"reason": "الصواب أربعة."}
            )
            for one in editors
        ]
    )
    assert set(statuses(answers)) <= {303, 409, 422}, statuses(answers)
    assert count(crowded, CorrectionRow) == 1


def test_of_eight_saves_over_one_text_one_is_taken_and_seven_see_both_texts(crowded):
    id = story(crowded, status="draft")
    editors = [insider(crowded, "editor") for _ in range(8)]
    answers = at_once(
        *[
            lambda n=n, one=one: one.post(
                f"/newsroom/stories/{id}", data={**FORM, "base": "1", "headline": f"عنوان {n}"}
            )
            for n, one in enumerate(editors)
        ]
    )
    assert statuses(answers) == {303: 1, 409: 7}
    for n, answer in enumerate(answers):
        assert answer.status_code == 303 or f"عنوان {n}" in answer.text
    assert count(crowded, RevisionRow) == 2


def test_sixteen_autosaves_of_one_new_story_keep_one_and_answer_409_to_the_rest(crowded):
    writer, id = insider(crowded, "writer"), new_public_id()
    windows = [insider_copy(crowded, writer) for _ in range(16)]
    answers = at_once(
        *[
            lambda n=n, one=one: one.post(
                f"/newsroom/stories/{id}/draft",
                json={"typed": {"headline": f"عنوان {n}"}, "base": 0, "version": 0},
            )
            for n, one in enumerate(windows)
        ]
    )
    assert statuses(answers) == {200: 1, 409: 15}


def test_a_recovery_code_sent_by_four_at_once_lets_one_in(crowded):
    library: Security = crowded.extensions["security"]
    with crowded.app_context():
        add_user(EMAIL, "سمر", "editor", PASSWORD, OPERATOR)
        row = db.session.query(UserRow).filter_by(email=EMAIL).one()
        row.tf_primary_method = METHOD
        row.tf_totp_secret = library.totp_factory.generate_totp_secret()
        code = library.mf_recovery_codes_util.create_recovery_codes(row)[0]
        db.session.commit()
    sent = []
    clients = [crowded.test_client() for _ in range(4)]
    for client in clients:
        sign_in(client)
        token = token_in(client.get("/newsroom/sign-in/recovery").text)
        sent.append(
            lambda client=client, token=token: client.post(
                "/newsroom/sign-in/recovery", data={"csrf_token": token, "code": code}
            )
        )
    answers = at_once(*sent)
    assert statuses(answers) == {303: 1, 422: 3}
    inside = [client.get("/newsroom/").status_code for client in clients]
    assert sorted(inside) == [200, 303, 303, 303]
    with crowded.app_context():
        row = db.session.query(UserRow).filter_by(email=EMAIL).one()
        assert len(row.mf_recovery_codes or ()) == 7


def test_an_invitation_opened_by_six_at_once_lets_one_in_and_tells_five(crowded):
    with crowded.test_request_context():
        row = user(role="admin")
        db.session.commit()
        link = invite("huda@khabarayn.example", "writer", By.of(person_of(row)))
        db.session.remove()
    clients = [crowded.test_client() for _ in range(6)]
    sent = []
    for n, client in enumerate(clients):
        page = client.get(f"/newsroom/join/{link}")
        assert page.status_code == 200
        data = {
            "csrf_token": token_in(page.text),
            "name": f"هدى {n}",
            "password": "جملة لا يعرفها أحد غيري",
            "again": "جملة لا يعرفها أحد غيري",
        }
        sent.append(
            lambda client=client, data=data: client.post(f"/newsroom/join/{link}", data=data)
        )
    answers = at_once(*sent)
    assert statuses(answers)[303] == 1, statuses(answers)
    assert all(answer.status_code in {303, 404, 409, 410, 422} for answer in answers)
    assert count(crowded, UserRow, UserRow.email == "huda@khabarayn.example") == 1
    assert count(crowded, ArticleRow) == 0
