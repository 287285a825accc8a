"""A running story is called what most of its reports share: a tag, else words of the headlines."""

from __future__ import annotations

import pytest
from factories.story import stories
from sqlalchemy import select

from khabarayn.related.naming import LONGEST, name_of
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow


@pytest.fixture
def ids(app):
    """Return a maker of published stories that gives their row ids."""

    def make(count: int, *tags: str) -> list[int]:
        names = stories(app, count, tags=tags)
        with app.app_context():
            return list(
                db.session.scalars(select(ArticleRow.id).where(ArticleRow.public_id.in_(names)))
            )

    return make


def named(app, numbers, headlines) -> str:
    with app.app_context():
        return name_of(numbers, headlines, "ar")


def test_the_tag_that_most_reports_carry_is_the_name(app, ids):
    reports = [*ids(2, "جسر الشمال", "مدن"), *ids(1, "مدن")]
    ids(9, "مدن")  # a tag of everything names nothing in particular
    assert named(app, reports, ["أ"] * 3) == "جسر الشمال"


def test_a_pair_of_words_that_most_headlines_share_is_the_name_without_a_tag(app):
    headlines = [
        "فيضان وادي الرمان يقطع الطريق",
        "مياه وادي الرمان تنحسر",
        "عودة السكان إلى وادي الرمان",
    ]
    assert named(app, [], headlines) == "وادي الرمان"


def test_a_single_word_is_the_name_where_no_pair_is_shared(app):
    headlines = ["زلزال جنوبًا", "ضحايا للزلزال شرقًا", "الزلزال أضرّ منازل"]
    assert "زلزال" in named(app, [], headlines)


def test_plain_words_of_the_newsroom_name_nothing(app):
    headlines = ["قال الوزير اليوم", "وقال مدير المدرسة", "قال رئيس النادي"]
    assert named(app, [], headlines) == headlines[0]


def test_headlines_that_share_nothing_leave_the_newest_as_the_name(app):
    assert named(app, [], ["حصاد القمح يبدأ", "سفينة في الميناء"]) == "حصاد القمح يبدأ"
    assert len(named(app, [], ["ب" * 200])) == LONGEST
