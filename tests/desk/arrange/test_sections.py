"""Sections are planted, moved and removed; stories and old addresses follow."""

from __future__ import annotations

import json

import pytest
from factories.story import BY, ENGLISH, proposal, story

from khabarayn.desk.arrange.sections import (
    SectionForm,
    add_section,
    change_section,
    move_section,
    remove_section,
)
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.revise import revise
from khabarayn.store.queries.sections import SectionWords, section_tree


def slugs() -> list[str]:
    return [section.slug for section in section_tree().roots]


def test_a_new_section_stands_last_and_in_the_navigation(any_app, any_client):
    with any_app.app_context():
        add_section(BY, SectionForm(name="بيئة", part="climate", hue=120, in_nav=True))
        assert slugs()[-1] == "climate"
        assert (
            add_section(BY, SectionForm(name="مياه", part="water", parent="climate"))
            == "climate/water"
        )
    assert "بيئة" in any_client.get("/sections").text
    assert any_client.get("/s/climate/water").status_code == 200


def test_a_section_with_a_new_address_is_found_at_the_old_one(any_app, any_client):
    with any_app.app_context():
        add_section(BY, SectionForm(name="الصين", part="china", parent="world"))
    public_id = story(any_app, section="world/china")
    with any_app.app_context():
        new = change_section(
            "world", BY, SectionForm(name="حول العالم", part="globe", hue=10, in_nav=True)
        )
        assert new == "globe"
    for old, now in (("/s/world", "/s/globe"), ("/s/world/china", "/s/globe/china")):
        answer = any_client.get(old, follow_redirects=True)
        assert (answer.status_code, answer.request.path) == (200, now)
        assert public_id in answer.text
    with any_app.app_context():
        revise(public_id, proposal(section="world/china"), BY)
        assert publish(public_id, BY) == 2


def test_a_section_moved_below_another_takes_its_stories_along(any_app, any_client):
    public_id = story(any_app, section="tech")
    hidden = story(any_app, section="tech", status="draft")
    with any_app.app_context():
        change_section("tech", BY, SectionForm(name="تكنولوجيا", part="tech", parent="economy"))
    assert public_id in any_client.get("/s/economy").text
    assert hidden not in any_client.get("/s/economy").text
    asked = {"q": "الجسر", "section": "economy"}
    assert public_id in any_client.get("/search", query_string=asked).text
    with any_app.app_context():
        change_section("economy/tech", BY, SectionForm(name="تكنولوجيا", part="tech"))
    assert public_id not in any_client.get("/s/economy").text
    assert public_id in any_client.get("/s/tech").text


def test_sections_change_places_with_their_neighbours(any_app_context):
    before = slugs()
    move_section(before[1], BY, up=True)
    assert slugs()[:2] == [before[1], before[0]]
    move_section(before[1], BY, up=True)
    assert slugs()[:2] == [before[1], before[0]]
    move_section(before[1], BY, up=False)
    assert slugs() == before


def test_only_an_empty_section_is_removed(any_app, any_client):
    with any_app.app_context():
        add_section(BY, SectionForm(name="بيئة", part="climate"))
        add_section(BY, SectionForm(name="مياه", part="water", parent="climate"))
    story(any_app, section="climate/water", status="draft")
    with any_app.app_context():
        with pytest.raises(Refused, match="أقسام"):
            remove_section("climate", BY)
        with pytest.raises(Refused, match="انقلها"):
            remove_section("climate/water", BY)
        add_section(BY, SectionForm(name="هواء", part="air", parent="climate"))
        remove_section("climate/air", BY)
    assert any_client.get("/s/climate/air").status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {"part": "Water"}, {"part": "ماء"}, {"part": "a/b"}, {"part": ""}, {"part": "news"},
        {"name": ""}, {"name": "س" * 81}, {"hue": 360}, {"description": "س" * 401},
        {"parent": "nothing"},
    ],
)  # fmt: skip
def test_a_section_that_cannot_be_is_refused(any_app_context, given):
    count = len(section_tree().by_id)
    with pytest.raises(Refused):
        add_section(BY, SectionForm(**{"name": "مياه", "part": "water", **given}))
    assert len(section_tree().by_id) == count


def test_the_tree_has_two_levels(any_app_context):
    add_section(BY, SectionForm(name="الصين", part="china", parent="world"))
    for parent in ("world", "world/china"):
        with pytest.raises(Refused):
            change_section("world", BY, SectionForm(name="العالم", part="world", parent=parent))
    with pytest.raises(Refused):
        change_section("world", BY, SectionForm(name="العالم", part="world", parent="news"))
    with pytest.raises(Refused):
        add_section(BY, SectionForm(name="بكين", part="beijing", parent="world/china"))


def test_a_section_has_words_of_its_own_in_each_language(any_app, any_client):
    english = SectionWords("en", "Environment", "Land, water and air.")
    with any_app.app_context():
        form = SectionForm("بيئة", "climate", "", 120, True, "الأرض والماء.", (english,))
        add_section(BY, form)
        add_section(BY, SectionForm("مياه", "water", "climate", 120, False, "الآبار والسدود."))
    public_id = story(any_app, **{**ENGLISH, "section": "climate/water"})
    assert "بيئة" in any_client.get("/s/climate").text
    page = any_client.get("/en/s/climate").text
    assert ">Environment</h1>" in page and "Land, water and air." in page
    assert "بيئة" not in page and "الأرض والماء." not in page
    # Without words of its own a section keeps its first name, in lists and breadcrumbs, too.
    story_page = any_client.get(f"/en/a/{public_id}").text
    assert ">Environment</a>" in story_page and ">مياه</a>" in story_page
    assert "Environment</title>" in any_client.get("/en/s/climate/feed.xml").text
    data = json.loads(story_page.split('type="application/ld+json">')[1].split("</script>")[0])
    assert "Environment" in json.dumps(data) and "بيئة" not in json.dumps(data, ensure_ascii=False)


def test_words_in_another_language_are_checked_as_the_first_ones(app):
    with app.app_context():
        for words, field in (
            (SectionWords("en", "x" * 81), "name_en"),
            (SectionWords("en", "", "Only a description."), "name_en"),
            (SectionWords("en", "Sea", "x" * 401), "description_en"),
        ):
            with pytest.raises(Refused) as refusal:
                add_section(BY, SectionForm("بحر", "sea", translations=(words,)))
            assert refusal.value.field == field
        assert "sea" not in slugs()


def test_the_form_of_a_section_holds_its_words_in_every_language(app, enter):
    chief = enter("chief")
    with app.app_context():
        form = SectionForm("بحر", "sea", translations=(SectionWords("en", "Sea"),))
        add_section(BY, form)
    for prefix in ("", "/en"):
        page = chief.get(f"{prefix}/newsroom/arrange/sections/sea").text
        assert 'name="name" value="بحر"' in page and 'name="name_en" value="Sea"' in page
    data = {"name": "بحر", "part": "sea", "hue": "0", "name_en": "", "description_en": "Tides."}
    refusal = chief.post("/newsroom/arrange/sections/sea", data=data)
    assert refusal.status_code == 422 and "الوصف وحده لا يظهر" in refusal.text
    saved = chief.post("/newsroom/arrange/sections/sea", data={**data, "name_en": "The sea"})
    assert saved.status_code == 303
    assert "Tides." in app.test_client().get("/en/s/sea").text
