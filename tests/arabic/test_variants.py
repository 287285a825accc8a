"""The default table of spellings does what its editors expect, and no harm."""

from collections import Counter

import pytest

from khabarayn.arabic.normalise import fold
from khabarayn.arabic.stem import STOP_WORDS, stem
from khabarayn.arabic.variants import DEFAULT_GROUPS, expand, stem_groups

GROUPS = stem_groups()


@pytest.mark.parametrize("group", DEFAULT_GROUPS, ids=lambda group: group[0])
def test_each_spelling_of_a_group_adds_a_stem_of_its_own(group: tuple[str, ...]):
    stems = [stem(fold(word)) for word in group]
    assert len(set(stems)) == len(stems) > 1
    assert not set(stems) & STOP_WORDS


def test_no_stem_stands_in_two_groups():
    counts = Counter(stem(fold(word)) for group in DEFAULT_GROUPS for word in group)
    assert [word for word, times in counts.items() if times > 1] == []


def test_expansion_keeps_the_typed_form_first_and_goes_both_ways():
    for one, others in GROUPS.items():
        assert expand(one, GROUPS) == (one, *others)
        assert all(one in GROUPS[other] for other in others)


def test_groups_of_editors_that_share_a_stem_are_joined():
    groups = stem_groups([["ترامب", "ترمب"], ["ترمب", "طرمب"]])
    assert set(expand("ترمب", groups)) == {"ترمب", "ترامب", "طرمب"}
    assert expand("طرمب", groups) == ("طرمب", "ترمب")


def test_forms_with_the_article_reach_the_variant_too():
    assert "اميرك" in expand(stem(fold("الأمريكيون")), GROUPS)
