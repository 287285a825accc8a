"""A picture that is refused says so in the language one works in, with its numbers."""

from __future__ import annotations

from flask_babel import force_locale

from khabarayn.media.child import DecodeRefused
from khabarayn.media.port import MediaStoreError
from khabarayn.media.refusal import PictureRefused
from khabarayn.messages.pictures import FAILURES, REFUSALS, picture_trouble


def test_a_refusal_tells_size_and_limit_in_each_language(app):
    with app.app_context():
        error = PictureRefused("too_big", size=40 * 1024 * 1024)
        with force_locale("ar"):
            assert "40 م.ب" in picture_trouble(error)
        with force_locale("en"):
            assert picture_trouble(error) == (
                "The file (40 MB) is larger than is taken: 30 MB at most."
            )


def test_a_tiny_picture_says_how_small_it_is(app):
    with app.app_context(), force_locale("ar"):
        assert picture_trouble(PictureRefused("tiny", width=1, height=1)) == (
            "الصورة أصغر من أن تُعرض (1×1 بكسل). أقصر ضلع مقبول 16 بكسل."
        )


def test_a_huge_picture_says_the_limit_also_when_its_size_was_not_read(app):
    with app.app_context(), force_locale("ar"):
        assert "40 مليون" in picture_trouble(PictureRefused("pixels"))
        assert "(9000×9000 بكسل)" in picture_trouble(
            PictureRefused("pixels", width=9000, height=9000)
        )


def test_a_wrong_format_names_the_right_ones(app):
    with app.app_context(), force_locale("ar"):
        assert "HEIC" in picture_trouble(PictureRefused("heic"))
        assert "AVIF" in picture_trouble(PictureRefused("heic"))


def test_every_code_is_said_in_english_without_arabic(app):
    numbers = {"width": 1, "height": 1, "size": 1}
    with app.app_context(), force_locale("en"):
        errors = [PictureRefused(code, **numbers) for code in REFUSALS]
        for error in [*errors, *map(MediaStoreError, FAILURES)]:
            assert picture_trouble(error).isascii() or "×" in picture_trouble(error)


def test_a_code_that_a_decoder_of_another_version_sends_is_still_a_sentence(app):
    with app.app_context(), force_locale("ar"):
        told = DecodeRefused("unheard_of")
        assert "تعذّرت معالجة الصورة" in picture_trouble(PictureRefused(told.code))
