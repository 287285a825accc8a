"""What a reader is told of a story that is no plain report."""

from __future__ import annotations

import pytest

from khabarayn.article.genre import OPINION, genre_of
from khabarayn.messages.genres import genre_label, genre_names, with_label

pytestmark = pytest.mark.usefixtures("app_context")


def test_every_label_is_that_of_its_code():
    assert {genre_label(code) for code in genre_names()} == set(genre_names().values())
    assert genre_of(OPINION) == OPINION


@pytest.mark.parametrize("written", ["", "report", "تقرير"])
def test_a_report_has_no_label(written):
    assert genre_label(written) == ""
    assert with_label(written, "الجسر يُفتح") == "الجسر يُفتح"


def test_a_headline_stands_behind_its_label_once():
    label = genre_label(OPINION)
    assert with_label(OPINION, "الجسر لنا") == f"{label}: الجسر لنا"
    assert with_label(OPINION, f"{label}: الجسر لنا") == f"{label}: الجسر لنا"
