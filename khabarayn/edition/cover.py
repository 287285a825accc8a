"""The cover of an edition's e-book, as a PNG."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from khabarayn.arabic.bidi import Direction, direction_of, with_fences
from khabarayn.face.icons import icon
from khabarayn.face.mark import mark_pixels
from khabarayn.face.value import DOTS, DrawnFace

SIZE = (1200, 1600)
PAPER, INK, QUIET, LINE = "#FBFAF7", "#17191C", "#565C63", "#E5E1D8"
MARGIN = 120
SIGN = 180
MARK = (SIZE[0] - 2 * MARGIN, 150)


def draw(
    paper: DrawnFace, title: str, date: str, fonts: Path, direction: Direction = "rtl"
) -> bytes:
    """Return a 1200×1600 PNG, its lines at the side where ``direction`` begins; the same words give
    the same bytes."""
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    right, middle = SIZE[0] - MARGIN, SIZE[1] // 2
    rtl = direction == "rtl"
    start = right if rtl else MARGIN
    if paper.face.sign == DOTS:
        hues = paper.face.light
        first, second = (right - 90, right - 300) if rtl else (MARGIN + 90, MARGIN + 300)
        for centre, colour in ((first, hues.first), (second, hues.second)):
            pen.ellipse((centre - 90, 300, centre + 90, 480), fill=colour)
    else:
        sign = _open_image(icon(paper.face, "icon-512.png", paper.drawing), (SIGN, SIGN))
        image.paste(sign, (right - sign.width if rtl else MARGIN, 300), sign)
    _write(pen, (start, middle - 40), title, fonts / "plex-700.woff2", 150, INK)
    _write(pen, (start, middle + 130), date, fonts / "plex-400.woff2", 58, QUIET)
    pen.line((MARGIN, SIZE[1] - 300, right, SIZE[1] - 300), fill=LINE, width=4)
    if paper.wordmark is None:
        _write(pen, (start, SIZE[1] - 190), paper.face.name, fonts / "plex-700.woff2", 84, INK)
    else:
        mark = _open_image(mark_pixels(paper.wordmark, paper.face.light, INK, MARK[1] * 2), MARK)
        left = right - mark.width if rtl else MARGIN
        image.paste(mark, (left, SIZE[1] - 190 - mark.height // 2), mark)
    out = io.BytesIO()
    image.quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


def _open_image(picture: bytes, room: tuple[int, int]) -> Image.Image:
    """Return a PNG of ours, no larger than ``room``."""
    with Image.open(io.BytesIO(picture)) as source:
        image = source.convert("RGBA")
    image.thumbnail(room, Image.Resampling.LANCZOS)
    return image


def _write(
    pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, font: Path, size: int, colour: str
) -> None:
    """Write one line that begins at the margin ``at``, left or right, smaller where it would not
    fit; its letters run in the direction of most of them."""
    width = SIZE[0] - 2 * MARGIN
    anchor = "lm" if at[0] == MARGIN else "rm"
    base_direction = direction_of(text)
    language = "ar" if base_direction == "rtl" else "en"
    face = _face(font, size)
    if (length := face.getlength(text, direction=base_direction, language=language)) > width:
        face = _face(font, int(size * width / length))
    line = with_fences(text) if base_direction == "rtl" else text
    pen.text(
        at, line, fill=colour, font=face, anchor=anchor, direction=base_direction, language=language
    )


def _face(font: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font, size, layout_engine=ImageFont.Layout.RAQM)
