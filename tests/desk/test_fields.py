"""A form's fields are cleaned one after another, and everything wrong with them is told at once."""

from __future__ import annotations

import pytest

from khabarayn.desk.fields import Fields, too_long
from khabarayn.desk.refused import AllWrong, Refused

pytestmark = pytest.mark.usefixtures("app_context")


def test_a_line_is_cleaned_and_a_form_without_faults_passes():
    fields = Fields()
    assert fields.line("name", "الاسم", "  جسر\tالنهر ", 40) == "جسر النهر"
    assert fields.text("bio", "السيرة", "سطر\nوآخر", 40) == "سطر\nوآخر"
    fields.raise_faults()


def test_what_is_needed_and_empty_is_told_in_the_words_given():
    fields = Fields()
    assert fields.line("name", "الاسم", " \u200f ", 40, "لا بدّ من اسم.") == ""
    assert fields.faults == {"name": "لا بدّ من اسم."}


def test_what_is_too_long_is_told_with_its_limit_and_how_it_begins():
    fields = Fields()
    fields.line("name", "الاسم", "ب" * 50, 40)
    assert fields.faults["name"].startswith("الاسم أطول من 40")
    assert "ببب" in fields.faults["name"]
    assert "«" not in too_long("الاسم", 40)


def test_the_first_fault_of_a_field_stays():
    fields = Fields()
    fields.wrong("name", "الأول")
    fields.wrong("name", "الثاني")
    assert fields.faults == {"name": "الأول"}


def test_every_fault_of_a_form_is_told_at_once_in_the_order_of_its_fields():
    fields = Fields()
    fields.wrong("name", "فارغ")
    with fields.catch():
        raise Refused("link", "ليس رابطًا")
    with fields.catch():
        raise AllWrong({"hue": "لا لون كهذا", "name": "لا يحلّ محل الأول"})
    with pytest.raises(AllWrong) as error:
        fields.raise_faults()
    assert list(error.value.faults.items()) == [
        ("name", "فارغ"),
        ("link", "ليس رابطًا"),
        ("hue", "لا لون كهذا"),
    ]
    assert (error.value.field, error.value.message) == ("name", "فارغ")


def test_only_a_refusal_is_collected():
    with pytest.raises(ZeroDivisionError), Fields().catch():
        raise ZeroDivisionError
