"""Two texts become one without losing what either added."""

from hypothesis import given
from hypothesis import strategies as st

from khabarayn.article.merge import line, merge

TEXTS = st.lists(st.integers(0, 6), max_size=12).map(tuple)


@given(TEXTS, TEXTS)
def test_when_only_one_of_them_wrote_that_text_stands(base, changed):
    assert merge(base, changed, base).items == changed
    assert merge(base, base, changed).items == changed
    assert merge(base, changed, changed) == merge(base, changed, base)


@given(TEXTS, TEXTS, TEXTS)
def test_nothing_that_somebody_added_is_lost(base, mine, theirs):
    found = merge(base, mine, theirs).items
    for text in (mine, theirs):
        assert set(text) - set(base) <= set(found)


def test_changes_in_different_places_do_not_clash():
    base = ("أ", "ب", "ج", "د")
    assert merge(base, ("أ", "ب!", "ج", "د"), ("أ", "ب", "ج", "د", "هـ")).items == (
        "أ", "ب!", "ج", "د", "هـ",
    )  # fmt: skip


def test_changes_in_one_place_are_both_kept_and_counted():
    found = merge(("أ", "ب"), ("أ", "مني"), ("أ", "منها"))
    assert found.items == ("أ", "مني", "منها")
    assert found.clashes == 1


def test_what_one_deleted_and_the_other_left_is_gone():
    assert merge("abc", "ac", "abc").items == ("a", "c")


def test_a_field_that_both_changed_has_no_one_text():
    assert line("خبر", "خبر أول", "خبر ثانٍ") is None
    assert line("خبر", "خبر", "خبر ثانٍ") == "خبر ثانٍ"
    assert line("خبر", "خبر أول", "خبر أول") == "خبر أول"
