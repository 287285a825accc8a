"""Menus are ordered with plain forms; what is refused keeps what was typed."""

from __future__ import annotations

import re

import pytest

from khabarayn.desk.arrange.standing_pages import seed_pages
from khabarayn.desk.by import OPERATOR

MENUS = "/newsroom/menus"


@pytest.fixture
def chief(app, enter):
    with app.app_context():
        seed_pages(OPERATOR)
    return enter("chief")


def order(client, name: str) -> list[str]:
    text = client.get(MENUS).text
    part = text[text.index(f'id="menu-{name}"') :].split("</section>")[0]
    return re.findall(r'id="up-[a-z]+-([^"]+)"', part)


def test_an_entry_is_added_moved_and_removed(chief):
    answer = chief.post(f"{MENUS}/foot/add", data={"chosen": "page:about"})
    assert answer.status_code == 303
    assert order(chief, "foot")[-1] == "page:about"
    chief.post(f"{MENUS}/foot/move", data={"key": "page:about", "way": "up"})
    assert order(chief, "foot")[-2] == "page:about"
    chief.post(f"{MENUS}/foot/remove", data={"key": "page:about"})
    assert "page:about" not in order(chief, "foot")
    assert "المعتادة" in chief.get(MENUS).text
    chief.post(f"{MENUS}/foot/reset")
    assert "المعتادة" not in chief.get(MENUS).text


def test_an_entry_is_named_in_each_language(chief, app):
    given = {"key": "place:latest", "label_ar": "الجديد", "label_en": "What is new"}
    assert chief.post(f"{MENUS}/foot/label", data=given).status_code == 303
    page = chief.get(MENUS).text
    assert 'value="الجديد"' in page and 'value="What is new"' in page
    client = app.test_client()
    feet = [client.get(address).text.split('class="foot__links"')[1] for address in ("/", "/en/")]
    assert ">الجديد</a>" in feet[0] and ">What is new</a>" in feet[1]
    # Left empty it is called as what it leads to, each in its own language.
    chief.post(f"{MENUS}/foot/label", data={**given, "label_en": ""})
    assert ">Latest news</a>" in client.get("/en/").text.split('class="foot__links"')[1]
    long = {**given, "label_ar": "ن" * 61}
    told = chief.post(f"{MENUS}/foot/label", data=long, follow_redirects=True).text
    assert told.count("الاسم في القائمة") == page.count("الاسم في القائمة") + 1
    assert 'value="الجديد"' in chief.get(MENUS).text
    gone = {"key": "page:never", "label_ar": "x"}
    assert chief.post(f"{MENUS}/foot/label", data=gone).status_code == 303


def test_a_bad_link_keeps_what_was_typed(chief):
    given = {"kind": "link", "target": "javascript:alert(1)", "label": "جريدة الواحة"}
    answer = chief.post(f"{MENUS}/bar/add", data=given)
    assert answer.status_code == 422
    assert "javascript:alert(1)" in answer.text
    assert "جريدة الواحة" in answer.text
    assert 'id="bar-bad-target"' in answer.text


def test_an_entry_that_is_gone_is_said_so_and_an_unknown_menu_is_not_found(chief):
    answer = chief.post(f"{MENUS}/foot/move", data={"key": "page:x"}, follow_redirects=True)
    assert "ليس هذا في القائمة" in answer.text
    assert chief.post(f"{MENUS}/side/add", data={"chosen": "page:about"}).status_code == 404


def test_menus_and_pages_are_the_chiefs(enter):
    editor = enter("editor")
    assert editor.get(MENUS).status_code == 403
    assert editor.get("/newsroom/pages").status_code == 403
