"""A form of the newsroom that is refused hands back what was written, in the newsroom's frame."""

from __future__ import annotations

import pytest
from lxml import html
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from web.newsroom.stories.test_edit import FORM, numbers
from werkzeug.exceptions import ServiceUnavailable

from khabarayn.article.identity import new_public_id
from khabarayn.web import sessions as web_sessions
from khabarayn.web.newsroom.stories import autosave, edit

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
    return dict(form.values())


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
