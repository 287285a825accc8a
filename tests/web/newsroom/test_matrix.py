"""Every address of the newsroom, every role, own and others' stories: as the table says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from factories.related import beat
from factories.story import story
from insiders import insider
from sqlalchemy import select
from werkzeug.routing import Rule

from khabarayn.desk.permissions import ROLES, STATES, TABLE, Standing, may
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, RevisionRow
from khabarayn.web.newsroom.access import OPEN, OWN

# What stands for the parts of an address that are no story; nothing is there by these names.
PARTS = {"number": "999999", "token": "a" * 43, "month": "2026-03", "section": "nowhere"}
HEADLINE = "ما لا يقرؤه كل أحد"
# The library names this one for its own pages; it leads where another rule answers.
BUILT_ONLY = {"security.two_factor_rescue"}


def rules(app) -> list[Rule]:
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/newsroom", "/_me/")) and rule.endpoint not in BUILT_ONLY
    ]


def declared(app, rule: Rule) -> str:
    return getattr(app.view_functions[rule.endpoint], "needs", "")


def path_of(rule: Rule, public_id: str = "23456789") -> str:
    def part(match: re.Match[str]) -> str:
        kind, _, name = match[1].rpartition(":")
        return public_id if kind == "article_id" else PARTS.get(name, "999999")

    return re.sub(r"<([^>]+)>", part, rule.rule)


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"})


def test_every_address_declares_who_it_is_for(app):
    for rule in rules(app):
        action = declared(app, rule)
        assert bool(action) != (rule.endpoint in OPEN | OWN), rule.endpoint
        assert not action or action in TABLE, rule.endpoint
    known = {rule.endpoint for rule in rules(app)}
    assert known >= OPEN | OWN


def test_a_stranger_gets_in_nowhere(app):
    client = app.test_client()
    for rule in rules(app):
        if rule.endpoint in OPEN:
            continue
        for method in methods(rule):
            answer = client.open(path_of(rule), method=method)
            told = f"{method} {rule.rule}: {answer.status}"
            if method == "GET":
                assert answer.status_code == 303, told
                assert answer.headers["Location"].startswith("/newsroom/sign-in?next="), told
            else:
                assert answer.status_code == 401, told


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_the_table_says_and_nothing_else(app, role):
    for rule in rules(app):
        action = declared(app, rule)
        if not action:
            continue
        for method in methods(rule):
            # Each on a session of its own: some of them end it.
            client = insider(app, role)
            answer = client.open(path_of(rule), method=method)
            told = f"{role} {method} {rule.rule} needs {action}: {answer.status}"
            assert answer.status_code not in {401, 500}, told
            if not may(client.person, action):
                assert answer.status_code == 403, told
            elif not any(part == "article_id" for part in converters(rule)):
                assert answer.status_code != 403, told


def converters(rule: Rule) -> Iterator[str]:
    for found in re.findall(r"<([^>]+)>", rule.rule):
        yield found.rpartition(":")[0]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("own", [True, False], ids=["own", "another's"])
def test_a_story_opens_in_the_states_that_the_table_says(app, role, own):
    about_stories = [rule for rule in rules(app) if "article_id" in converters(rule)]
    client = insider(app, role)
    with app.app_context():
        # Links of neighbouring stories are left to a worker: no right depends on them, and with
        # each story that is made here they would take longer.
        beat(name="worker", at=now() + timedelta(hours=1))
        db.session.commit()
    owner_id = client.person.id if own else client.person.id + 1000
    kept: dict[str, tuple[str, tuple[object, ...]]] = {}
    for rule in about_stories:
        action = declared(app, rule)
        for state in STATES:
            # One story for each state, until a step that was allowed has changed it.
            if state not in kept or print_of(app, kept[state][0]) != kept[state][1]:
                made = standing(app, state, owner_id)
                kept[state] = made, print_of(app, made)
            public_id = kept[state][0]
            held = Standing(state, client.person.id if own else 0)
            allowed = may(client.person, action, held)
            for method in methods(rule):
                before = print_of(app, public_id)
                answer = client.open(path_of(rule, public_id), method=method)
                told = f"{role} {method} {rule.rule} ({action}, {state}): {answer.status}"
                assert answer.status_code not in {401, 500}, told
                if allowed:
                    assert answer.status_code != 403, told
                    continue
                if not any(grant.states for grant in TABLE[action]):
                    # It asks about the person and what they typed, not about the story: that
                    # stays as it is, and who may not read it learns nothing of it.
                    assert print_of(app, public_id) == before, told
                    if not may(client.person, "story.read", held):
                        assert HEADLINE not in answer.text, told
                    continue
                # A step out of turn may be explained where it was taken; nothing has changed.
                explained = {303, 409, 422} if method == "POST" else set()
                assert answer.status_code in {403, 404} | explained, told
                assert print_of(app, public_id) == before, told


def print_of(app, public_id: str) -> tuple[object, ...]:
    """Return everything of a story that a step could have changed; nothing when it is gone."""
    with app.app_context():
        found = select(ArticleRow).where(ArticleRow.public_id == public_id)
        row = db.session.scalars(found).one_or_none()
        if row is None:
            return ()
        revisions = db.session.query(RevisionRow).filter_by(article_id=row.id).count()
        return row.status, row.rev, row.owner_id, row.publish_at, row.corrected, revisions


def standing(app, state: str, owner_id: int) -> str:
    """Return the public id of a story that stands there and is theirs."""
    public_id = story(app, headline=HEADLINE)
    with app.app_context():
        row = db.session.scalars(select(ArticleRow).where(ArticleRow.public_id == public_id)).one()
        row.status, row.owner_id = state, owner_id
        db.session.commit()
    return public_id


@pytest.mark.parametrize("role", ROLES)
def test_every_change_asks_for_the_proof_that_the_form_is_ours(app, role):
    client = insider(app, role)
    for rule in rules(app):
        for method in methods(rule):
            if method != "GET":
                answer = client.open(path_of(rule), method=method, proving=False)
                assert answer.status_code == 400, f"{method} {rule.rule}: {answer.status}"
