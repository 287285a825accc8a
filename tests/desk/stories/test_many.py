"""One change for many stories: each is asked for by itself, and says what came of it."""

from __future__ import annotations

import pytest
from factories.story import BY, proposal
from factories.user import user

from khabarayn.desk.by import By
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.many import MOST, move_many, tag_many, untag_many, withdraw_many
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.revise import revise
from khabarayn.store.db import db
from khabarayn.store.queries.people import person_of
from khabarayn.store.queries.revisions import editable_story
from khabarayn.store.queries.story import article_by_id
from khabarayn.store.queries.story_filter import StoryListFilter
from khabarayn.store.queries.story_lists import list_page, story_summary

pytestmark = pytest.mark.usefixtures("any_app_context")


def somebody(role: str) -> By:
    row = user(role=role)
    db.session.commit()
    return By.of(person_of(row))


def live(**given) -> str:
    public_id = draft(proposal(**given), BY)
    publish(public_id, BY)
    return public_id


def refused(outcomes) -> dict[str, str]:
    return {one.story: one.reason for one in outcomes if one.reason}


def test_readers_find_moved_stories_in_their_new_section_and_no_newer_than_before():
    editor = somebody("editor")
    first, second = live(), live()
    waiting = draft(proposal(), BY)
    before = article_by_id(first)
    assert not refused(move_many((first, second, waiting), "economy", editor))
    found = article_by_id(first)
    assert found.card.section.slug == "economy"
    assert found.card.updated_at == before.card.updated_at
    assert found.card.rev == before.card.rev + 1
    assert article_by_id(waiting) is None
    assert story_summary(waiting).section.slug == "economy"


def test_each_story_asks_for_its_own_right_and_says_why_it_stays():
    writer, editor = somebody("writer"), somebody("editor")
    own, other = draft(proposal(), writer), draft(proposal(), editor)
    pending = live(headline="نص عند القرّاء")
    revise(pending, proposal(headline="نص لم يُنشر"), BY)
    there = draft(proposal(section="economy"), writer)
    said = refused(move_many((own, other, pending, there, "zzzzzzzz"), "economy", writer))
    assert own not in said
    assert story_summary(own).section.slug == "economy"
    assert story_summary(other).section.slug == "news"
    assert "إذن" in said[other]
    assert "إذن" in said[pending]
    assert said[there] == "هو كذلك من قبل."
    assert "zzzzzzzz" in said["zzzzzzzz"]
    said = refused(move_many((pending,), "economy", editor))
    assert said == {pending: "فيه تعديل لم يُنشر. انشره أولًا."}
    assert article_by_id(pending).card.headline == "نص عند القرّاء"
    assert article_by_id(pending).card.section.slug == "news"


def test_a_tag_comes_to_many_and_goes_from_many_in_any_spelling():
    editor = somebody("editor")
    first, second = live(tags=("مدن",)), live(tags=("مدن", "الإقتصاد"))
    said = refused(tag_many((first, second), "#الاقتصاد", editor))
    assert list(said) == [second]
    assert next(tag.name for tag in article_by_id(first).tags) == "مدن"
    assert len(article_by_id(first).tags) == 2
    # Search knows of it when the verb returns, with no worker about.
    tag_many((first,), "غطاسون", editor)
    sought = StoryListFilter(reader=editor.own_id, sees_all=True, text="غطاسون")
    assert [one.id for one in list_page("live", sought).stories] == [first]
    assert not refused(untag_many((first, second), "مدن", editor))
    assert "مدن" not in editable_story(second).content.tags
    assert len(article_by_id(second).tags) == 1


def test_many_are_withdrawn_with_a_reason_and_none_without():
    chief, editor = somebody("chief"), somebody("editor")
    first, second, waiting = live(), live(), draft(proposal(), BY)
    for reason in ("", "  ", "\u200f"):
        with pytest.raises(Refused, match="بلا سبب"):
            withdraw_many((first, second), reason, chief)
    assert story_summary(first).status == "published"
    assert set(refused(withdraw_many((first,), "خطأ في المصدر", editor))) == {first}
    said = refused(withdraw_many((first, second, waiting), "خطأ في المصدر", chief))
    assert list(said) == [waiting]
    assert "مسودة" in said[waiting]
    assert story_summary(first).withdrawn_reason == "خطأ في المصدر"


def test_what_will_not_do_is_refused_before_anything_is_done():
    editor = somebody("editor")
    story = live()
    with pytest.raises(Refused, match="nowhere"):
        move_many((story,), "nowhere", editor)
    with pytest.raises(Refused, match="اكتب الوسم"):
        tag_many((story,), "#", editor)
    with pytest.raises(Refused, match=str(MOST)):
        untag_many(tuple(f"{n:08d}" for n in range(MOST + 1)), "مدن", editor)
