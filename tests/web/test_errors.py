"""A form of the newsroom that is refused hands back what was written, in the newsroom's frame."""

from __future__ import annotations

import resource
from contextlib import contextmanager

import pytest
from asgi import answer, body
from factories.story import story
from lxml import html
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from web.newsroom.stories.test_edit import FORM, numbers
from werkzeug.exceptions import ServiceUnavailable

from khabarayn.article.identity import new_public_id
from khabarayn.server.gateway import Gateway
from khabarayn.store.db import db
from khabarayn.web import sessions as web_sessions
from khabarayn.web.newsroom.stories import autosave, edit
from khabarayn.web.request import HANDS_BACK

TEXT = {**FORM, "headline": 'عنوان فيه "علامة" و<b>وسم</b>', "standfirst": "مقدمة الخبر."}


def locked(*_given, **_named):
    raise OperationalError("UPDATE", {}, Exception("database is locked"))


def overloaded(*_given, **_named):
    raise ServiceUnavailable


def crowded_out(*_given, **_named):
    raise NoConnection("every connection is in use")


def form_in(answer) -> dict[str, str]:
    """The fields of the form that the answer holds, as a browser would send them again."""
    page = html.fromstring(answer.text)
    (form,) = [one for one in page.forms if "stories" in one.action]
    return dict(form.form_values())


def assert_handed_back(answer, id: str) -> dict[str, str]:
    assert 'class="nr"' in answer.text, "the newsroom's own frame"
    assert "نصّك كله هنا" in answer.text
    assert "<b>وسم</b>" not in answer.text
    fields = form_in(answer)
    token = fields.pop("csrf_token")
    assert fields == TEXT
    assert f'action="/newsroom/stories/{id}"' in answer.text
    return {**fields, "csrf_token": token}


@pytest.mark.parametrize("fault", [locked, overloaded, crowded_out])
def test_a_save_that_the_database_refuses_hands_the_text_back_and_can_be_sent_again(
    app, enter, monkeypatch, fault
):
    writer, id = enter("writer"), new_public_id()
    with monkeypatch.context() as patched:
        patched.setattr(edit, "write", fault)
        answer = writer.post(f"/newsroom/stories/{id}", data=TEXT)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    fields = assert_handed_back(answer, id)
    again = writer.post(f"/newsroom/stories/{id}", data=fields, proving=False)
    assert again.status_code == 303
    assert numbers(app, id) == [1]


def test_a_save_without_its_proof_hands_the_text_back_with_a_new_one(app, enter):
    writer, id = enter("writer"), new_public_id()
    answer = writer.post(f"/newsroom/stories/{id}", data=TEXT, proving=False)
    assert answer.status_code == 400
    fields = assert_handed_back(answer, id)
    again = writer.post(f"/newsroom/stories/{id}", data=fields, proving=False)
    assert again.status_code == 303
    assert numbers(app, id) == [1]


def test_a_save_after_the_session_has_ended_loses_nothing(client):
    id = new_public_id()
    answer = client.post(f"/newsroom/stories/{id}", data=TEXT)
    assert answer.status_code == 401
    assert_handed_back(answer, id)


def test_a_save_while_no_session_can_be_read_hands_back_the_text_and_its_proof(enter, monkeypatch):
    writer, id = enter("writer"), new_public_id()
    with monkeypatch.context() as patched:
        patched.setattr(web_sessions, "find", locked)
        answer = writer.post(
            f"/newsroom/stories/{id}", data={**TEXT, "csrf_token": writer.token}, proving=False
        )
    assert answer.status_code == 503
    fields = assert_handed_back(answer, id)
    again = writer.post(f"/newsroom/stories/{id}", data=fields, proving=False)
    assert again.status_code == 303


