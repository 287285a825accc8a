"""The drawn share picture shows what the page shows, in the page's order, and no boxes."""

import io

import pytest
from PIL import Image, ImageDraw

from khabarayn.arabic.bidi import with_fences
from khabarayn.face.value import DrawnFace, Face
from khabarayn.media.share_picture import (
    _font,
    _write,
    draw,
    drawable,
)
from khabarayn.settings import SITE

FONTS = SITE / "static/fonts"
PAPER = DrawnFace(Face("خبرين"))
BOLD = str(FONTS / "plex-700.woff2")


def _ink(text: str, way: str | None = None):
    image = Image.new("L", (500, 90), 255)
    pen, font = ImageDraw.Draw(image), _font(BOLD, 54)
    if way:
        pen.text((480, 45), text, font=font, fill=0, anchor="rm", direction=way, language="en")
    else:
        _write(pen, (480, 45), text, font, 0, "rm")  # pyright: ignore[reportArgumentType]
    return image.tobytes()


@pytest.mark.parametrize("name", ["Disney+", "C++", "F#", "iPhone 15 Pro Max", "SmartBus 2.0"])
def test_a_latin_name_keeps_its_order_in_a_line_from_the_right(name):
    assert _ink(name) == _ink(name, "ltr")


def test_the_plus_stands_right_of_its_word_inside_an_arabic_line():
    assert with_fences("اشتراك Disney+ يرتفع") == "اشتراك \u2066Disney+\u2069 يرتفع"


@pytest.mark.parametrize(
    ("headline", "drawn"),
    [
        ("الرئيس شي جين بينغ (习近平) يصل", "الرئيس شي جين بينغ يصل"),
        ("المفاوضات مستمرة 🕊️ والمدينة تنتظر", "المفاوضات مستمرة والمدينة تنتظر"),
        ("خسر 500₪ في يوم", "خسر 500 شيكل في يوم"),
        ("السعر ₪500 اليوم", "السعر 500 شيكل اليوم"),
        ("السعر 30﷼، والدفع غدًا", "السعر 30 ريال، والدفع غدًا"),
        ("مدينة زيورخ Zürich والقهوة café", "مدينة زيورخ Zürich والقهوة café"),
    ],
)
def test_letters_that_the_face_lacks_are_said_otherwise_or_left_out(headline, drawn):
    assert drawable(headline, BOLD) == drawn


def test_an_english_headline_begins_at_the_left():
    def columns(headline: str) -> tuple[int, int]:
        image = Image.open(io.BytesIO(draw(headline, "Sport", 10, PAPER, FONTS))).convert("L")
        ink = image.crop((0, 220, 1180, 420)).point(lambda value: 255 if value < 128 else 0)
        box = ink.getbbox()
        assert box
        return box[0], 1180 - box[2]

    left, right = columns("A short one")
    assert left < right
    left, right = columns("خبر قصير")
    assert right < left
