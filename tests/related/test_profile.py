"""A story's profile: its own words first, names kept whole, near-duplicates recognised."""

from __future__ import annotations

from factories.story import body
from hypothesis import given
from hypothesis import strategies as st

from khabarayn.arabic.normalise import fold
from khabarayn.arabic.stem import stem
from khabarayn.article.plain import plain
from khabarayn.related.entities import entities
from khabarayn.related.near_duplicates import NearDuplicates
from khabarayn.related.profile import (
    MOST_TERMS,
    pack_sketch,
    pack_terms,
    profile,
    resemblance,
    sketch,
    term_id,
    unpack_sketch,
    unpack_terms,
)

COMMON = {"مدين": 900, "نهر": 5}


def unknown(_stems):
    return {}


def counts(stems):
    return {stem: COMMON.get(stem, 1) for stem in stems}


def test_a_rare_word_weighs_more_than_a_common_one():
    made = profile("المدينة والنهر", "", (), "", 1000, counts)
    assert made.terms[term_id("نهر")] > made.terms[term_id("مدين")]


def test_a_word_of_the_headline_weighs_more_than_one_of_the_body():
    made = profile("زلزال", "", (), "بركان " + "قصر شجر حجر " * 3, 1000, counts)
    assert made.terms[term_id(stem("زلزال"))] > made.terms[term_id(stem("بركان"))]


def test_a_word_said_again_and_again_weighs_less_than_twice_one_said_once():
    often, once = "بركان", "زلزال"
    made = profile("", "", (), f"{once} " + f"{often} " * 30, 1000, unknown)
    ratio = made.terms[term_id(stem(often))] / made.terms[term_id(stem(once))]
    assert 1.5 < ratio < 2


def test_a_plain_word_of_the_newsroom_is_held_down_in_a_young_archive():
    made = profile("أعلنت غرناطة", "", (), "", 30, unknown)
    assert min(made.terms, key=lambda term: made.terms[term]) == term_id(stem(fold("أعلنت")))


def test_a_profile_is_short_and_its_weights_square_to_one():
    made = profile("عنوان", "", (), plain(body(1, 30)), 1000, counts)
    assert len(made.terms) <= MOST_TERMS
    assert abs(sum(weight**2 for weight in made.terms.values()) - 1) < 1e-6


def test_an_empty_story_has_an_empty_profile():
    made = profile("؟", "", (), "", 0, unknown)
    assert (made.terms, made.sketch) == ({}, ())


def test_reworked_wire_copy_is_near_and_another_report_is_not():
    words = plain(body(1)).split()
    reworked = [*words[:90], "وأضافت", "الصحيفة", *words[100:]]
    other = plain(body(2)).split()
    assert resemblance(sketch(words), sketch(reworked)) > 0.5
    assert resemblance(sketch(words), sketch(other)) < 0.1


def test_the_spread_rule_refuses_the_same_headline_and_the_same_text():
    first, second = sketch(plain(body(1)).split()), sketch(plain(body(2)).split())
    spread = NearDuplicates(1, first)
    assert not spread.takes(1, second)
    assert not spread.takes(2, first)
    assert spread.takes(3, second)
    assert not spread.takes(4, second)


def test_names_are_found_by_how_they_are_written():
    text = "قال الوزير فهمي إن فيلم «رمال الجنوب» من إنتاج Nile Films. نادر كمال مخرجه، ونادر كمال."
    display = {name.display for name in entities([text])}
    assert {"فهمي", "رمال الجنوب", "Nile Films", "نادر كمال"} <= display


@given(st.dictionaries(st.integers(0, 2**31 - 1), st.floats(0, 1), max_size=40))
def test_what_is_packed_comes_back(terms):
    back = unpack_terms(pack_terms(terms))
    assert back.keys() == terms.keys()
    assert all(abs(back[key] - terms[key]) < 1e-4 for key in terms)


@given(st.lists(st.integers(0, 2**32 - 1), max_size=64))
def test_a_sketch_comes_back(runs):
    assert unpack_sketch(pack_sketch(runs)) == tuple(runs)


@given(st.text(max_size=400), st.text(max_size=400))
def test_no_text_is_too_odd(headline, text):
    profile(headline, text, (text[:20],), text, 10, unknown)
    entities([headline, text])
