"""A new paper's sections and introductions are added where missing, and never over an editor's."""

from __future__ import annotations

import pytest
from factories.story import BY
from sqlalchemy import select

from khabarayn.desk.arrange.sections import SectionForm, change_section
from khabarayn.desk.arrange.seed import (
    DEFAULT_SECTIONS,
    PlannedSection,
    describe_section,
    introduce_author,
    introduce_tag,
    seed_sections,
)
from khabarayn.store.db import db
from khabarayn.store.models import AuthorRow, LogRow, TagRow
from khabarayn.store.queries.sections import SectionWords, section_tree

# The application's database has the default sections already.
pytestmark = pytest.mark.usefixtures("app_context")


def test_only_missing_sections_are_added_and_a_child_stands_under_its_parent():
    planned = (*DEFAULT_SECTIONS, PlannedSection("news/cities", "مدن", 90))
    assert seed_sections(planned, BY) == 1
    assert seed_sections(planned, BY) == 0
    cities = section_tree().find("news/cities")
    assert cities is not None
    assert [section.slug for section in cities.trail] == ["news", "news/cities"]
    assert list(db.session.scalars(select(LogRow.verb))) == ["plant"]


def test_what_an_editor_changed_in_a_section_stays():
    form = SectionForm(name="الأخبار", part="news", hue=10, description="كل جديد")
    change_section("news", BY, form)
    seed_sections(DEFAULT_SECTIONS, BY)
    describe_section("news", BY, "وصف آخر")
    news = section_tree().find("news")
    assert news is not None
    assert (news.name, news.hue, news.description) == ("الأخبار", 10, "كل جديد")


def test_a_section_without_a_description_gets_one_and_an_unknown_one_is_ignored():
    describe_section("sport", BY, "مباريات ونتائج")
    describe_section("nowhere", BY, "لا شيء")
    sport = section_tree().find("sport")
    assert sport is not None
    assert sport.description == "مباريات ونتائج"


def test_words_in_another_language_are_filled_in_and_what_is_there_stays():
    for name, text in (("Games", "Scores and tales."), ("Play", "Another text.")):
        describe_section("sport", BY, "مباريات", (SectionWords("en", name, text),))
    english = section_tree("en").find("sport")
    assert english is not None
    assert (english.name, english.description) == ("Sport", "Scores and tales.")


def test_a_tag_is_made_with_its_introduction_which_is_then_kept():
    introduce_tag("تاريخ المدن", BY, "الأولى")
    introduce_tag("تاريخ_المدن", BY, "الثانية")
    rows = db.session.execute(select(TagRow.name, TagRow.intro)).all()
    assert [tuple(row) for row in rows] == [("تاريخ المدن", "الأولى")]


def test_an_author_gets_what_is_missing_and_keeps_the_rest():
    introduce_author("layla", BY, "ليلى حداد", "", "تكتب عن المدن")
    introduce_author("layla", BY, "اسم آخر", "محررة", "سيرة أخرى")
    introduce_author("layla", BY, "اسم آخر", "غيرها", "غيرها")
    rows = db.session.execute(select(AuthorRow.name, AuthorRow.role, AuthorRow.bio)).all()
    assert [tuple(row) for row in rows] == [("ليلى حداد", "محررة", "تكتب عن المدن")]
