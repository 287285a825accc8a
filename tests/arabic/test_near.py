"""Slips of one letter, and only of one letter, reach the known word."""

from hypothesis import given
from hypothesis import strategies as st

from khabarayn.arabic.near import ARABIC, near, one_edit_away, within_one_edit

word = st.text(alphabet="ابتث", min_size=1, max_size=7)


def neighbours(origin: str, letters: str) -> set[str]:
    """Every string one edit away, by the definition (Damerau, restricted)."""
    parts = [(origin[:n], origin[n:]) for n in range(len(origin) + 1)]
    found = {a + b[1:] for a, b in parts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    found |= {a + c + b[1:] for a, b in parts if b for c in letters}
    return found | {a + c + b for a, b in parts for c in letters}


@given(word, word)
def test_within_one_edit_is_what_the_definition_says(left: str, right: str):
    expected = left == right or right in neighbours(left, "ابتث")
    assert within_one_edit(left, right) == within_one_edit(right, left) == expected


@given(word)
def test_what_is_one_edit_away_is_within_one_edit_and_complete(typed: str):
    away = one_edit_away(typed)
    if len(typed) < 3:
        assert away == frozenset()
    else:
        assert away == neighbours(typed, ARABIC) - {typed}
        assert all(within_one_edit(typed, other) for other in away)


def test_the_frequent_word_comes_first_and_ties_follow_the_alphabet():
    known = {"بوتين": 5, "بوتان": 50, "بوتون": 5, "قط": 99}
    assert [n.word for n in near("بوتن", known)] == ["بوتان", "بوتون", "بوتين"]
    assert [n.word for n in near("بوتن", known, limit=1)] == ["بوتان"]
    assert near("ق", known) == ()
    assert near("ب" * 100, known) == ()
    assert near("", known) == ()


def test_latin_words_have_latin_neighbours():
    assert near("gogle", {"google": 3, "goggle": 1}) == (("google", 3), ("goggle", 1))
