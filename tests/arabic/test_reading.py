"""A word is counted as a newsroom counts it, whatever stands around it."""

import re

import pytest

from khabarayn.arabic.reading import word_count

# What counting was before it was made linear: the same number for every text.
OLD = re.compile(r"\S*?[^\W_]\S*")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n\t", 0),
        ("– … ؟!", 0),
        ("_ __", 0),
        ("كلمةٌ واحدة", 2),
        ("«قال»: لا", 2),
        ("أكتوبر/تشرين الأول", 2),
        ("3-5% من الـ22", 3),
        ("AT&T و C++", 3),
        ("a\u00a0b\u2003c", 3),
        ("\u064b\u064b ـ", 1),
    ],
)
def test_what_holds_a_letter_or_digit_between_white_space_is_a_word(text, count):
    assert word_count(text) == count == len(OLD.findall(text))
