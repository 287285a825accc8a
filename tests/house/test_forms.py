"""Forms are read, refused and proved in one way; no second one comes back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MACROS = "components/form_rows.html"
DIGITS = re.compile(
    r"\.isdigit\(\)|\bint\((?:request\.|form_value\(|form\b|given\b)|\bfloat\((?!\")"
)
# Where a number of a request is read, and what is no number of a request.
READS_NUMBERS = {"request.py", "newsroom/forms.py", "health.py"}
TOO_LONG = "أطول من"
# A password is not shown again, not even its beginning.
SAYS_TOO_LONG = {"fields.py", "people/passwords.py"}


def templates() -> dict[str, str]:
    root = ROOT / "templates"
    return {p.relative_to(root).as_posix(): p.read_text("utf-8") for p in root.rglob("*.html")}


def sources(room: str) -> dict[str, str]:
    root = ROOT / "khabarayn" / room
    return {p.relative_to(root).as_posix(): p.read_text("utf-8") for p in root.rglob("*.py")}


def test_no_template_writes_the_proof_by_hand() -> None:
    by_hand = {name for name, text in templates().items() if re.search("name=.csrf_token", text)}
    assert by_hand == {MACROS}


def test_every_form_that_posts_carries_its_proof() -> None:
    for name, text in templates().items():
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, re.S):
            assert re.search(r"proof\(|rows\(", form), f"{name}: {form[:120]}"


def test_a_complaint_stands_beside_its_field_by_one_macro() -> None:
    """Scripts fill a complaint of their own in, under `data-passkey-said`."""
    by_hand = {
        name
        for name, text in templates().items()
        if re.search(r'aria-invalid|class="form__bad"(?![^>]*data-passkey-said)', text)
    }
    assert by_hand == {MACROS}


def test_one_place_reads_a_field_of_a_form() -> None:
    """Lists of fields (`getlist`, `items`) are read where they mean something."""
    read = re.compile(r"request\.form(?:\.get\(|\[)")
    assert {name for name, text in sources("web").items() if read.search(text)} == {"request.py"}


def test_a_script_is_told_of_a_refusal_in_one_shape() -> None:
    """`web.newsroom.forms.refusal` makes it; the errors of the whole site carry no fields."""
    shape = re.compile(r"[\"'](?:refused|wrong|message|bad)[\"']:|jsonify\((?:message|wrong|bad)=")
    made = {name for name, text in sources("web/newsroom").items() if shape.search(text)}
    assert made == {"forms.py"}


def test_no_page_reads_digits_by_hand() -> None:
    by_hand = {name for name, text in sources("web").items() if DIGITS.search(text)}
    assert by_hand <= READS_NUMBERS


def test_one_place_says_that_a_text_is_too_long() -> None:
    said = {name for name, text in sources("desk").items() if TOO_LONG in text}
    assert said == SAYS_TOO_LONG


def test_a_page_has_one_shape_of_complaint() -> None:
    for name, text in sources("web").items():
        assert not re.search(r"^    (?:complaint|field): str$|^    wrong: ", text, re.M), name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("int(value) if value.isdigit() else 0", True),
        ('int(request.form["page"])', True),
        ("int(form_value(name))", True),
        ("float(to_digits(form_value(name)))", True),
        ('self._at = float("-inf")', False),
        ("hours = int(settings.hours)", False),
    ],
)
def test_the_rule_finds_what_it_must(text: str, found: bool) -> None:
    assert bool(DIGITS.search(text)) == found
