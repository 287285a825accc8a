"""A subscription is refused with every fault at its field, and its source cannot be lost."""

from __future__ import annotations

import pytest

from khabarayn.desk.arrange.bylines import delete_source, save_source
from khabarayn.desk.arrange.feeds import FeedForm, add_feed, change_feed, delete_feed, pause_feed
from khabarayn.desk.arrange.sections import remove_section
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.refused import Refused
from khabarayn.store.db import db
from khabarayn.store.models import FeedRow, SourceRow
from khabarayn.store.queries.feeds import feed_by_number, feeds

GOOD = FeedForm("https://agency.example/feed.xml", "وكالة الواحة")


def faults(form: FeedForm) -> set[str]:
    with pytest.raises(Refused) as caught:
        add_feed(form, OPERATOR)
    db.session.rollback()
    return set(caught.value.messages)


def test_all_that_is_wrong_is_said_at_once(any_app_context):
    wrong = FeedForm("agency", "", "no/such", "sent", 7)
    assert faults(wrong) == {"url", "source", "section", "status", "minutes"}
    assert feeds() == ()


def test_a_feed_is_taken_once(any_app_context):
    add_feed(GOOD, OPERATOR)
    assert faults(GOOD) == {"url"}


def test_another_address_is_asked_at_once_and_other_changes_wait(any_app_context):
    number = add_feed(GOOD, OPERATOR)
    row = db.session.get_one(FeedRow, number)
    row.etag, row.failures, row.next_at = '"x"', 3, None
    db.session.commit()
    change_feed(number, FeedForm(GOOD.url, GOOD.source, "news"), OPERATOR)
    feed = feed_by_number(number)
    assert feed is not None
    assert (feed.section, feed.etag, feed.paused) == ("news", '"x"', True)
    change_feed(number, FeedForm("https://agency.example/new.xml", GOOD.source), OPERATOR)
    feed = feed_by_number(number)
    assert feed is not None
    assert (feed.etag, feed.failures, feed.paused) == ("", 0, False)


def test_a_source_with_feeds_is_not_deleted_without_another_in_its_place(any_app_context):
    number = add_feed(GOOD, OPERATOR)
    source = db.session.query(SourceRow).filter_by(name=GOOD.source).one().id
    with pytest.raises(Refused):
        delete_source(source, OPERATOR)
    db.session.rollback()
    other = save_source(OPERATOR, name="وكالة أخرى")
    delete_source(source, OPERATOR, other)
    feed = feed_by_number(number)
    assert feed is not None
    assert feed.source == "وكالة أخرى"


def test_a_feed_of_a_removed_section_goes_by_what_its_stories_say(any_app_context):
    number = add_feed(FeedForm(GOOD.url, GOOD.source, "sport"), OPERATOR)
    remove_section("sport", OPERATOR)
    db.session.expire_all()
    feed = feed_by_number(number)
    assert feed is not None
    assert feed.section == ""


@pytest.mark.parametrize("verb", [pause_feed, delete_feed])
def test_an_unknown_feed_is_refused(any_app_context, verb):
    with pytest.raises(Refused):
        verb(99, OPERATOR)
