"""Public ids: short, readable aloud, stable for what is imported twice."""

from khabarayn.article.identity import ALPHABET, LENGTH, PATTERN, new_public_id, public_id


def test_the_same_origin_has_the_same_id_everywhere():
    # Written down, so that a change of the rule, which would break every shared link, is seen.
    assert public_id("urn:khabarayn:demo:grand-canal") == "f8przjgj"


def test_ids_hold_no_vowel_and_nothing_that_is_misread():
    assert not set(ALPHABET) & set("aeiou01l")
    assert len(new_public_id()) == LENGTH
    assert PATTERN.fullmatch(new_public_id())


def test_two_new_ids_differ():
    assert len({new_public_id() for _ in range(200)}) == 200
