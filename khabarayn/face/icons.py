"""The icons of a face: SVG from its sign and hues, and PNG of the same."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import lru_cache

import resvg_py

from khabarayn.arabic.initial import first_letter
from khabarayn.face.letters import outline
from khabarayn.face.value import DOTS, DRAWING, LETTER, Face, FaceFile

PAPER = "#fbfaf7"
SIDE = 64


@dataclass(frozen=True)
class Icon:
    """How an icon is drawn: ``side`` of the PNG in pixels (0: as SVG), the part of the side that
    the sign may take, and what stands behind it: «tile» to the corners, «round» or nothing."""

    side: int
    part: float
    ground: str
    single: bool = False


ICONS = {
    "favicon.svg": Icon(0, 0.66, "round"),
    "favicon-32.png": Icon(32, 0.66, "round"),
    "icon.svg": Icon(0, 0.58, "tile"),
    "icon-192.png": Icon(192, 0.58, "tile"),
    "icon-512.png": Icon(512, 0.58, "tile"),
    "apple-touch-180.png": Icon(180, 0.58, "tile"),
    # Launchers cut to a circle of four fifths of the side, or take the shape alone.
    "maskable-512.png": Icon(512, 0.44, "tile"),
    "monochrome-512.png": Icon(512, 0.5, "", single=True),
}
MIME = {"svg": "image/svg+xml", "png": "image/png"}


@lru_cache(maxsize=32)
def icon(face: Face, name: str, drawing: FaceFile | None = None) -> bytes:
    """Return the icon called ``name``, a key of `ICONS`; ``drawing`` is the file of the sign."""
    shape = ICONS[name]
    ground, sign = _ground(face, shape), _sign(face, shape, drawing)
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">{ground}{sign}</svg>'
    )
    if not shape.side:
        return text.encode()
    png = resvg_py.svg_to_bytes(
        svg_string=text, width=shape.side, height=shape.side, skip_system_fonts=True
    )
    return bytes(png)


def _ground(face: Face, shape: Icon) -> str:
    # Two dots stand free on a browser's tab, as a drawing does; a letter needs its field.
    if not shape.ground or (shape.ground == "round" and face.sign != LETTER):
        return ""
    colour = face.light.first if face.sign == LETTER else PAPER
    corner = ' rx="12"' if shape.ground == "round" else ""
    return f'<rect width="{SIDE}" height="{SIDE}"{corner} fill="{colour}"/>'


def _sign(face: Face, shape: Icon, drawing: FaceFile | None) -> str:
    alone = "#fff" if shape.single else ""
    free = shape.ground == "round"
    if face.sign == DOTS:
        return _dots(face, min(0.95, shape.part * 1.25) if not free else 0.95, alone)
    if face.sign == DRAWING and drawing is not None:
        return _place(drawing, 0.95 if free else min(0.8, shape.part * 1.3), alone)
    letter = outline(first_letter(face.short), "plex")
    if not letter.path:
        return _dots(face, shape.part, alone or PAPER)
    where = _transform(letter.width, letter.height, shape.part)
    return f'<path transform="{where}" fill="{alone or PAPER}" d="{letter.path}"/>'


def _dots(face: Face, part: float, alone: str) -> str:
    """Two dots side by side; the first, in the first hue, stands at the right as in writing."""
    radius = SIDE * part * 0.236
    reach = SIDE * part / 2 - radius
    return "".join(
        f'<circle cx="{_short(SIDE / 2 + side * reach)}" cy="32" r="{_short(radius)}" '
        f'fill="{alone or colour}"/>'
        for side, colour in ((1, face.light.first), (-1, face.light.second))
    )


def _place(drawing: FaceFile, part: float, alone: str) -> str:
    where = _transform(drawing.width, drawing.height, part)
    if drawing.mime == "image/svg+xml":
        inner = inside(drawing.data.decode())
        return f'<g transform="{where}" color="{alone or "#17191c"}">{inner}</g>'
    data_url = f"data:{drawing.mime};base64,{base64.b64encode(drawing.data).decode()}"
    size = f'width="{drawing.width}" height="{drawing.height}"'
    return f'<image transform="{where}" {size} href="{data_url}"/>'


def _transform(width: int, height: int, part: float) -> str:
    """Return the transform that centres a box on the icon, its longer side ``part`` of it."""
    scale = SIDE * part / max(width, height, 1)
    x, y = (SIDE - width * scale) / 2, (SIDE - height * scale) / 2
    return f"translate({_short(x)} {_short(y)}) scale({scale:.4f})"


def inside(svg: str) -> str:
    """Return what stands between the outermost tags of a cleaned drawing."""
    return svg[svg.index(">") + 1 : svg.rindex("</svg>")]


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
