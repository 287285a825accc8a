"""Lists go by key: whole, in order, without a story twice, whatever is published meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from factories.story import MORNING, stories, story

from khabarayn.desk.arrange.seed import PlannedSection, seed_sections
from khabarayn.desk.by import OPERATOR
from khabarayn.store.queries.cards import (
    LATEST,
    BadKey,
    cards_by_id,
    cards_in,
    make_key,
    read_key,
    section_list,
    tops_of_lists,
)
from khabarayn.store.queries.sections import section_tree


def pages(limit):
    found, key = [], ""
    while True:
        page = cards_in(LATEST, before=key, limit=limit)
        found.append([card.id for card in page.cards])
        key = page.next_key
        if not key:
            return found


def test_pages_by_key_hold_every_story_once_even_at_the_same_moment(any_app):
    ids = stories(any_app, 7, published_at=MORNING)
    with any_app.app_context():
        found = pages(3)
    assert [len(page) for page in found] == [3, 3, 1]
    assert [public_id for page in found for public_id in page] == ids[::-1]


def test_a_story_published_meanwhile_does_not_shift_the_next_page(any_app):
    ids = stories(any_app, 4)
    with any_app.app_context():
        first = cards_in(LATEST, limit=2)
    story(any_app, published_at=MORNING + timedelta(days=1))
    with any_app.app_context():
        second = cards_in(LATEST, before=first.next_key, limit=2)
    assert [card.id for card in second.cards] == [ids[1], ids[0]]


def test_a_section_lists_its_sub_sections_too(any_app):
    with any_app.app_context():
        seed_sections([PlannedSection("world/china", "الصين", 12)], OPERATOR)
    below = story(any_app, section="world/china")
    above = story(any_app, section="world")
    with any_app.app_context():
        tree = section_tree()
        world = [c.id for c in cards_in(section_list(tree.ids["world"])).cards]
        china = [c.id for c in cards_in(section_list(tree.ids["world/china"])).cards]
        tops = tops_of_lists([section_list(tree.ids["world"]), section_list(tree.ids["sport"])])
    assert world == [above, below]
    assert china == [below]
    assert [[c.id for c in cards] for cards in tops.values()] == [[above, below]]


def test_a_key_is_read_as_it_was_written_and_nothing_else_is_a_key():
    assert read_key(make_key(MORNING, "bcdf2345")) == (MORNING, "bcdf2345")
    for wrong in (
        "",
        "x",
        "12",
        "12.ab",
        "٣.bcdf2345",
        "9" * 18 + ".bcdf2345",
    ):
        with pytest.raises(BadKey):
            read_key(wrong)


def test_cards_by_id_know_only_what_is_published(any_app):
    shown = story(any_app)
    hidden = story(any_app, status="draft")
    with any_app.app_context():
        assert set(cards_by_id([shown, hidden, "bcdf2345"])) == {shown}
        assert cards_by_id([]) == {}
