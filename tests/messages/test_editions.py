"""An edition is called the same in its files whoever makes it, and in the reader's language on
the page."""

from __future__ import annotations

from flask_babel import force_locale

from khabarayn.edition.container import Broken
from khabarayn.edition.name import EditionName
from khabarayn.messages.editions import book_words, edition_title, file_trouble, printed_title


def test_an_edition_made_in_english_still_carries_its_arabic_title(app):
    with app.app_context(), force_locale("en"):
        assert edition_title("2026-11-23-am") == "Morning edition"
        assert printed_title(EditionName.parse("2026-11-23-pm")) == "نشرة المساء"
        assert book_words().contents == "المحتويات"
    with app.app_context(), force_locale("ar"):
        assert printed_title(EditionName.parse("2026-11-23-am-en")) == "Morning edition"
        assert book_words("en").contents == "Contents"


def test_a_damaged_file_says_what_is_wrong_and_where(app):
    with app.app_context(), force_locale("en"):
        assert file_trouble(Broken("pack", "/a/1")) == "a part of the file is damaged (/a/1)"
