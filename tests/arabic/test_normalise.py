"""The golden vectors, and what must hold for any text at all."""

import json
import re
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarayn.arabic.normalise import fold, fold_map, tokens, visible_span
from khabarayn.arabic.stem import is_stop_word, stem, stems

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "vectors.json").read_text("utf-8")
)

anything = st.text(max_size=60)
arabic = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=0x0600, max_codepoint=0x06FF),
        st.sampled_from("ءئؤىيو \u0654\u064e\u0651ـ\u200c\u200fab1_#،"),
    ),
    max_size=40,
)


def test_the_vectors_are_all_here():
    assert len(VECTORS) == 177


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: ascii(v["text"]))
def test_a_golden_vector_folds_parts_and_stems_as_written(vector: dict[str, Any]):
    text = vector["text"]
    assert fold(text) == vector["fold"]
    assert [[t.folded, t.start, t.end, stem(t.folded)] for t in tokens(text)] == vector["tokens"]


@given(st.one_of(anything, arabic))
def test_folding_twice_changes_nothing_more(text: str):
    assert fold(fold(text)) == fold(text)


@given(st.one_of(anything, arabic))
def test_the_mapped_fold_is_the_fold_with_every_letter_placed_in_order(text: str):
    folded = fold_map(text)
    assert folded.text == fold(text)
    assert len(folded.origin) == len(folded.text)
    assert all(0 <= place < len(text) for place in folded.origin)
    assert list(folded.origin) == sorted(folded.origin)


@given(st.one_of(anything, arabic))
def test_a_token_lies_inside_the_original_and_its_slice_folds_to_it(text: str):
    last = 0
    for token in tokens(text):
        assert 0 <= last <= token.start < token.end <= len(text)
        last = token.start
        within = fold(text[token.start : token.end])
        # A ligature such as U+FDFA is one place that holds several words.
        assert within == token.folded or token.folded in within


@given(arabic)
def test_tokens_are_the_words_of_the_folded_text(text: str):
    # The letters that cling to a number are words of their own («2033م», «75كم»).
    parted = re.sub(r"(?<=[0-9])(?=[\u0621-\u064a])", " ", fold(text))
    assert [t.folded for t in tokens(text)] == "".join(
        c if c.isalnum() else " " for c in parted
    ).split()


@given(st.one_of(anything, arabic))
def test_a_visible_span_holds_its_token_and_no_other(text: str):
    found = tokens(text)
    for token, following in zip(found, [*found[1:], None], strict=False):
        start, end = visible_span(text, token)
        assert start == token.start
        assert end >= token.end
        assert following is None or following.start <= token.start or end <= following.start


def test_every_character_of_unicode_reaches_its_fixed_form_at_once():
    for block in range(0, 0x30000, 0x100):
        for code in range(block, block + 0x100):
            once = fold(chr(code))
            assert fold(once) == once, hex(code)


@pytest.mark.parametrize(
    "pair",
    [
        ("مسي\u0654ول", "مسئول"),
        ("مس\ufe8c\ufeee\ufedd", "مسؤول"),
        ("cafe\u0301", "Café"),
        ("ＣＮＮ", "cnn"),
        ("كتابﹰا", "كتابًا"),
        ("Straße", "strasse"),
    ],
)
def test_two_encodings_of_a_word_meet(pair: tuple[str, str]):
    assert fold(pair[0]) == fold(pair[1])


@pytest.mark.parametrize(
    "unit", ["\u0651\u064e", "ء", "ئ\u064e", "ي\u0654", "ي\u064e", "\u0654\u064e", "ا_"]
)
def test_hostile_text_costs_no_more_than_its_length(unit: str):
    # Linear work takes a tenth of a second here, quadratic work several minutes.
    text = "ي" + unit * 150_000 + "x"
    started = process_time()
    fold(text)
    tokens(text)
    assert process_time() - started < 10


def test_stop_words_are_kept_in_their_folded_form():
    assert is_stop_word(fold("على"))
    assert is_stop_word(fold("إلى"))
    assert not is_stop_word("على")
    assert not is_stop_word(fold("الحكومة"))


@given(arabic)
def test_a_stem_is_part_of_its_word(text: str):
    for token, root in zip(tokens(text), stems(text), strict=True):
        assert root
        assert root in token.folded


def test_forms_of_a_word_share_a_stem():
    forms = ["قرار", "القرار", "قراراته", "وبقراراتهم", "للقرارات"]
    assert {stem(fold(form)) for form in forms} == {"قرار"}
