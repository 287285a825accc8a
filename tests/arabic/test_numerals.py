"""Numbers, sizes, counts: written for a reader, read from a form."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarayn.arabic.numerals import (
    Digits,
    file_size,
    number,
    parse_number,
    percent,
    to_digits,
)
from khabarayn.arabic.plurals import DAYS, MINUTES, STORIES, category, count_phrase
from khabarayn.arabic.reading import reading_minutes, word_count


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-1e9, max_value=1e9))
def test_what_is_written_is_read_back(value: Decimal):
    for digits in ("latn", "arab"):
        assert parse_number(number(value, digits)) == value


@given(st.text(max_size=30))
def test_digits_there_and_back_are_western(text: str):
    assert to_digits(to_digits(text, "arab"), "latn") == to_digits(text, "latn")


@pytest.mark.parametrize(
    "text", ["", "٣ كتب", "1,2,3", "..5", "nan", "inf", "1e9", "1_000", "²", "५", "9" * 50, "--1"]
)
def test_what_is_no_plain_number_is_refused_in_arabic(text: str):
    with pytest.raises(ValueError, match="ليس هذا عددًا"):
        parse_number(text)


@pytest.mark.parametrize(
    ("size", "written"),
    [
        (0, "0 بايت"),
        (999, "999 بايت"),
        (1023, "1.0 ك.ب"),
        (214 * 1024, "214 ك.ب"),
        (1023 * 1024, "1.0 م.ب"),
        (20 * 1024 * 1024, "20 م.ب"),
        (3 * 1024**3, "3.0 غ.ب"),
        (5000 * 1024**4, "5,000 ت.ب"),
    ],
)
def test_a_file_size_is_told_in_its_nearest_unit(size: int, written: str):
    assert file_size(size) == written


def test_arab_digits_bring_arab_signs():
    digits: Digits = "arab"
    assert file_size(1_258_291, digits) == "١٫٢ م.ب"
    assert percent(Decimal("3.5"), digits) == "٣٫٥٪"
    assert number(-1234, digits) == "-١٬٢٣٤"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_no_finite_number_no_text(value: float):
    with pytest.raises(ValueError, match="غير محدود"):
        number(value)


@pytest.mark.parametrize(
    ("count", "form", "written"),
    [
        (0, "zero", "لا أخبار"),
        (1, "one", "خبر"),
        (2, "two", "خبران"),
        (3, "few", "3 أخبار"),
        (10, "few", "10 أخبار"),
        (11, "many", "11 خبرًا"),
        (26, "many", "26 خبرًا"),
        (99, "many", "99 خبرًا"),
        (100, "other", "100 خبر"),
        (101, "other", "101 خبر"),
        (103, "few", "103 أخبار"),
        (111, "many", "111 خبرًا"),
    ],
)
def test_each_count_takes_its_form(count: int, form: str, written: str):
    assert category(count) == form
    assert count_phrase(count, STORIES) == written


def test_a_count_follows_the_digits_asked_for():
    assert count_phrase(11, MINUTES, "arab") == "١١ دقيقة"
    assert count_phrase(2, DAYS, "arab") == "يومان"


def test_words_are_counted_as_an_editor_counts_them():
    assert word_count("") == 0
    assert word_count("أكتوبر/تشرين الأول – 2026") == 3
    assert word_count("خَبَرَيْن ،، «نعم»\nC++") == 3


def test_reading_takes_a_minute_at_least():
    assert [reading_minutes(n) for n in (0, 90, 362, 900)] == [1, 1, 2, 5]
