"""What a face has as pictures, decoded like any other: a wordmark or a sign, kept as a small PNG,
and what a phone shows before it installs the paper, kept as WebP."""

from __future__ import annotations

import io

from PIL import Image

from khabarayn.face.value import FaceFile
from khabarayn.media.refusal import PictureRefused
from khabarayn.media.render import render

# Three times what the largest screen shows of it.
ROOM = (1200, 240)
SIGN_ROOM = (512, 512)
MAX_BYTES = 120 * 1024
# Browsers show pictures of the screen of 320 to 3,840 pixels, of which no side is longer than 2.3
# times the other (Chromium's rules for installing).
LEAST_SIDE, LONGEST_SIDE, MOST_SLENDER = 320, 1280, 2.3


def wordmark_picture(data: bytes, room: tuple[int, int] = ROOM) -> FaceFile:
    """Return the picture as a PNG that fits ``room``, its empty margins cut away. Raises
    `PictureRefused`."""
    original = render(data).original
    with Image.open(io.BytesIO(original.data)) as source:
        picture = source.convert("RGBA")
    box = picture.getchannel("A").getbbox()
    if box is None:
        raise PictureRefused("unreadable")
    picture = picture.crop(box)
    picture.thumbnail(room, Image.Resampling.LANCZOS)
    file = _png(picture)
    if len(file) > MAX_BYTES:
        file = _png(picture.quantize(128, method=Image.Quantize.FASTOCTREE))
    return FaceFile("image/png", picture.width, picture.height, file)


def screen_picture(data: bytes) -> FaceFile:
    """Return a picture of the screen as a WebP that browsers show when the paper is installed.
    Raises `PictureRefused`, with «small» or «slender» where they would not show it."""
    original = render(data).original
    short, long = sorted((original.width, original.height))
    if short < LEAST_SIDE:
        raise PictureRefused("small", width=original.width, height=original.height)
    if long > MOST_SLENDER * short:
        raise PictureRefused("slender", width=original.width, height=original.height)
    with Image.open(io.BytesIO(original.data)) as source:
        picture = source.convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=72, method=6)
    return FaceFile("image/webp", picture.width, picture.height, out.getvalue())


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