def test_another_sites_words_are_never_shown_in_our_frame(enter):
    answer = enter("writer").post(
        f"/newsroom/stories/{new_public_id()}", data=TEXT, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert TEXT["standfirst"] not in answer.text


def test_a_password_is_never_handed_back(enter):
    answer = enter("writer").post(
        "/newsroom/account/password",
        data={"password": "سر لا يعاد", "text": "كلام"},
        proving=False,
    )
    assert answer.status_code == 400
    assert "سر لا يعاد" not in answer.text


@pytest.mark.parametrize("fault", [locked, overloaded])
def test_an_autosave_that_is_refused_answers_its_script_in_json_with_the_text(
    enter, monkeypatch, fault
):
    writer, id = enter("writer"), new_public_id()
    sent = {"typed": {"headline": "خبر لم يكتمل"}, "base": 0, "version": 0}
    with monkeypatch.context() as patched:
        patched.setattr(autosave, "autosave_form", fault)
        answer = writer.post(f"/newsroom/stories/{id}/draft", json=sent)
    assert answer.status_code == 503
    assert answer.json["sent"] == sent
    assert "متوقفة" in answer.json["refused"]
    no_proof = writer.post(f"/newsroom/stories/{id}/draft", json=sent, proving=False)
    assert (no_proof.status_code, no_proof.json["sent"]) == (400, sent)


def test_a_script_that_saves_is_told_in_json(enter, monkeypatch):
    writer = enter("writer")
    monkeypatch.setattr(edit, "write", locked)
    answer = writer.post(
        f"/newsroom/stories/{new_public_id()}", data=TEXT, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 503
    assert answer.json["sent"] == TEXT


@contextmanager
def full(app):
    """The database may not grow by a page: SQLite answers SQLITE_FULL, as on a full disk."""
    with app.app_context():
        engine = db.engine

    def shrink(connection, *_rest):
        connection.execute("PRAGMA max_page_count = 1")

    def grow(connection, *_rest):
        connection.execute("PRAGMA max_page_count = 1073741823")

    event.listen(engine.pool, "checkout", shrink)
    try:
        yield
    finally:
        event.remove(engine.pool, "checkout", shrink)
        event.listen(engine.pool, "checkout", grow)


@contextmanager
def failing(app):
    """Not a byte more can be written: SQLite answers SQLITE_IOERR_WRITE, as on a disk that fails
    or was mounted read-only while the site ran."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.trust
@pytest.mark.parametrize("fault", [full, failing])
@pytest.mark.parametrize(("locale", "words"), [("", "قرص الخادم ممتلئ"), ("/en", "disk is full")])
def test_on_a_full_or_failing_disk_reading_goes_on_and_the_draft_comes_back_with_the_reason(
    app, client, enter, fault, locale, words
):
    public_id, writer, id = story(app), enter("writer"), new_public_id()
    large = {**TEXT, "body": f"<p>{'خبر طويل. ' * 3000}</p>"}
    with fault(app):
        for path in ("/", "/latest", f"/a/{public_id}", "/sw.js", "/readyz"):
            assert client.get(locale + path, follow_redirects=True).status_code == 200, path
        refused = writer.post(f"{locale}/newsroom/stories/{id}", data=large)
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
        assert words in refused.text
        assert form_in(refused)["headline"] == TEXT["headline"]
        by_script = writer.post(
            f"{locale}/newsroom/stories/{id}/draft",
            json={"typed": {"headline": "خ" * 200, "body": large["body"]}, "base": 0, "version": 0},
        )
        assert by_script.status_code == 503
        assert words in by_script.json["refused"]
        assert by_script.json["sent"]["typed"]["body"] == large["body"]
        assert client.get(f"{locale}/a/{public_id}").status_code in {200, 301, 404}
    assert writer.post(f"/newsroom/stories/{id}", data=large).status_code == 303
    assert numbers(app, id) == [1]


@pytest.mark.trust
def test_the_server_in_front_passes_on_a_page_that_holds_the_draft():
    def inner(given, start_response):
        given[HANDS_BACK] = True
        start_response("503 Busy", [("Content-Length", "5")])
        return [b"draft"]

    form = ((b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", b"3"))
    status, _headers, said, _ended = answer(Gateway(inner), "POST", "/", form, (body(b"a=b"),))
    assert (status, said) == (503, b"draft")
