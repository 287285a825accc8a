"""Menus stand in the order that somebody gave them, on every page, and follow what they lead to."""

from __future__ import annotations

import re

import pytest
from factories.story import BY, story

from khabarayn.desk.arrange.menus import add_entry, move_entry, remove_entry, reset_menu
from khabarayn.desk.arrange.sections import SectionForm, change_section, remove_section
from khabarayn.desk.arrange.standing_pages import seed_pages
from khabarayn.desk.arrange.tags import change_tag, delete_tag
from khabarayn.desk.by import By
from khabarayn.desk.permissions import Forbidden
from khabarayn.desk.refused import Refused
from khabarayn.store.queries.menus import menu


def keys(name: str) -> list[str]:
    return [entry.key for entry in menu(name)]


def foot(client) -> str:
    found = re.search(r'<nav class="foot__links".*?</nav>', client.get("/sections").text, re.S)
    assert found is not None
    return found[0]


def test_the_usual_menus_are_those_of_the_sections_and_the_places(any_app, any_client):
    with any_app.app_context():
        assert keys("bar")[:2] == ["place:home", "section:news"]
        assert keys("foot") == [
            "place:latest", "place:editions", "place:saved", "place:settings", "place:feed",
        ]  # fmt: skip
    assert "آخر الأخبار" in foot(any_client)


def test_entries_are_added_moved_and_removed_and_the_usual_menu_comes_back(any_app, any_client):
    with any_app.app_context():
        add_entry("foot", "link", "https://واحة.example/صفحة", "الواحة", BY)
        add_entry("foot", "section", "sport", "ملاعب", BY)
        assert keys("foot")[-1] == "section:sport"
        move_entry("foot", "section:sport", BY, up=True)
        assert keys("foot")[-2] == "section:sport"
        remove_entry("foot", "place:feed", BY)
    shown = foot(any_client)
    assert shown.index("ملاعب") < shown.index("الواحة")
    assert 'rel="noopener external"' in shown
    assert "https://xn--" in shown, "an address that machines read, too"
    assert "RSS" not in shown
    with any_app.app_context():
        reset_menu("foot", BY)
        assert "section:sport" not in keys("foot")


@pytest.mark.parametrize(
    ("kind", "target", "label", "field"),
    [
        ("link", "javascript:alert(1)", "x", "target"),
        ("link", "https://user@example.org/", "x", "target"),
        ("link", "https://example.org/a b", "x", "target"),
        ("link", "//example.org", "x", "target"),
        ("link", "https://[", "x", "target"),
        ("link", "https://example.org/" + "a" * 600, "x", "target"),
        ("link", "https://example.org/", "", "label"),
        ("link", "https://example.org/", "ا" * 61, "label"),
        ("section", "nowhere", "", "target"),
        ("page", "nowhere", "", "target"),
        ("tag", "لا وسم كهذا", "", "target"),
        ("place", "newsroom", "", "target"),
        ("else", "x", "", "target"),
        ("place", "latest", "", "target"),
    ],
)
def test_what_cannot_stand_there_is_refused_by_name_and_changes_nothing(
    any_app, kind, target, label, field
):
    with any_app.app_context():
        before = keys("foot")
        with pytest.raises(Refused) as refused:
            add_entry("foot", kind, target, label, BY)
        assert refused.value.field == field
        assert keys("foot") == before


def test_who_orders_no_menus_may_not(app_context):
    with pytest.raises(Forbidden):
        add_entry("foot", "place", "search", "", By("محرر", 5, "editor"))


def test_a_page_that_is_not_published_waits_in_the_menu_unseen(any_app, any_client):
    with any_app.app_context():
        seed_pages(BY)
        add_entry("foot", "page", "privacy", "", BY)
    assert "/p/privacy" not in foot(any_client)


def test_a_renamed_section_or_tag_stays_in_the_menu_and_a_deleted_one_leaves_it(
    any_app, any_client
):
    story(any_app, tags=("مدن قديمة",))
    with any_app.app_context():
        add_entry("foot", "section", "tech", "", BY)
        add_entry("foot", "tag", "#مدن_قديمة", "", BY)
        change_section("tech", BY, SectionForm("تقنية", "technology", "", 265, True, ""))
        change_tag("مدن قديمة", BY, "حواضر")
    shown = foot(any_client)
    assert 'href="/s/technology"' in shown
    assert "حواضر" in shown
    assert "مدن قديمة" not in shown
    with any_app.app_context():
        delete_tag("حواضر", BY)
        remove_section("technology", BY)
        assert not {"section:technology", "tag:حواضر"} & set(keys("foot"))


def test_a_section_that_is_put_in_the_bar_comes_to_a_bar_ordered_by_hand(any_app):
    with any_app.app_context():
        remove_entry("bar", "section:news", BY)
        change_section("sport", BY, SectionForm("رياضة", "sport", "", 140, False, ""))
        assert not {"section:news", "section:sport"} & set(keys("bar"))
        change_section("sport", BY, SectionForm("رياضة", "sport", "", 140, True, ""))
        assert keys("bar")[-1] == "section:sport"


def test_a_menu_has_an_end(app_context):
    for number in range(35):
        add_entry("foot", "link", f"https://example.org/{number}", "رابط", BY)
    with pytest.raises(Refused, match="أكثر ما تتسع"):
        add_entry("foot", "link", "https://example.org/x", "رابط", BY)
