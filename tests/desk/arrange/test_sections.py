"""Sections are planted, moved and removed; stories and old addresses follow."""

from __future__ import annotations

import pytest
from factories.story import BY, proposal, story

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
from khabarayn.store.queries.sections import section_tree


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
