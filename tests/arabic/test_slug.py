"""Addresses and keys made of Arabic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarayn.arabic.slug import hashtags, slug, sort_key, tag_key


@given(st.text(max_size=200))
def test_a_slug_is_short_and_only_letters_digits_and_hyphens(text: str):
    made = slug(text)
    assert len(made) <= 80
    assert all(c.isalnum() or c == "-" for c in made)
    assert not made.startswith("-")
    assert not made.endswith("-")
    assert made.count("-") <= 5


@pytest.mark.parametrize(
    ("headline", "made"),
    [
        ("خَبَرَيْن: مؤتمرٌ في آسيا", "خبرين-مؤتمر-في-آسيا"),
        ("رئيس الوزراء يزور إسطنبول", "رئيس-الوزراء-يزور-إسطنبول"),
        ("COVID-19 يعود في ٢٠٢٦", "covid-19-يعود-في-2026"),
        ("الـــصين / روسيا", "الصين-روسيا"),
        ("!!!", ""),
    ],
)
def test_a_headline_makes_a_readable_slug(headline: str, made: str):
    assert slug(headline) == made


def test_a_slug_drops_whole_words_to_fit():
    assert slug("مستشفى " * 6, limit=15) == "مستشفى-مستشفى"
    assert slug("ا" * 200) == "ا" * 80


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("#آسيا", ["#آسيا"]),
        ("قبل #القوات_اللبنانية، بعد", ["#القوات_اللبنانية"]),
        ("#خَبَرَيْن!", ["#خَبَرَيْن"]),
        ("المرتبة #1 و a#b و http://x/#part و &#1575;", []),
        ("و#غزة", ["#غزة"]),
        ("#2026_عام", ["#2026_عام"]),
        ("#_", []),
    ],
)
def test_hashtags_are_found_where_readers_see_them(text: str, shown: list[str]):
    found = hashtags(text)
    assert [tag.display for tag in found] == shown
    assert all(text[tag.start : tag.end] == tag.display for tag in found)


def test_spellings_of_a_tag_share_its_key():
    assert {tag_key(t) for t in ("#آسيا", "اسيا", "آسْيا", "# اسيا ")} == {"اسيا"}


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(text: str):
    assert tag_key(tag_key(text)) == tag_key(text)


def test_names_sort_by_the_alphabet_whatever_their_hamza():
    assert sorted(["يوسف", "هدى", "وليد", "آمنة", "إبراهيم"], key=sort_key) == [
        "إبراهيم",
        "آمنة",
        "هدى",
        "وليد",
        "يوسف",
    ]
