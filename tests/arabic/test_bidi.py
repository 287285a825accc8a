"""Fences, directions and languages of mixed text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarayn.arabic.bidi import direction_of, is_arabic, isolate, runs, without_unpaired_isolates

mixed = st.text(alphabet="ابج abC0123.,-@#+&'\u2068\u2066\u2069\n", max_size=40)


@given(mixed)
def test_runs_join_to_the_text_and_never_are_empty(text: str):
    pieces = list(runs(text))
    assert "".join(piece for _, piece in pieces) == text
    assert all(piece for _, piece in pieces)
    assert all(any(c.isalpha() for c in piece) for lang, piece in pieces if lang == "en")


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("لغة C++ اليوم", ["C++"]),
        ("حساب @cnn_arabic على X", ["@cnn_arabic", "X"]),
        ("طائرة F-16 وشبكة 5G", ["F-16", "5G"]),
        ("صحيفة The New York Times وAT&T", ["The New York Times", "AT&T"]),
        ("بنسبة 3-5% في 2026", []),
    ],
)
def test_latin_runs_take_in_what_is_written_with_them(text: str, latin: list[str]):
    assert [piece for lang, piece in runs(text) if lang == "en"] == latin


@given(mixed)
def test_a_fence_is_always_closed(text: str):
    fenced = isolate(text)
    assert without_unpaired_isolates(fenced.replace("\n", " ")) == fenced.replace("\n", " ")
    assert without_unpaired_isolates(without_unpaired_isolates(text)) == without_unpaired_isolates(
        text
    )


def test_an_arabic_headline_that_begins_with_a_latin_word_reads_from_the_right():
    assert direction_of("\u2068CNN\u2069 بالعربية") == "rtl"
    assert direction_of("OpenAI تطلق نموذجًا جديدًا") == "rtl"
    assert direction_of("«خبر» is the Arabic word for a piece of news") == "ltr"
    assert direction_of("+974 4455", default="ltr") == "ltr"
    assert direction_of("") == "rtl"


def test_a_text_is_arabic_when_half_of_its_letters_are():
    assert is_arabic("خبر عن iOS")
    assert not is_arabic("iOS: خبر واحد in English text")
    assert not is_arabic("")
