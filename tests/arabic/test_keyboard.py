"""Queries typed on the wrong keyboard."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarayn.arabic.keyboard import slips, to_arabic, to_latin


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("hglvHi", "المرأه"), ("hgsu,]dm", "السعودية"), ("gfkhk", "لبنان"), ("Ygn", "إلى")],
)
def test_an_arabic_word_is_read_from_latin_keys(typed: str, meant: str):
    assert to_arabic(typed) == meant
    assert slips(typed)[0] == meant


def test_a_leading_capital_does_not_hide_the_word():
    assert "الصين" in slips("Hgwdk")


@given(st.text(alphabet=string.ascii_lowercase.replace("b", ""), min_size=1, max_size=12))
def test_lower_case_keys_come_back(typed: str):
    assert to_latin(to_arabic(typed), pair_key=False) == typed


def test_lam_alef_is_one_key_or_two():
    assert slips("ىهلاف") == ("nibt", "night")
    assert to_arabic("b") == "لا"


@pytest.mark.parametrize("query", ["", "2026", "؟", "C++ لغة"])
def test_a_query_of_both_scripts_or_none_has_no_other_reading(query: str):
    assert slips(query) == ()
