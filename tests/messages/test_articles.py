"""Why a text is refused and why an inset stands there, in correct Arabic and in English."""

from __future__ import annotations

import pytest
from flask_babel import force_locale

from khabarayn.article.sanitise import TooDeep, TooLarge
from khabarayn.article.story import PlaceReason
from khabarayn.messages.articles import place_reason, text_trouble


@pytest.mark.parametrize(
    ("words", "paragraphs", "said"),
    [
        (96, 2, "بعد 96 كلمة وفقرتين"),
        (103, 2, "بعد 103 كلمات وفقرتين"),
        (100, 2, "بعد 100 كلمة وفقرتين"),
        (82, 3, "بعد 82 كلمة و3 فقرات"),
        (84, 12, "بعد 84 كلمة و12 فقرة"),
        (101, 3, "بعد 101 كلمة و3 فقرات"),
    ],
)
def test_a_reason_counts_in_correct_arabic(app, words, paragraphs, said):
    with app.app_context(), force_locale("ar"):
        assert place_reason(PlaceReason("first", words, paragraphs)) == said
        assert place_reason(PlaceReason("next", words, paragraphs)) == f"{said} من الموضع السابق"
        assert place_reason(PlaceReason("pinned")) == "مثبّت في هذا الموضع"


def test_an_english_newsroom_reads_the_reason_in_english(app):
    with app.app_context(), force_locale("en"):
        assert place_reason(PlaceReason("first", 96, 2)) == "after 96 words and 2 paragraphs"


def test_a_text_too_long_or_too_deep_says_its_limit(app):
    with app.app_context(), force_locale("ar"):
        assert "مليون بايت" in text_trouble(TooLarge("bytes", 1_000_000))
        assert "2000 فقرة" in text_trouble(TooLarge("blocks", 2000))
        assert "60 مستوًى" in text_trouble(TooDeep(60))
