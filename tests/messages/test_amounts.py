"""A number stands before its noun in the form that the language wants."""

from __future__ import annotations

import pytest
from flask_babel import force_locale

from khabarayn.messages.amounts import characters


@pytest.mark.parametrize(
    ("count", "arabic", "english"),
    [
        (1, "حرف واحد", "1 character"),
        (2, "حرفين", "2 characters"),
        (8, "8 أحرف", "8 characters"),
        (80, "80 حرفًا", "80 characters"),
        (300, "300 حرف", "300 characters"),
        (1000, "1,000 حرف", "1,000 characters"),
    ],
)
def test_a_limit_is_told_in_its_plural_form_with_thousands_marked(app, count, arabic, english):
    with app.app_context():
        with force_locale("ar"):
            assert characters(count) == arabic
        with force_locale("en"):
            assert characters(count) == english
