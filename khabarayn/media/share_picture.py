"""The picture a chat app shows for a story without one: its headline, drawn and shaped."""

from __future__ import annotations

import colorsys
import io
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 630)
PAPER, INK, QUIET = "#FBFAF7", "#17191C", "#565C63"
POMEGRANATE, PETROL = "#9E1B32", "#0F5C63"
MARGIN = 84
# Face sizes and how many lines of each have room, tried from the largest; the last is used even
# if the headline must be cut.
STEPS = ((72, 3), (64, 3), (54, 4), (46, 4))
LEADING = 1.42


def draw(headline: str, section: str, hue: int, site_name: str, fonts: Path) -> bytes:
    """Return a 1200×630 JPEG for the story; ``fonts`` is the folder of the site's faces.

    Arabic is shaped and ordered by raqm, from the very files that the pages use.
    """
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    right = SIZE[0] - MARGIN
    tint = _tint(hue)
    pen.rectangle((SIZE[0] - 18, 0, SIZE[0], SIZE[1]), fill=tint)
    pen.rectangle((right - 56, MARGIN + 14, right, MARGIN + 20), fill=tint)
    bold = str(fonts / "plex-700.woff2")
    _write(pen, (right - 76, MARGIN + 17), section, _font(bold, 34), tint, "rm")
    face, lines = _set(headline, bold, right - MARGIN)
    step = round(face.size * LEADING)
    top = 318 - step * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        _write(pen, (right, top + number * step), line, face, INK, "rm")
    foot = SIZE[1] - MARGIN + 12
    mark = _font(bold, 46)
    _write(pen, (right, foot), site_name, mark, INK, "rm")
    dots = right - mark.getlength(site_name, direction="rtl", language="ar") - 30
    for offset, colour in ((0, POMEGRANATE), (-30, PETROL)):
        centre = dots + offset
        pen.ellipse((centre - 11, foot - 1, centre + 11, foot + 21), fill=colour)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


def _tint(hue: int) -> tuple[int, int, int]:
    red, green, blue = colorsys.hls_to_rgb(hue / 360, 0.32, 0.62)
    return round(red * 255), round(green * 255), round(blue * 255)


@lru_cache(maxsize=16)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)


def _write(
    pen: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    font: ImageFont.FreeTypeFont,
    fill: str | tuple[int, int, int],
    anchor: str,
) -> None:
    pen.text(at, text, font=font, fill=fill, anchor=anchor, direction="rtl", language="ar")


def _set(text: str, face: str, width: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the largest face in which ``text`` fits its lines, and those lines, evened out."""
    for size, most in STEPS:
        font = _font(face, size)
        lines = _wrapped(text, font, width)
        if len(lines) <= most:
            return font, _evened(text, font, width, len(lines))
    size, most = STEPS[-1]
    font = _font(face, size)
    lines = _wrapped(text, font, width)
    return font, [*lines[: most - 1], lines[most - 1].rstrip("،؛: ") + "…"]


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer, direction="rtl", language="ar") <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def _evened(text: str, font: ImageFont.FreeTypeFont, width: int, count: int) -> list[str]:
    """Return ``text`` in ``count`` lines as equal as they go: no orphan on the last."""
    narrow, wide = width / 4, float(width)
    while wide - narrow > 8:
        middle = (narrow + wide) / 2
        if len(_wrapped(text, font, middle)) <= count:
            wide = middle
        else:
            narrow = middle
    return _wrapped(text, font, wide)
