"""Publishing is one transaction: the story, its lists, its links, the log and the outbox."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from factories.story import BY, MORNING, proposal
from sqlalchemy import func, select

from khabarayn.article.story import Story, WithdrawnStory
from khabarayn.desk.refused import Refused, UnknownStory
from khabarayn.desk.stories.correct import correct
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.revise import revise
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, ListingRow, LogRow, OutboxRow, RevisionRow
from khabarayn.store.queries.cards import LATEST, cards_in
from khabarayn.store.queries.story import article_by_id

pytestmark = pytest.mark.usefixtures("any_app_context")


def told(**given):
    public_id = draft(proposal(**given), BY)
    publish(public_id, BY, at=given.get("published_at", MORNING))
    return public_id


def read(public_id) -> Story:
    found = article_by_id(public_id)
    assert isinstance(found, Story)
    return found


def count(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_draft_is_nowhere_and_a_published_story_is_everywhere():
    public_id = draft(proposal(tags=("مدن", "جسور")), BY)
    assert article_by_id(public_id) is None
    assert count(ListingRow) == 0
    publish(public_id, BY, at=MORNING)
    assert read(public_id).card.published_at == MORNING
    lists = set(db.session.scalars(select(ListingRow.list)))
    assert LATEST in lists
    assert len(lists) == 4  # the latest, the section, two tags
    assert db.session.scalars(select(LogRow.verb)).all() == ["draft", "publish"]
    assert set(db.session.scalars(select(OutboxRow.topic))) == {"enter", "published"}


def test_what_readers_see_changes_only_when_the_revision_is_published():
    public_id = told(headline="العنوان الأول")
    revise(public_id, proposal(headline="العنوان الثاني"), BY)
    assert read(public_id).card.headline == "العنوان الأول"
    publish(public_id, BY)
    story = read(public_id)
    assert (story.card.headline, story.card.rev) == ("العنوان الثاني", 2)
    assert story.card.published_at == MORNING
    assert story.card.updated_at > MORNING
    assert count(RevisionRow) == 2


def test_a_story_leaves_the_lists_of_the_tags_it_lost():
    public_id = told(tags=("مدن", "جسور"))
    revise(public_id, proposal(tags=("أنهار",)), BY)
    publish(public_id, BY)
    assert [tag.name for tag in read(public_id).tags] == ["أنهار"]
    tag_lists = db.session.scalars(select(ListingRow.list).where(ListingRow.list.like("t:%")))
    assert len(tag_lists.all()) == 1


def test_two_spellings_of_a_tag_are_one_tag():
    told(tags=("آسيا",))
    second = told(tags=(), teaser="خبر من هناك #اسيا")
    assert [tag.name for tag in read(second).tags] == ["آسيا"]


def test_a_refused_proposal_leaves_nothing_behind():
    for wrong, field in (
        ({"headline": " "}, "headline"),
        ({"headline": "ع" * 301}, "headline"),
        ({"body_html": "<p> </p>"}, "body"),
        ({"section": "nowhere"}, "section"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"body_html": "<div>" * 200 + "نص"}, "body"),
    ):
        with pytest.raises(Refused) as refusal:
            draft(proposal(**wrong), BY)
        assert refusal.value.field == field
        assert refusal.value.message
        db.session.rollback()
    assert count(ArticleRow) == count(RevisionRow) == count(LogRow) == 0


def test_hostile_text_is_clean_before_it_is_kept():
    public_id = told(
        headline="عنوان\u202e مقلوب\u200f",
        body_html='<p onclick="x()">نص <script>alert(1)</script>'
        '<a href="java&#9;script:alert(1)">رابط</a></p>',
    )
    story = read(public_id)
    assert story.card.headline == "عنوان مقلوب"
    markup = str(story.blocks)
    assert "script" not in markup
    assert "onclick" not in markup


def test_an_imported_story_keeps_its_id_and_a_typed_one_gets_its_own():
    first = draft(proposal(origin_uri="urn:paper:1"), BY)
    assert draft(proposal(), BY) != first
    assert len(first) == 8


def test_a_correction_is_dated_shown_and_said_once():
    public_id = told()
    moment = datetime(2026, 3, 2, 9, tzinfo=UTC)
    correct(public_id, BY, "الطول أربعمئة متر لا خمسمئة.", at=moment)
    correct(public_id, BY, "الطول أربعمئة متر لا خمسمئة.")
    story = read(public_id)
    assert [(c.at, c.text) for c in story.corrections] == [(moment, "الطول أربعمئة متر لا خمسمئة.")]
    assert story.card.corrected
    assert story.card.rev == 2
    with pytest.raises(Refused):
        correct(draft(proposal(), BY), BY, "تصحيح")


def test_a_withdrawn_story_leaves_every_list_and_says_why():
    kept = told(tags=("مدن",))
    gone = told(tags=("مدن",))
    assert [card.id for card in read(kept).related] == [gone]
    with pytest.raises(Refused):
        withdraw(gone, BY, " ")
    withdraw(gone, BY, "تبيّن أنه مكرر.")
    found = article_by_id(gone)
    assert isinstance(found, WithdrawnStory)
    assert found.reason == "تبيّن أنه مكرر."
    assert [card.id for card in cards_in(LATEST).cards] == [kept]
    assert read(kept).related == ()


def test_a_withdrawn_story_can_be_published_again():
    public_id = told()
    withdraw(public_id, BY, "للمراجعة.")
    publish(public_id, BY)
    assert read(public_id).card.published_at == MORNING
    assert len(cards_in(LATEST).cards) == 1


def test_no_verb_works_on_a_story_that_is_not_there():
    for verb in (publish, lambda id_, by: withdraw(id_, by, "سبب")):
        with pytest.raises(UnknownStory):
            verb("22222222", BY)


def test_publication_at_a_given_time_sorts_by_that_time():
    late = told(published_at=MORNING + timedelta(hours=5))
    early = told(published_at=MORNING)
    assert [card.id for card in cards_in(LATEST).cards] == [late, early]
