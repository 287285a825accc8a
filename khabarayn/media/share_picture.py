"""The drawn share picture of a story that has no picture: its headline, shaped for Arabic."""

from __future__ import annotations

import colorsys
import io
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from khabarayn.arabic.bidi import Direction, bare, direction_of, with_fences
from khabarayn.face.mark import mark_pixels
from khabarayn.face.value import DOTS, DrawnFace

SIZE = (1200, 630)
PAPER, INK, QUIET = "#FBFAF7", "#17191C", "#565C63"
MARGIN = 84
# The room that a wordmark may take at the foot.
MARK = (620, 92)
# Face sizes and how many lines of each have room, tried from the largest; the last is used even
# if the headline must be cut.
STEPS = ((72, 3), (64, 3), (54, 4), (46, 4))
LEADING = 1.42


# Signs of money that the faces lack, in words; what has no word is left out.
_MONEY = {
    "€": "يورو", "£": "جنيه", "₪": "شيكل", "﷼": "ريال", "₺": "ليرة", "₽": "روبل", "₹": "روبية",
    "¥": "ين", "₩": "وون", "₴": "هريفنيا", "¢": "سنت",
}  # fmt: skip
_BEFORE_FIGURE = re.compile(rf"([{''.join(_MONEY)}])\s*([0-9٠-٩][0-9٠-٩.,٫٬]*)")
_NO_CHARACTER = "\U0010fffe"
_EMPTY_BRACKETS = re.compile(r"[(\[«“]\s*[)\]»”]")


def draw(headline: str, section: str, hue: int, paper: DrawnFace, fonts: Path) -> bytes:
    """Return a 1200×630 JPEG for the story; ``fonts`` is the folder of the site's faces.

    Arabic is shaped and ordered by raqm, from the very files that the pages use. Latin runs keep
    their own order («C++»), and no letter that the face lacks is drawn as a box.
    """
    image = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(image)
    right = SIZE[0] - MARGIN
    tint = _tint(hue)
    pen.rectangle((SIZE[0] - 18, 0, SIZE[0], SIZE[1]), fill=tint)
    pen.rectangle((right - 56, MARGIN + 14, right, MARGIN + 20), fill=tint)
    bold = str(fonts / "plex-700.woff2")
    _write(pen, (right - 76, MARGIN + 17), drawable(section, bold), _font(bold, 34), tint, "rm")
    direction = direction_of(headline)
    face, lines = _set(drawable(headline, bold), bold, right - MARGIN)
    step = round(face.size * LEADING)
    top = 318 - step * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        at = (right if direction == "rtl" else MARGIN, top + number * step)
        _write(pen, at, line, face, INK, "rm" if direction == "rtl" else "lm", direction)
    foot = SIZE[1] - MARGIN + 12
    end = _sign_off(image, pen, paper, bold, (right, foot))
    if paper.face.sign == DOTS and paper.wordmark is None:
        for number, colour in enumerate((paper.face.light.first, paper.face.light.second)):
            centre = end - 30 * (number + 1)
            pen.ellipse((centre - 11, foot - 1, centre + 11, foot + 21), fill=colour)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


def _sign_off(
    image: Image.Image, pen: ImageDraw.ImageDraw, paper: DrawnFace, bold: str, at: tuple[int, int]
) -> float:
    """Draw the wordmark, or else the paper's name, so that it ends at ``at``; return where it
    begins."""
    right, middle = at
    if paper.wordmark is None:
        mark = _font(bold, 46)
        name = drawable(paper.face.name, bold)
        _write(pen, at, name, mark, INK, "rm")
        return right - mark.getlength(name, direction="rtl", language="ar")
    pixels = mark_pixels(paper.wordmark, paper.face.light, INK, MARK[1] * 2)
    with Image.open(io.BytesIO(pixels)) as source:
        picture = source.convert("RGBA")
    picture.thumbnail(MARK, Image.Resampling.LANCZOS)
    image.paste(picture, (right - picture.width, middle - picture.height // 2), picture)
    return right - picture.width


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
    direction: Direction = "rtl",
) -> None:
    language = "ar" if direction == "rtl" else "en"
    line = with_fences(text) if direction == "rtl" else text
    pen.text(at, line, font=font, fill=fill, anchor=anchor, direction=direction, language=language)


def drawable(text: str, face: str) -> str:
    """Return ``text`` without the characters that ``face`` lacks: money in words, compatible
    letters in plain ones, the rest left out with the brackets that held nothing else."""
    text = _BEFORE_FIGURE.sub(r"\2 \1", bare(text))
    clean_text = "".join(one if _covers(face, one) else _instead(face, one) for one in text)
    if clean_text == text:
        return text
    clean_text = _EMPTY_BRACKETS.sub("", clean_text)
    return " ".join(re.sub(r"\s+([،؛؟!.:])", r"\1", clean_text).split()) or text


def _instead(face: str, character: str) -> str:
    if word := _MONEY.get(character):
        return f" {word} "
    plain = unicodedata.normalize("NFKC", character)
    return plain if all(_covers(face, one) for one in plain) else ""


@lru_cache(maxsize=4096)
def _covers(face: str, character: str) -> bool:
    if character.isspace():
        return True
    if character == _NO_CHARACTER or unicodedata.category(character) in ("Cf", "Cc", "Cn", "Co"):
        return character == "\u200c"
    if "\ufe00" <= character <= "\ufe0f":
        return False
    font = _font(face, 34)
    box: Any = font.getmask(character)
    missing: Any = font.getmask(_NO_CHARACTER)
    return box.size != missing.size or bytes(box) != bytes(missing)


def _set(text: str, face: str, width: int) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the largest face in which ``text`` fits its lines, and those lines, evened out."""
    for size, most in STEPS:
        font = _font(face, size)
        lines = _wrap(text, font, width)
        if len(lines) <= most:
            return font, _even_lines(text, font, width, len(lines))
    size, most = STEPS[-1]
    font = _font(face, size)
    lines = _wrap(text, font, width)
    return font, [*lines[: most - 1], lines[most - 1].rstrip("،؛: ") + "…"]


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer, direction="rtl", language="ar") <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def _even_lines(text: str, font: ImageFont.FreeTypeFont, width: int, count: int) -> list[str]:
    """Return ``text`` in ``count`` lines as equal as they go: no orphan on the last."""
    narrow, wide = width / 4, float(width)
    while wide - narrow > 8:
        middle = (narrow + wide) / 2
        if len(_wrap(text, font, middle)) <= count:
            wide = middle
        else:
            narrow = middle
    return _wrap(text, font, wide)
