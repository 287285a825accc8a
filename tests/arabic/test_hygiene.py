"""What comes through the door is clean, bounded, and cheap to clean."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarayn.arabic import hygiene
from khabarayn.arabic.hygiene import CleanText, clean_line, clean_text

hostile = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            "ابeaـ \n\r\t\u0651\u064e\u0301\u0344\u0654\u200b\u200c\u200f\u202e"
            "\u2066\u2068\u2069\ufeff\u00a0\x00\x85\ud800\ufb2c"
        ),
    ),
    max_size=80,
)


@given(hostile, st.integers(0, 60))
def test_cleaning_twice_changes_nothing_more(text: str, limit: int):
    for clean in (clean_line, clean_text):
        once = clean(text, limit)
        assert clean(once.text, limit) == CleanText(once.text, cut=False)


@given(hostile, st.integers(0, 60))
def test_clean_text_is_short_composed_and_free_of_controls(text: str, limit: int):
    for clean in (clean_line, clean_text):
        cleaned = clean(text, limit).text
        assert len(cleaned) <= limit
        assert unicodedata.is_normalized("NFC", cleaned)
        assert not any(c in "\u200b\u200e\u200f\ufeff\u00a0\u202a\u202e" for c in cleaned)
        assert not any(unicodedata.category(c) in ("Cc", "Cs") and c != "\n" for c in cleaned)
        assert cleaned.count("\u2069") == sum(cleaned.count(c) for c in "\u2066\u2067\u2068")
        cleaned.encode("utf-8")
    assert "\n" not in clean_line(text, limit).text


@given(hostile)
def test_a_letter_keeps_at_most_four_marks(text: str):
    run = 0
    for character in clean_text(text, 400).text:
        run = run + 1 if unicodedata.combining(character) else 0
        assert run <= hygiene.MARKS_PER_LETTER


def test_short_text_is_whole_and_long_text_says_that_it_was_cut():
    assert clean_line("خبر عاجل", 8) == CleanText("خبر عاجل", cut=False)
    assert clean_line("خبر عاجل جدًا", 8) == CleanText("خبر عاجل", cut=True)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("أعلنت\u200fالوزارة", "أعلنت الوزارة"),
        ("شركة OpenAI\u200eتطلق", "شركة OpenAI تطلق"),
        ("مدينةُ\u200fغزة", "مدينةُ غزة"),
        ("\u200fخبر\u200f عاجل\u200f", "خبر عاجل"),
        ("2025\u200f/\u200f11", "2025/11"),
        ("و\u200eApple", "وApple"),
        ("الـ\u200fiPhone", "الـiPhone"),
    ],
)
def test_a_lone_direction_mark_never_glues_two_words(text: str, clean: str):
    assert clean_line(text, 80).text == clean
    assert clean_text(text, 80).text == clean


def test_a_cut_never_parts_a_letter_from_its_marks():
    assert clean_line("خَبَرٌ", 5).text == "خَبَ"
    assert clean_line("خَبَرٌ", 3).text == "خَ"


def test_vowel_marks_and_the_non_joiner_stay():
    assert clean_line("مُدَرِّسَة علي\u200cرضا", 50).text == "مُدَرِّسَة علي\u200cرضا".replace(
        "رِّ", unicodedata.normalize("NFC", "رِّ")
    )


def test_paired_isolates_stay_and_unpaired_ones_go():
    assert clean_line("\u2068C++\u2069 و\u2067", 50).text == "\u2068C++\u2069 و"
    assert clean_text("\u2068أول\nثانٍ\u2069", 50).text == "أول\nثانٍ"


def test_a_line_of_nothing_but_invisible_characters_is_empty():
    assert clean_line("\u200c\u200d \u2068\u2069\u200b\ufeff\u3000", 50).text == ""


def test_a_negative_limit_is_refused():
    with pytest.raises(ValueError, match="negative"):
        clean_line("خبر", -1)


def test_normalising_never_meets_a_long_run_of_marks(monkeypatch: pytest.MonkeyPatch):
    """A run of n alternating marks costs NFC n² steps; 360 kB of them must reach it as four."""
    real = unicodedata.normalize
    longest = 0

    class Watched:
        combining = staticmethod(unicodedata.combining)

        @staticmethod
        def normalize(form: str, text: str) -> str:
            nonlocal longest
            run = 0
            for character in text:
                run = run + 1 if unicodedata.combining(character) else 0
                longest = max(longest, run)
            assert form == "NFC"
            return real("NFC", text)

    monkeypatch.setattr(hygiene, "unicodedata", Watched)
    bomb = "\u0651\u064e" * 90_000
    assert clean_text("ب" + bomb + "ت\u200b" + bomb, 400_000).text.startswith("ب")
    assert 0 < longest <= hygiene.MARKS_PER_LETTER


def test_a_bomb_is_read_no_further_than_four_times_its_limit():
    assert clean_line("ب" + "\u064e" * 300 + "خبر", 100) == CleanText(
        "ب" + "\u064e" * 4 + "خبر", cut=False
    )
    assert clean_line("ب" + "\u064e" * 400 + "خبر", 100) == CleanText("ب" + "\u064e" * 4, cut=True)
