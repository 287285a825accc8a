"""Why the copy desk remarks is said in the language one works in."""

from __future__ import annotations

import pytest
from flask_babel import force_locale

from khabarayn.arabic.copydesk import check
from khabarayn.arabic.copydesk.warning import REASONS as CODES
from khabarayn.messages.copydesk import REASONS, remark_text


def test_every_reason_has_its_words_and_no_word_is_left_over():
    assert set(REASONS) == CODES


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ar", ["إلى حرف الجر", "تكتبه الدار: ترامب"]),
        ("en", ["the preposition ilā", "the house writes: ترامب"]),
    ],
)
def test_a_remark_is_told_in_each_language(app, language, words):
    remarks = check("ذهب الي ترمب", names=[["ترامب", "ترمب"]])
    with app.app_context(), force_locale(language):
        assert [remark_text(remark) for remark in remarks] == words
