"""What the chief editor gives to others holds at once, by night alone where that was chosen."""

from __future__ import annotations

import pytest
import time_machine
from factories.story import story
from insiders import insider

from khabarayn.desk.permissions import GRANTABLE, TABLE, Standing, may
from khabarayn.store.queries.front import current_bulletin
from khabarayn.store.queries.people import Person

PAGE = "/newsroom/rights"
STRIP = "/newsroom/front/bulletin"
CHOSEN = {"withdraw": "editor", "announce": "editor", "when": "always", "begin": "22", "end": "6"}


def test_nobody_below_the_chief_gives_rights(enter):
    assert enter("editor").get(PAGE).status_code == 403
    assert enter("editor").post(PAGE, data=CHOSEN).status_code == 403
    assert enter("chief").get(PAGE).status_code == 200


def test_an_editor_withdraws_once_the_chief_allows_it(app, enter):
    public_id, reason = story(app), {"reason": "تبيّن خطؤه."}
    editor = enter("editor")
    page = f"/newsroom/stories/{public_id}/withdraw"
    assert editor.post(page, data=reason).status_code == 403
    assert enter("chief").post(PAGE, data=CHOSEN).status_code == 303
    assert page in editor.get(f"/newsroom/stories/{public_id}/notes").text
    assert editor.post(page, data=reason).status_code == 303
    assert app.test_client().get(f"/a/{public_id}").status_code == 410
    assert enter("writer").get(page).status_code == 403


def test_the_chief_may_leave_withdrawing_to_the_admin(app, enter):
    public_id = story(app)
    enter("chief").post(PAGE, data={**CHOSEN, "withdraw": "admin"})
    page = f"/newsroom/stories/{public_id}/withdraw"
    assert enter("chief").get(page).status_code == 403
    assert enter("admin").get(page).status_code == 200


def test_an_editor_puts_up_the_strip_and_takes_it_down(app, enter):
    editor = enter("editor")
    assert editor.get(STRIP).status_code == 403
    assert STRIP not in editor.get("/newsroom/more").text
    enter("chief").post(PAGE, data=CHOSEN)
    assert STRIP in editor.get("/newsroom/more").text
    public_id = story(app, headline="زلزال يضرب الساحل")
    assert f"{STRIP}?story={public_id}" in editor.get(f"/newsroom/stories/{public_id}/notes").text
    assert f'value="{public_id}"' in editor.get(f"{STRIP}?story={public_id}").text
    answer = editor.post(STRIP, data={"text": "", "story": public_id, "lasts": "60"})
    assert answer.headers["Location"] == STRIP
    assert "زلزال يضرب الساحل" in app.test_client().get("/").text
    assert editor.post(f"{STRIP}/end").headers["Location"] == STRIP
    with app.app_context():
        assert current_bulletin() is None
    assert editor.get("/newsroom/front").status_code == 403


# The site's clock is three hours ahead of UTC.
@pytest.mark.parametrize(
    ("utc", "allowed"),
    [("18:59", False), ("19:00", True), ("23:30", True), ("02:59", True), ("03:00", False)],
)
def test_by_night_alone(app, utc, allowed):
    insider(app, "chief").post(PAGE, data={**CHOSEN, "when": "night"})
    with time_machine.travel(f"2026-11-23T{utc}:00+00:00"):
        assert (insider(app, "editor").get(STRIP).status_code == 200) == allowed
        assert insider(app, "chief").get(STRIP).status_code == 200


def test_what_cannot_be_is_said_beside_its_field(enter):
    chief = enter("chief")
    bad = {**CHOSEN, "withdraw": "writer", "announce": "editor", "when": "night", "end": "22"}
    answer = chief.post(PAGE, data=bad)
    assert answer.status_code == 422
    assert 'id="bad-withdraw"' in answer.text
    assert 'id="bad-night"' in answer.text
    bad = chief.post(PAGE, data={**CHOSEN, "when": "night", "begin": "99"})
    assert "بين 0 و23" in bad.text
    assert 'value="editor" selected' not in chief.get(PAGE).text


def test_what_is_given_lies_within_the_table(app):
    assert set(GRANTABLE) <= set(TABLE)
    with app.app_context():
        editor = Person(1, "x@khabarayn.example", "", "editor")
        assert not may(editor, "story.withdraw", Standing("published"))
