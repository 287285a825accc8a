"""Corrections and withdrawals reach phones in answers below two kilobytes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from factories.story import BY, proposal, stories, story
from sqlalchemy import select, update

from khabarayn.desk.stories.correct import correct
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.revise import revise
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, OutboxRow
from khabarayn.web.pwa import sync


def settle(app) -> None:
    """Let the moment pass in which a lower number could still appear."""
    with app.app_context():
        db.session.execute(update(OutboxRow).values(created_at=now() - timedelta(minutes=1)))
        db.session.commit()


def asked(client, since: int) -> dict:
    answer = client.get(f"/api/sync?since={since}")
    assert answer.status_code == 200
    assert len(answer.data) < 2048
    assert answer.headers["Cache-Control"] == "no-store"
    assert "KH-Cache" not in answer.headers
    return answer.get_json()


def test_the_first_answer_only_says_where_to_ask_from(app, client):
    stories(app, 3)
    settle(app)
    said = asked(client, 0)
    assert said["rev"] >= 3
    assert (said["changed"], said["withdrawn"], said["more"]) == ([], [], False)


def test_a_correction_is_told_with_its_revision(app, client):
    public_id = story(app)
    settle(app)
    before = asked(client, 0)["rev"]
    with app.app_context():
        correct(public_id, BY, "الصحيح أربعمئة متر.")
    said = asked(client, before)
    assert said["changed"] == [{"id": public_id, "rev": 2, "why": "corrected"}]
    with app.app_context():
        revise(public_id, proposal(headline="خبر بعنوان آخر"), BY)
        publish(public_id, BY)
    assert asked(client, before)["changed"] == [{"id": public_id, "rev": 3, "why": "corrected"}]


def test_a_withdrawn_story_names_the_one_in_its_place_while_that_is_there(app, client):
    gone, other, instead = stories(app, 3)
    settle(app)
    before = asked(client, 0)["rev"]
    with app.app_context():
        withdraw(gone, BY, "أعيدت كتابته.", instead)
        withdraw(other, BY, "لم يثبت.")
        headline = db.session.scalars(
            select(ArticleRow.headline).where(ArticleRow.public_id == instead)
        ).one()
    told = {one["id"]: one for one in asked(client, before)["withdrawn"]}
    assert told[gone]["successor"] == {"url": f"/a/{instead}", "headline": headline}
    assert "successor" not in told[other]
    with app.app_context():
        withdraw(instead, BY, "ولا هذا.")
    assert all("successor" not in one for one in asked(client, before)["withdrawn"])


def test_what_is_not_settled_is_told_again(app, client):
    public_id = story(app)
    settle(app)
    before = asked(client, 0)["rev"]
    with app.app_context():
        correct(public_id, BY, "الصحيح أربعمئة متر.")
    said = asked(client, before)
    assert said["rev"] == before
    settle(app)
    said = asked(client, before)
    assert said["rev"] > before
    assert asked(client, said["rev"])["changed"] == []


def test_a_withdrawal_is_told_with_its_reason(app, client):
    public_id = story(app)
    settle(app)
    before = asked(client, 0)["rev"]
    with app.app_context():
        withdraw(public_id, BY, "لم يثبت الخبر." + " تفصيل" * 60)
    (gone,) = asked(client, before)["withdrawn"]
    assert gone["id"] == public_id
    assert gone["reason"].startswith("لم يثبت الخبر.")
    assert len(gone["reason"]) <= 160


def test_many_changes_come_in_several_answers_and_none_is_lost(app, client, monkeypatch):
    monkeypatch.setattr(sync, "LIMIT", 700)
    ids = stories(app, 40)
    settle(app)
    since, told, answers = 1, set(), 0
    while True:
        said = asked(client, since)
        told |= {item["id"] for item in said["changed"]}
        answers += 1
        assert said["rev"] > since
        since = said["rev"]
        if not said["more"]:
            break
    assert answers > 1
    # The first number was asked from, so its story is not told.
    assert told == set(ids[1:])


@pytest.mark.parametrize("since", ["", "x", "-1", "1.5", "9" * 40, "%00"])
def test_a_number_that_is_none_of_ours_is_refused(client, since):
    assert client.get(f"/api/sync?since={since}").status_code == 400
