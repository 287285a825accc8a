"""What is typed is kept on the server, found again, and never written over by another window."""

from __future__ import annotations

import re

import pytest
from web.newsroom.stories.test_edit import FORM, numbers, written

from khabarayn.article.identity import new_public_id
from khabarayn.store.db import db
from khabarayn.store.models import DraftRow, UserRow

TYPED = {"headline": "خبر لم يكتمل", "body": "<p>أول ما كُتب.</p>", "breaking": "1"}


def kept(client, id: str, version: int, base: int = 0, **typed: str):
    what = {"typed": {**TYPED, **typed}, "base": base, "version": version}
    return client.post(f"/newsroom/stories/{id}/draft", json=what)


def test_what_is_typed_is_there_on_return(enter):
    writer = enter("contributor")
    id = new_public_id()
    answer = kept(writer, id, 0)
    assert (answer.status_code, answer.json["version"], answer.json["newest"]) == (200, 1, 0)
    page = writer.get(f"/newsroom/stories/{id}").text
    assert "خبر لم يكتمل" in page and "أول ما كُتب." in page
    assert re.search(r'name="breaking"[^>]* checked', page)
    assert "خبر لم يكتمل" in writer.get("/newsroom/stories/new").text


def test_a_text_that_cannot_be_saved_yet_is_kept_all_the_same(enter):
    writer = enter("contributor")
    id = new_public_id()
    for version, typed in enumerate(({"headline": ""}, {"body": ""}, {"section": "nowhere"})):
        assert kept(writer, id, version, **typed).status_code == 200


def test_two_windows_of_one_person_do_not_overwrite_each_other(enter):
    writer = enter("contributor")
    id = new_public_id()
    assert kept(writer, id, 0, body="<p>النافذة الأولى.</p>").status_code == 200
    answer = kept(writer, id, 0, body="<p>النافذة الثانية.</p>")
    assert answer.status_code == 409
    assert answer.json["typed"]["body"] == "<p>النافذة الأولى.</p>"
    assert kept(writer, id, answer.json["version"], body="<p>كلتاهما.</p>").status_code == 200


def test_nobody_sees_what_another_has_not_saved(enter):
    mine, other = enter("writer"), enter("admin")
    id = new_public_id()
    kept(mine, id, 0)
    assert "خبر لم يكتمل" not in other.get("/newsroom/stories/new").text
    assert other.get(f"/newsroom/stories/{id}/draft").json["typed"] is None
    assert "خبر لم يكتمل" not in other.get(f"/newsroom/stories/{id}/preview").text


def test_the_window_hears_of_a_newer_revision(enter):
    first, second = enter("editor"), enter("editor", name="كريم")
    id = written(first)
    second.post(f"/newsroom/stories/{id}", data={**FORM, "base": "1", "headline": "غيّره كريم"})
    answer = kept(first, id, 0, base=1)
    assert (answer.status_code, answer.json["newest"], answer.json["by"]) == (200, 2, "كريم")


def test_what_is_forgotten_is_gone_and_the_saved_text_stays(app, enter):
    writer = enter("writer")
    id = written(writer)
    kept(writer, id, 0, base=1)
    assert writer.post(f"/newsroom/stories/{id}/draft/forget").status_code == 303
    page = writer.get(f"/newsroom/stories/{id}").text
    assert FORM["headline"] in page and "خبر لم يكتمل" not in page


def test_keeping_is_for_those_who_may_edit(app, enter):
    id = written(enter("writer"))
    other = enter("contributor")
    assert kept(other, id, 0, base=1).status_code == 403
    assert kept(enter("editor"), id, 0, base=1).status_code == 200
    assert numbers(app, id) == [1]


@pytest.mark.parametrize("sent", ["[]", '"x"', "nonsense", '{"typed": 7, "base": "-1"}', ""])
def test_nonsense_is_kept_as_nothing_and_breaks_nothing(enter, sent):
    id = new_public_id()
    answer = enter("writer").post(
        f"/newsroom/stories/{id}/draft", data=sent, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 200
    assert answer.json["version"] == 1


def test_a_text_of_two_megabytes_is_refused(enter):
    answer = kept(enter("writer"), new_public_id(), 0, body="ن" * 1_300_000)
    assert answer.status_code in {413, 422}


def test_the_page_that_was_away_gets_a_token_for_now(enter):
    writer = enter("writer")
    state = writer.get(f"/newsroom/stories/{new_public_id()}/draft").json
    assert state["token"] and state["person"] == writer.person.id


def test_a_drafts_table_goes_with_its_person(app, enter):
    writer = enter("writer")
    kept(writer, new_public_id(), 0)
    with app.app_context():
        db.session.execute(db.delete(UserRow).where(UserRow.id == writer.person.id))
        db.session.commit()
        assert db.session.scalar(db.select(db.func.count(DraftRow.id))) == 0
