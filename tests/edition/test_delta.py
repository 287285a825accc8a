"""What is copied and what is kept make up the very bytes again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarayn.edition.delta import BadRecipe, against, apply_recipe

LINES = st.lists(
    st.sampled_from([b"<nav>" + b"x" * 60 + b"\n", b"<p>a</p>\n", b"\n", b"b" * 90]), max_size=12
)


@given(LINES, LINES)
def test_it_comes_out_as_it_went_in(old: list[bytes], new: list[bytes]) -> None:
    base, raw = b"".join(old), b"".join(new)
    recipe, literal = against(base, raw)
    assert (apply_recipe(base, recipe, literal, len(raw)) if recipe else literal) == raw


def test_a_shared_line_travels_once() -> None:
    shared = b"s" * 100 + b"\n"
    recipe, literal = against(b"one\n" + shared, b"two\n" + shared + b"three")
    assert recipe == (4, 4, 101, 5)
    assert literal == b"two\nthree"


@pytest.mark.parametrize(
    "recipe", [(), (1, 2), (3,), (4, 0, 99), (4, 0, 99, 0), (4, -1, 1, 0), (True, 0, 0, 3), (4.0,)]
)
def test_a_recipe_that_does_not_fit_is_refused(recipe: tuple) -> None:
    with pytest.raises(BadRecipe):
        apply_recipe(b"base", recipe, b"four", 4)
