"""Text as outlines: shaped by HarfBuzz from the very faces that the pages use."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from typing import Any

import uharfbuzz
from fontTools.pens.basePen import BasePen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from khabarayn.arabic.bidi import direction_of
from khabarayn.face.value import LETTERING, Outline
from khabarayn.settings import SITE

hb: Any = uharfbuzz
# Units of a drawing for one em: whole numbers are fine enough, and short.
EM = 200
_LEFT_TO_RIGHT = re.compile(r"[0-9A-Za-zÀ-ɏ@#$%&+][0-9A-Za-zÀ-ɏ .,:;'’@#$%&+/_-]*")


def outline_of(text: str, lettering: str) -> Outline:
    """Return ``text`` as one outline in a face of `LETTERING`, its box drawn tight."""
    font, per_em = _font(lettering)
    glyphs, lacking = _shape(text, font)
    scale = EM / per_em
    bounds = BoundsPen(None)
    _draw(font, glyphs, TransformPen(bounds, (scale, 0, 0, -scale, 0, 0)))
    if bounds.bounds is None:
        return Outline("", 0, 0, lacking)
    left, top, right, bottom = bounds.bounds
    pen = RelativePathPen()
    _draw(font, glyphs, TransformPen(pen, (scale, 0, 0, -scale, -left, -top)))
    return Outline("".join(pen.commands), round(right - left), round(bottom - top), lacking)


class RelativePathPen(BasePen):
    """Writes an outline as commands of an SVG path in whole units, each point from the one before:
    a third shorter than from the corner, in a drawing that every page holds."""

    def __init__(self) -> None:
        super().__init__(None)
        self.commands: list[str] = []
        self._at = self._start = (0, 0)

    def _write(self, letter: str, *points: tuple[float, float]) -> None:
        whole = [(round(x), round(y)) for x, y in points]
        numbers = [n - at for point in whole for n, at in zip(point, self._at, strict=True)]
        text = "".join(f" {number}" if number >= 0 else str(number) for number in numbers)
        self.commands.append(letter + text.removeprefix(" "))
        self._at = whole[-1]

    def _moveTo(self, pt: tuple[float, float]) -> None:
        self._write("m", pt)
        self._start = self._at

    def _lineTo(self, pt: tuple[float, float]) -> None:
        self._write("l", pt)

    def _curveToOne(
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self._write("c", pt1, pt2, pt3)

    def _qCurveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float]) -> None:
        self._write("q", pt1, pt2)

    def _closePath(self) -> None:
        self.commands.append("z")
        self._at = self._start


def _draw(font: Any, glyphs: list[tuple[int, float, float]], pen: Any) -> None:
    for glyph, x, y in glyphs:
        font.draw_glyph_with_pen(glyph, TransformPen(pen, (1, 0, 0, 1, x, y)))


def _shape(text: str, font: Any) -> tuple[list[tuple[int, float, float]], str]:
    """Return glyphs with their places in units of the face, and the characters it lacks."""
    base_direction = direction_of(text)
    runs = _runs(text)
    positions: list[tuple[int, float, float]] = []
    lacking: list[str] = []
    pen = 0.0
    for run in reversed(runs) if base_direction == "rtl" else runs:
        buffer = hb.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        hb.shape(font, buffer)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if not info.codepoint:
                lacking.append(run[info.cluster])
            positions.append((info.codepoint, pen + place.x_offset, place.y_offset))
            pen += place.x_advance
    return positions, "".join(dict.fromkeys(lacking))


def _runs(text: str) -> list[str]:
    """Return ``text`` parted where its direction changes, in the order in which it is read.

    >>> _runs("جريدة Al Madina اليوم")
    ['جريدة ', 'Al Madina', ' اليوم']
    """
    parts: list[str] = []
    at = 0
    for run in _LEFT_TO_RIGHT.finditer(text):
        end = run.start() + len(run.group().rstrip(" .,:;'’"))
        parts += [text[at : run.start()], text[run.start() : end]]
        at = end
    return [run for run in (*parts, text[at:]) if run]


@lru_cache(maxsize=4)
def _font(lettering: str) -> tuple[Any, int]:
    # HarfBuzz reads no compressed faces.
    face = TTFont(SITE / "static" / "fonts" / LETTERING[lettering])
    face.flavor = None
    plain = io.BytesIO()
    face.save(plain)
    face_data = hb.Face(plain.getvalue())
    return hb.Font(face_data), face_data.upem
