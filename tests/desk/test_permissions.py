"""Who may do what: the whole table, written out once more by hand."""

from __future__ import annotations

import pytest

from khabarayn.desk.by import By
from khabarayn.desk.permissions import (
    ROLES,
    STATES,
    TABLE,
    Forbidden,
    Standing,
    may,
    require,
)
from khabarayn.store.queries.people import Person

ME = 7
# Lowest role that may, for my own story and for somebody else's, by state in the order of STATES:
# draft, review, scheduled, published, withdrawn. «-» is nobody.
STORIES = {
    "story.read": ("c c c c c", "w w w c w"),
    "story.edit": ("c w e e h", "e e e e h"),
    "story.submit": ("c - - - -", "e - - - -"),
    "story.return": ("- w e - -", "- e e - -"),
    "story.schedule": ("e e e - -", "e e e - -"),
    "story.publish": ("e e e e h", "e e e e h"),
    "story.correct": ("- - - e -", "- - - e -"),
    "story.withdraw": ("- - - h -", "- - - h -"),
    "story.delete_draft": ("c h - - -", "e h - - -"),
    "story.restore": ("c w e e h", "e e e e h"),
    "story.preview_link": ("w w w w -", "e e e e -"),
}
PLAIN = {
    "c": "newsroom.see account.own story.write picture.see picture.add",
    "w": "picture.edit numbers.read",
    "e": "picture.replace picture.delete",
    "h": "front.compose bulletin.announce rights.give edition.make "
    "arrange.sections arrange.tags arrange.authors "
    "arrange.sources arrange.clusters arrange.words arrange.redirects site.face "
    "arrange.menus page.write",
    "a": "site.settings people.manage audit.read",
}
ROLE = {"c": "contributor", "w": "writer", "e": "editor", "h": "chief", "a": "admin"}


def person(role: str) -> Person:
    return Person(ME, "me@khabarayn.example", "سمر", role)


def reaches(role: str, lowest: str) -> bool:
    return lowest != "-" and ROLES.index(role) >= ROLES.index(ROLE[lowest])


def test_every_action_is_written_out_here():
    said = set(STORIES) | {action for line in PLAIN.values() for action in line.split()}
    assert said == set(TABLE)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", STORIES)
def test_a_story_is_touched_only_by_whom_the_table_names(role, action):
    for owner, line in zip((ME, 8), STORIES[action], strict=True):
        for state, lowest in zip(STATES, line.split(), strict=True):
            told = f"{role} {action} {state} {'own' if owner == ME else 'other'}"
            assert may(person(role), action, Standing(state, owner)) == reaches(role, lowest), told


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("lowest", PLAIN)
def test_what_concerns_no_story_is_a_matter_of_the_role(role, lowest):
    for action in PLAIN[lowest].split():
        assert may(person(role), action) == reaches(role, lowest), action


def test_a_story_of_nobody_is_nobodys_own():
    nobody = Person(None, "", "", "writer")  # type: ignore[arg-type]
    assert not may(nobody, "story.edit", Standing("draft", None))
    assert not may(person("writer"), "story.edit", Standing("draft", None))


@pytest.mark.parametrize("role", ["", "owner", "Admin", "root"])
def test_an_unknown_role_may_nothing(role):
    for action in TABLE:
        assert not may(person(role), action)
        assert not may(person(role), action, Standing("draft", ME))


def test_an_unknown_action_or_state_is_refused_to_everybody():
    assert not may(person("admin"), "story.burn", Standing("draft", ME))
    assert not may(person("admin"), "story.edit", Standing("archived", ME))
    with pytest.raises(Forbidden):
        require(By.of(person("admin")), "story.burn")


def test_an_action_that_is_for_no_story_is_not_allowed_by_naming_one():
    assert not may(person("admin"), "people.manage", Standing("draft", ME))
