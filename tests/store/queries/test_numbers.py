"""Numbers add up: by day, story, section, and never show what one person alone did."""

from __future__ import annotations

from datetime import timedelta

import pytest
from factories.article import article
from factories.count import day_count
from factories.front import reads
from factories.section import section

from khabarayn.store.db import now
from khabarayn.store.queries.numbers import numbers

pytestmark = pytest.mark.usefixtures("any_app_context")


def test_every_day_has_its_sum_and_the_days_before_are_told_apart():
    today = now().date()
    one, other = article(headline="أول"), article(headline="ثان")
    for story, ago, count in ((one, 0, 5), (other, 0, 2), (one, 6, 3), (one, 7, 40), (one, 30, 9)):
        reads(article_id=story.id, day=today - timedelta(days=ago), count=count)
    found = numbers(7)
    assert [day.count for day in found.by_day] == [3, 0, 0, 0, 0, 0, 7]
    assert found.by_day[-1].day == today
    assert (found.reads, found.before) == (10, 40)
    assert [(story.headline, story.count) for story in found.stories] == [("أول", 8), ("ثان", 2)]


def test_a_section_counts_with_all_below_it():
    top = section(slug="climate", name="بيئة")
    below = section(slug="climate/water", name="مياه", parent_id=top.id)
    for place, count in ((top, 2), (below, 5)):
        reads(article_id=article(section_id=place.id).id, day=now().date(), count=count)
    reads(day=now().date(), count=3)
    first = numbers(7).sections[0]
    assert (first.section.name, first.count) == ("بيئة", 7)


def test_shares_and_saves_are_told_and_lonely_searches_are_not():
    today = now().date()
    for kind, name, count in (
        ("share", "x", 2), ("share", "copy", 4), ("save", "", 6), ("edition", "full", 1),
        ("nothing", "كلمة شخص", 1), ("nothing", "كلمة كثيرين", 2),
    ):  # fmt: skip
        day_count(day=today, kind=kind, name=name, count=count)
    found = numbers(7)
    assert [(one.name, one.count) for one in found.shares] == [("copy", 4), ("x", 2)]
    assert (found.share_count, found.save_count) == (6, 6)
    assert [one.name for one in found.nothing] == ["كلمة كثيرين"]
    assert [one.name for one in found.editions] == ["full"]


def test_a_paper_that_nobody_reads_yet_has_numbers_too():
    found = numbers(28)
    assert (found.reads, found.before, found.save_count, len(found.by_day)) == (0, 0, 0, 28)
