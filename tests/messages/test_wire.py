"""What is wrong with a file is said in words, whatever it is."""

from __future__ import annotations

import pytest
from flask_babel import force_locale

from khabarayn.messages.wire import REASONS, fault_text, spot_text
from khabarayn.wire.fault import REASONS as CODES
from khabarayn.wire.fault import Fault, Spot


def test_every_reason_has_its_words_and_no_word_is_left_over():
    assert set(REASONS) == CODES


def test_a_fault_and_its_place_are_said_in_each_language(app):
    fault, spot = Fault("bad_time", detail="أمس"), Spot(line=3, column=14)
    with app.app_context():
        with force_locale("ar"):
            assert fault_text(fault) == "وقت لا يُقرأ: أمس"
            assert spot_text(spot) == "السطر 3، العمود 14"
        with force_locale("en"):
            assert fault_text(fault) == "unreadable time: أمس"
            assert spot_text(spot) == "line 3, column 14"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_format_that_is_not_taken_is_called_by_its_name_in_each_language(app, language):
    with app.app_context(), force_locale(language):
        assert "ninjs 1.x" in fault_text(Fault("not_taken", detail="ninjs 1.x"))
