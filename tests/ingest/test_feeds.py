"""A feed that the paper subscribes to comes in by itself, once, and says so when it does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from factories.feed import Agency, agency, rss
from flask import Flask

from khabarayn.article.plain import text_of
from khabarayn.article.proposal import Proposal
from khabarayn.desk.arrange.feeds import (
    OWN,
    FeedForm,
    add_feed,
    ask_feed,
    claim_feed,
    delete_feed,
    pause_feed,
)
from khabarayn.desk.by import OPERATOR, By
from khabarayn.desk.record import newest_content
from khabarayn.desk.stories.revise import revise
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.ingest.feeds import health, preview, read_due_feeds, read_feed
from khabarayn.settings import Settings, settings_of
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, FeedRow, RevisionRow
from khabarayn.store.queries.feeds import FeedUse, due_feeds, feed_by_number, feeds
from khabarayn.store.queries.sections import section_tree

LIBRARY = "المكتبة تفتح قاعة جديدة"


@pytest.fixture
def far() -> Iterator[Agency]:
    with agency() as made:
        made.data = rss(
            ("library", "المكتبة تفتح قاعة جديدة"), ("port", "الميناء يستقبل أول باخرة")
        )
        made.headers = {"ETag": '"one"'}
        yield made


@pytest.fixture
def settings_here(any_app: Flask) -> Settings:
    return replace(settings_of(any_app.config), fetch_private=True)


@pytest.fixture
def read(any_app_context: Flask, settings_here: Settings):
    """Ask every feed whose time has come, as the worker does; return how many were asked."""
    store = any_app_context.extensions["khabarayn.media"]

    def read() -> int:
        return read_due_feeds(settings_here, store, lambda: False)

    return read


def subscribed(far: Agency, **form: object) -> int:
    return add_feed(FeedForm(url=far.url, source="وكالة الواحة", **form), OPERATOR)  # type: ignore[arg-type]


def use(number: int) -> FeedUse:
    found = feed_by_number(number)
    assert found is not None
    return found


def stories() -> dict[str, str]:
    db.session.rollback()
    return {row.headline: row.status for row in db.session.query(ArticleRow)}


def test_stories_come_as_drafts_and_are_credited_to_the_source(read, far):
    number = subscribed(far)
    assert read() == 1
    assert stories() == {
        LIBRARY: "draft",
        "الميناء يستقبل أول باخرة": "draft",
    }

    contents = [row.content for row in db.session.query(RevisionRow)]
    assert {content.source_name for content in contents} == {"وكالة الواحة"}
    assert use(number).report["counts"]["accepted"] == 2
    assert health(use(number)) == ""


def test_an_editor_may_let_a_source_publish_itself_into_a_section(read, far):
    subscribed(far, status=OWN, section="world")
    read()
    assert set(stories().values()) == {"published"}
    world = section_tree().ids["world"]
    assert {row.section_id for row in db.session.query(ArticleRow)} == {world}


def test_what_has_not_changed_is_not_sent_again_and_nothing_doubles(read, far):
    number = subscribed(far)
    read()
    assert read() == 0
    ask_feed(number, OPERATOR)
    assert read() == 1
    assert far.questions[-1]["If-None-Match"] == '"one"'
    far.headers = {"ETag": '"two"'}
    ask_feed(number, OPERATOR)
    read()
    assert len(stories()) == 2
    # The report is that of the round that brought something.
    assert use(number).report["counts"]["accepted"] == 2


def edited(**changes: object) -> str:
    """Let an editor change the first story; return its id."""
    row = db.session.query(ArticleRow).filter_by(headline=LIBRARY).one()
    _number, content = newest_content(row)
    names = {one.name for one in fields(Proposal)} & {one.name for one in fields(content)}
    said = {name: getattr(content, name) for name in names}
    revise(row.public_id, Proposal(**{**said, **changes}), By("محررة"))
    return row.public_id


def test_what_an_editor_changed_stays_when_the_source_changes_something_else(read, far):
    number = subscribed(far)
    read()
    edited(standfirst="مقدمة كتبتها محررة.")
    far.data, far.headers = rss(("library", "المكتبة تفتح قاعتين")), {"ETag": '"two"'}
    ask_feed(number, OPERATOR)
    read()
    (row,) = db.session.query(ArticleRow).filter_by(headline="المكتبة تفتح قاعتين")
    _number, content = newest_content(row)
    assert content.standfirst == "مقدمة كتبتها محررة."
    assert "المكتبة تفتح قاعتين، هذا" in text_of(content.blocks)


def test_where_both_changed_the_same_the_editors_text_stands_and_the_report_says_so(read, far):
    number = subscribed(far)
    read()
    edited(headline="عنوان حرّرته محررة")
    far.data, far.headers = rss(("library", "المكتبة تفتح قاعتين")), {"ETag": '"two"'}
    ask_feed(number, OPERATOR)
    read()
    assert "عنوان حرّرته محررة" in stories()
    assert "المكتبة تفتح قاعتين" not in stories()
    (row,) = use(number).report["rows"]
    assert "العنوان" in row["notes"][0]["ar"]
    before = use(number).report
    far.headers = {"ETag": '"three"'}
    ask_feed(number, OPERATOR)
    read()
    # It is said once.
    assert use(number).report == before


def test_a_source_that_fails_is_asked_less_and_less_and_says_why(read, far):
    number = subscribed(far, minutes=30)
    far.status, far.data = 503, b"busy"
    waits = []
    for _round in range(3):
        ask_feed(number, OPERATOR)
        read()
        feed = use(number)
        assert feed.next_at is not None
        waits.append(round((feed.next_at - now()).total_seconds() / 60))
    assert waits == [60, 120, 240]
    assert (feed.failures, feed.problem, feed.detail) == (3, "status", "503")
    assert "503" in health(feed)
    far.status, far.data = 200, rss(("a", "خبر أول من الوكالة"))
    ask_feed(number, OPERATOR)
    read()
    assert (use(number).failures, health(use(number))) == (0, "")


def test_a_server_that_asks_for_patience_gets_it(read, far):
    number = subscribed(far)
    far.status, far.headers = 429, {"Retry-After": "7200"}
    read()
    wait = use(number).next_at - now()
    assert timedelta(minutes=118) < wait <= timedelta(minutes=120)


def test_a_feed_that_is_gone_for_good_is_not_asked_any_more(read, far):
    number = subscribed(far)
    far.status = 410
    read()
    assert use(number).paused
    assert due_feeds() == ()


def test_what_is_no_list_of_news_is_said(read, far):
    number = subscribed(far)
    far.data, far.headers = b"%PDF-1.7 no news", {}
    read()
    feed = use(number)
    assert feed.problem == "unread"
    assert health(feed)
    assert "PDF" in feed.report["rows"][0]["reason"]["en"]


def test_one_of_two_workers_asks(any_app_context, far):
    number = subscribed(far)
    assert [claim_feed(number), claim_feed(number)] == [True, False]


def test_a_paused_feed_is_left_alone_and_a_deleted_one_leaves_its_stories(read, far):
    number = subscribed(far)
    pause_feed(number, OPERATOR)
    assert read() == 0
    ask_feed(number, OPERATOR)
    assert read() == 1
    delete_feed(number, OPERATOR)
    assert feeds() == ()
    assert len(stories()) == 2


def test_a_look_at_a_feed_changes_nothing(any_app_context, settings_here, far):
    number = subscribed(far)
    store = any_app_context.extensions["khabarayn.media"]
    report = preview(use(number), settings_here, store)
    assert report.counts["accepted"] == 2
    assert stories() == {}
    assert db.session.get(FeedRow, number).answered_at is None


def test_a_withdrawn_story_is_not_brought_back(read, far, any_app_context):

    number = subscribed(far, status=OWN)
    read()
    row = db.session.query(ArticleRow).filter_by(headline=LIBRARY).one()
    withdraw(row.public_id, OPERATOR, "خطأ في النقل")
    far.data, far.headers = rss(("library", "المكتبة تفتح قاعتين جديدتين")), {"ETag": '"two"'}
    ask_feed(number, OPERATOR)
    read()
    db.session.expire_all()
    assert db.session.get(ArticleRow, row.id).status == "withdrawn"


def test_a_round_that_was_stopped_begins_again_with_the_same_answer(
    any_app_context, settings_here, far
):
    number = subscribed(far)
    store = any_app_context.extensions["khabarayn.media"]
    report = read_feed(use(number), settings_here, store, lambda: True)
    assert report.stopped
    assert use(number).etag == ""
