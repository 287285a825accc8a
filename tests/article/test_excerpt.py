"""A cut text still reads as one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarayn.article.excerpt import excerpt


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("خبر قصير", 20, "خبر قصير"),
        ("خبر قصير", 8, "خبر قصير"),
        ("انتهى الاجتماع. ثم خرج الوفد إلى الساحة", 24, "انتهى الاجتماع…"),
        ("قال: نعم. ثم خرج الوفد كله إلى الساحة", 30, "قال: نعم. ثم خرج الوفد كله…"),
        ("هل انتهى الاجتماع؟ لا أحد يعرف بعد", 24, "هل انتهى الاجتماع؟…"),
        ("خرج الوفد، ثم عاد", 11, "خرج الوفد…"),
        ("قال «خرج الوفد قبل قليل» ثم سكت", 17, "قال «خرج الوفد…»"),
        ("مُتَفَاعِلُنْ", 6, "مُتَ…"),
        ("النمو 3.5% هذا العام", 13, "النمو 3.5%…"),
    ],
)
def test_a_text_is_cut_where_breath_is_drawn(text: str, limit: int, shown: str) -> None:
    assert excerpt(text, limit) == shown


@given(st.text("أبت. ؟،«»\u064e\u0651\u2068\u2069", max_size=80), st.integers(1, 60))
def test_an_excerpt_is_never_too_long_and_never_parts_a_letter_from_its_marks(
    text: str, limit: int
) -> None:
    shown = excerpt(text, limit)
    assert len(shown) <= limit
    if len(text.strip()) > limit:
        assert "…" in shown
        assert shown.count("\u2068") == shown.count("\u2069") or not shown.strip("…»\u2069")
    if not unicodedata.combining(text.strip(" \u2068\u2069")[:1] or "x"):
        assert not unicodedata.combining(shown[:1] or "x")


def test_a_limit_under_one_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="limit"):
        excerpt("نص", 0)
