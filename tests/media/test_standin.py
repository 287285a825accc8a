"""The stand-in shows where a picture is light and dark, and of what colour."""

from __future__ import annotations

import base64

import pytest
import thumbhash
from PIL import Image, ImageColor

from khabarayn.media.standin import grid


def hashed(image: Image.Image) -> str:
    rgba = image.convert("RGBA")
    return base64.b64encode(
        bytes(thumbhash.rgba_to_thumb_hash(*rgba.size, list(rgba.tobytes())))
    ).decode()


def distance(one: str, two: str) -> int:
    pairs = zip(ImageColor.getrgb(one), ImageColor.getrgb(two), strict=True)
    return max(abs(a - b) for a, b in pairs)


@pytest.mark.parametrize("size", [(48, 32), (32, 48), (40, 40), (48, 9), (9, 48)])
def test_one_colour_stays_that_colour(size: tuple[int, int]) -> None:
    for colour in ("#9e1b32", "#0f5c63", "#fbfaf7", "#17191c"):
        squares = grid(hashed(Image.new("RGB", size, colour)), 4, 3)
        assert [len(row) for row in squares] == [4, 4, 4]
        assert all(distance(c, colour) <= 16 for row in squares for c in row)


@pytest.mark.parametrize("size", [(48, 32), (32, 48)])
def test_each_corner_has_the_colour_of_the_picture_there(size: tuple[int, int]) -> None:
    w, h = size
    image = Image.new("RGB", size, "#9e1b32")
    image.paste("#e8d9b0", (w // 2, 0, w, h // 2))
    image.paste("#17191c", (0, h // 2, w // 2, h))
    image.paste("#3aa0a8", (w // 2, h // 2, w, h))
    (a, b), (c, d) = grid(hashed(image), 2, 2)
    for shown, true in ((a, "#9e1b32"), (b, "#e8d9b0"), (c, "#17191c"), (d, "#3aa0a8")):
        assert distance(shown, true) <= 70
    assert min(distance(x, y) for x, y in ((a, b), (a, c), (b, d), (c, d))) > 60


def test_a_slope_of_light_rises_evenly() -> None:
    slope = Image.linear_gradient("L").rotate(90).resize((48, 32))
    rows = grid(hashed(slope), 6, 1)
    tones = [ImageColor.getrgb(c)[0] for c in rows[0]]
    assert tones == sorted(tones)
    assert tones[-1] - tones[0] > 150


@pytest.mark.parametrize("broken", ["", "x", "AAAA", "!!!!", "ééé", "A" * 8])
def test_a_broken_hash_shows_nothing(broken: str) -> None:
    assert grid(broken, 4, 3) == ()
