"""The bar's badge counts what waits for this person; the page behind it says what and why."""

from __future__ import annotations

import re

from factories.story import proposal
from sqlalchemy import select

from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.submit import submit
from khabarayn.store.db import db
from khabarayn.store.models import UserRow


def waiting(app, client, **given) -> str:
    with app.app_context():
        public_id = draft(proposal(**given), client.by)
        submit(public_id, client.by)
    return public_id


def badge(client, address: str = "/newsroom/") -> str:
    page = client.get(address).text
    found = re.search(r"data-badge( hidden)?>([^<]*)<", page)
    assert found
    assert bool(found[1]) == (found[2] == "")
    return found[2]


def test_each_person_sees_their_own_count_in_the_bar(app, enter):
    writer, editor = enter("writer"), enter("editor")
    assert badge(editor) == ""
    for _ in range(2):
        waiting(app, writer)
    assert badge(editor) == "2"
    assert badge(writer) == ""


def test_the_page_names_the_story_and_who_sent_it(app, enter):
    writer, editor = enter("writer", name="سلمى"), enter("editor")
    public_id = waiting(app, writer, headline="المتحف يفتح ليلًا")
    page = editor.get("/newsroom/notifications").text
    assert f'href="/newsroom/stories/{public_id}"' in page
    assert "المتحف يفتح ليلًا" in page
    assert "سلمى" in page
    assert "جديد" in page


def test_opening_a_story_takes_it_from_the_badge(app, enter):
    writer, editor = enter("writer"), enter("editor")
    first, second = waiting(app, writer), waiting(app, writer)
    assert editor.get(f"/newsroom/stories/{first}").status_code == 200
    assert badge(editor) == "1"
    editor.get(f"/newsroom/stories/{second}/publish")
    assert badge(editor) == ""


def test_one_click_empties_the_badge(app, enter):
    writer, editor = enter("writer"), enter("editor")
    waiting(app, writer)
    answer = editor.post("/newsroom/notifications/seen")
    assert answer.status_code == 303
    assert badge(editor, "/newsroom/notifications") == ""


def test_a_page_that_stays_open_is_told_the_new_count(app, enter):
    writer, editor = enter("writer"), enter("editor")
    assert editor.get("/newsroom/alive").headers["Khabarayn-Badge"] == ""
    waiting(app, writer)
    answer = editor.get("/newsroom/alive")
    assert (answer.status_code, answer.headers["Khabarayn-Badge"]) == (204, "1")


def test_a_person_switches_letters_off_and_on_in_their_account(app, enter):
    writer = enter("writer")

    def wants() -> bool:
        with app.app_context():
            return db.session.scalar(select(UserRow.letters).where(UserRow.id == writer.person.id))

    assert wants()
    assert 'name="letters" value="1" checked' in writer.get("/newsroom/account").text
    answer = writer.post("/newsroom/account/letters", follow_redirects=True)
    assert "لا تصلك التنبيهات بالبريد." in answer.text
    assert 'name="letters" value="1">' in answer.text
    assert not wants()
    writer.post("/newsroom/account/letters", data={"letters": "1"})
    assert wants()
