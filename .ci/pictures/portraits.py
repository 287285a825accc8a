"""Portraits of the demo's authors: head and shoulders on a flat ground, in pixels of a square."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pictures.palette import oklch
from pictures.raster import jpeg
from pictures.scenery import IRON, SKIN
from pictures.svg import circle, ellipse, path, polyline, rect

SIDE = 640
DARK_HAIR, GREY_HAIR = oklch(0.26, 0.03, 45), oklch(0.66, 0.015, 80)

_FRINGE = (
    "M206 300C205 215 250 160 320 160S435 215 434 300"
    "C415 245 390 232 350 226C300 220 240 228 206 300Z"
)
_BEARD = "M211 318C214 470 280 462 320 462S426 470 429 318C404 372 376 372 320 372S236 372 211 318Z"


@dataclass(frozen=True)
class Sitter:
    """``hue`` colours the ground, ``top`` is the colour of the clothes; a ``scarf`` covers the
    hair; ``long`` hair falls on the shoulders."""

    hue: float
    top: str
    skin: str = SKIN[0]
    hair: str = DARK_HAIR
    scarf: str = ""
    long: bool = False
    beard: bool = False
    glasses: bool = False


SITTERS = {
    "dana": Sitter(350, oklch(0.47, 0.11, 20), SKIN[1], long=True),
    "hala": Sitter(250, oklch(0.42, 0.07, 245), SKIN[0], scarf=oklch(0.60, 0.08, 215)),
    "karim": Sitter(150, oklch(0.45, 0.09, 150), SKIN[1], beard=True),
    "salma": Sitter(60, oklch(0.48, 0.09, 55), SKIN[0], long=True, glasses=True),
    "younes": Sitter(85, oklch(0.36, 0.04, 260), SKIN[2], hair=GREY_HAIR, glasses=True),
}


def portrait(who: Sitter) -> str:
    """Return the picture of ``who`` as SVG."""
    shade = oklch(0.90, 0.035, who.hue)
    parts = [rect(0, 0, SIDE, SIDE, shade), circle(320, 300, 250, oklch(0.85, 0.05, who.hue))]
    if who.long:
        parts.append(rect(172, 190, 296, 320, who.hair, r=140))
    # Neck and shoulders.
    parts.append(path("M70 640C80 500 210 470 320 470S560 500 570 640Z", who.top))
    parts.append(rect(272, 380, 96, 130, who.skin, r=46))
    parts.append(path("M262 468Q320 552 378 468L404 482Q320 604 236 482Z", _lighter(who)))
    parts.append(_head(who))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}"'
        f' width="{SIDE}" height="{SIDE}">{"".join(parts)}</svg>'
    )


def _head(who: Sitter) -> str:
    parts = []
    if who.scarf:
        parts.append(ellipse(320, 292, 152, 178, who.scarf))
        parts.append(path("M190 330C170 470 190 520 320 540S470 470 450 330Z", who.scarf))
    else:
        parts.append(ellipse(320, 262, 136, 142, who.hair))
    parts.append(ellipse(320, 305, 110, 134, who.skin))
    if who.beard:
        parts.append(path(_BEARD, who.hair))
    if not who.scarf:
        parts.append(path(_FRINGE, who.hair))
    for side in (-1, 1):
        parts.append(circle(320 + side * 44, 306, 9, IRON))
        parts.append(polyline([(320 + side * 26, 278), (320 + side * 62, 276)], who.hair, 8))
        if who.glasses:
            parts.append(circle(320 + side * 46, 308, 34, "none", IRON, 7))
    if who.glasses:
        parts.append(polyline([(308, 304), (332, 304)], IRON, 7))
    parts.append(polyline([(320, 316), (312, 348), (324, 352)], _deeper(who), 7))
    parts.append(path("M290 388Q320 412 350 388", "none", oklch(0.45, 0.1, 25), 8))
    return "".join(parts)


def _lighter(who: Sitter) -> str:
    return oklch(0.93, 0.02, who.hue)


def _deeper(who: Sitter) -> str:
    return oklch(0.48, 0.07, 50) if who.skin != SKIN[2] else oklch(0.38, 0.06, 50)


def draw_all(folder: Path) -> None:
    """Draw everybody into ``folder`` as JPEG files."""
    folder.mkdir(parents=True, exist_ok=True)
    for slug, who in SITTERS.items():
        jpeg(portrait(who), folder / f"{slug}.jpg")
