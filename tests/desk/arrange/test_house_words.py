"""The paper's preferred spellings: set, replaced, deleted, and never in two groups."""

from __future__ import annotations

import pytest
from factories.story import BY
from factories.user import user

from khabarayn.desk.arrange.house_words import (
    ALL_OTHERS,
    LONGEST,
    drop_house_word,
    hold_apart,
    hold_equal,
    house_words,
    set_house_word,
)
from khabarayn.desk.by import By
from khabarayn.desk.permissions import Forbidden
from khabarayn.desk.refused import Refused
from khabarayn.store.db import db
from khabarayn.store.queries.people import person_of

pytestmark = pytest.mark.usefixtures("app_context")


def test_a_group_holds_the_preferred_spelling_first_and_each_other_once():
    made = set_house_word(" تلفزيون ", ["تليفزيون", "تلفاز", "تليفزيون", "تلفزيون"], BY)
    assert made == ("تلفزيون", "تليفزيون", "تلفاز")
    assert house_words() == (made,)


def test_what_was_said_of_a_word_before_is_replaced():
    set_house_word("تلفزيون", ["تلفاز"], BY)
    set_house_word("تلفزيون", ["تليفزيون"], BY)
    assert house_words() == (("تلفزيون", "تليفزيون"),)


@pytest.mark.parametrize(
    ("field", "word", "others"),
    [
        ("others", "تلفزيون", []),
        ("others", "تلفزيون", ["تلفزيون"]),
        ("word", "", ["تلفاز"]),
        ("word", "أ|ب", ["تلفاز"]),
        ("word", "ب" * (LONGEST + 1), ["تلفاز"]),
        ("others", "تلفزيون", [f"{n:02}" + "ب" * 70 for n in range(ALL_OTHERS // 70)]),
    ],
)
def test_a_group_that_cannot_be_kept_is_refused(field, word, others):
    with pytest.raises(Refused) as error:
        set_house_word(word, others, BY)
    assert error.value.field == field
    assert house_words() == ()


@pytest.mark.parametrize(("word", "others"), [("تلفاز", ["راء"]), ("رائي", ["تلفاز"])])
def test_no_word_stands_in_two_groups(word, others):
    set_house_word("تلفزيون", ["تلفاز"], BY)
    with pytest.raises(Refused, match="تلفاز"):
        set_house_word(word, others, BY)


def test_a_word_is_deleted_once():
    set_house_word("تلفزيون", ["تلفاز"], BY)
    drop_house_word("تلفزيون", BY)
    assert house_words() == ()
    with pytest.raises(Refused):
        drop_house_word("تلفزيون", BY)


def test_spellings_are_one_word_for_search_until_they_are_told_apart():
    group = hold_equal(["طهران", "تهران"], BY)
    with pytest.raises(Refused):
        hold_equal(["واحدة"], BY)
    hold_apart(group, BY)
    with pytest.raises(Refused):
        hold_apart(group, BY)


def test_an_editor_has_no_say_in_the_papers_words():
    row = user(role="editor")
    db.session.commit()
    editor = By.of(person_of(row))
    for verb in (
        lambda: set_house_word("تلفزيون", ["تلفاز"], editor),
        lambda: hold_equal(["طهران", "تهران"], editor),
    ):
        with pytest.raises(Forbidden):
            verb()
