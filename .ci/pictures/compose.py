"""Compositions: where the emblem stands, what frames it, what covers the ground, where light
falls.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from pictures import border, fields, light, muqarnas, rosette
from pictures.palette import Inks, inks
from pictures.svg import circle, clipped, group, num, path, place, pointed_arch, rect

W, H = 1600, 1067
SIZE = (W, H)
Emblem = Callable[[Inks, random.Random], str]


@dataclass(frozen=True)
class Plate:
    """How one picture is made; ``scene`` emblems draw the whole field themselves."""

    emblem: str
    layout: str = "medallion"
    outer: str = "paper"
    inside: str = "deep"
    field: str = "girih8"
    edge: str = "seals"  # border kind, or ring style for a medallion
    accent: str | None = None
    side: int = 1  # 1: focal point right of the middle, -1: left, 0: middle
    scale: float = 1.0  # of the ornament
    size: float = 1.0  # of the emblem


def _focus(plate: Plate, shift: float = 150) -> tuple[float, float]:
    return W / 2 + plate.side * shift, H / 2


def medallion(plate: Plate, draw: Emblem, k: Inks, q: Inks, rnd: random.Random) -> str:
    x, y = _focus(plate)
    r = 365
    return (
        fields.draw(plate.field, k, rnd, SIZE, plate.scale, (x, y))
        + place(rosette.ringed(r, k, q, plate.edge), x, y)
        + place(draw(q, rnd), x, y, r * 0.0083 * plate.size)
    )


def seal(plate: Plate, draw: Emblem, k: Inks, q: Inks, rnd: random.Random) -> str:
    x, y = _focus(plate, 130)
    n = {"8": 8, "12": 12, "16": 16}.get(plate.edge, 8)
    r = 365
    return (
        fields.draw(plate.field, k, rnd, SIZE, plate.scale, (x, y))
        + place(rosette.seal_frame(r, k, q, n), x, y, 1, 22.5 if n == 8 else 0)
        + place(draw(q, rnd), x, y, r * 0.0083 * plate.size)
    )


def arch(plate: Plate, draw: Emblem, k: Inks, q: Inks, rnd: random.Random) -> str:
    x, _ = _focus(plate, 120)
    shape = pointed_arch(400, 420, H + 20, 360)
    outer, mid = pointed_arch(470, 420, H + 20, 425), pointed_arch(424, 420, H + 20, 383)
    move = f"translate({num(x)} 0)"
    return (
        fields.draw(plate.field, k, rnd, SIZE, plate.scale, (x, 200))
        + group(path(outer, k.ground, k.fig, 5) + path(mid, k.acc) + path(shape, q.ground), move)
        + group(
            border.strip(plate.edge if plate.edge in border.KINDS else "lotus", 800, 74, q),
            f"translate({num(x - 400)} {H - 74})",
        )
        + place(draw(q, rnd), x, 570, 3.55 * plate.size)
    )


def page(plate: Plate, draw: Emblem, k: Inks, q: Inks, rnd: random.Random) -> str:
    h = 84
    x, y = _focus(plate, 40)
    inner = rect(h + 22, h + 22, W - 2 * h - 44, H - 2 * h - 44, q.ground)
    veil = fields.draw(plate.field, q, rnd, SIZE, plate.scale, (x, y))
    clip = clipped(veil, rect(h + 22, h + 22, W - 2 * h - 44, H - 2 * h - 44), "page")
    lit = (
        ""
        if plate.field == "plain"
        else circle(x, y, 372, q.ground) + circle(x, y, 384, "none", q.acc, 5)
    )
    return (
        rect(0, 0, W, H, k.ground)
        + inner
        + clip
        + rect(h + 22, h + 22, W - 2 * h - 44, H - 2 * h - 44, "none", k.acc, 5)
        + border.frame(plate.edge, h, k, SIZE)
        + lit
        + place(draw(q, rnd), x, y, (2.75 if lit else 3.5) * plate.size)
    )


def band(plate: Plate, draw: Emblem, k: Inks, q: Inks, rnd: random.Random) -> str:
    """A column of ornament at one side, the emblem large on the open ground."""
    wide, h = 400, 64
    left = plate.side > 0
    x0 = 0 if left else W - wide
    ornament = clipped(
        fields.draw(plate.field, q, rnd, SIZE, plate.scale, (x0 + wide / 2, H / 2)),
        rect(x0, 0, wide, H),
        "band",
    )
    strip = border.strip(plate.edge, H, h, q)
    sx = wide if left else W - wide
    turn = f"translate({sx + h if left else sx} 0) rotate(90)"
    x = (wide + h + W) / 2 - 90 if left else (W - wide - h) / 2 + 90
    return (
        rect(0, 0, W, H, k.ground)
        + light.halo((x, H / 2), 330, 3, 105, k.tone, 0.5)
        + ornament
        + group(strip, turn)
        + place(draw(k, rnd), x, H / 2, 4.1 * plate.size)
    )


def frieze(plate: Plate, draw: Emblem, k: Inks, q: Inks, rnd: random.Random) -> str:
    """The emblem stands on a broad frieze; niches hang above when the edge is muqarnas."""
    h = 190
    x, _ = _focus(plate, 110)
    out = [rect(0, 0, W, H, k.ground)]
    sky = (H - h) / 2
    if plate.edge == "muqarnas":
        cell = 100
        out.append(rect(0, H - 120, W, 120, q.ground) + muqarnas.tiers(q, 3, cell, W))
        sky = (muqarnas.height(3, cell) + H - 60) / 2 + 15
        out.append(group(border.strip("lotus", W, 84, q), f"translate(0 {H - 84})"))
        scale = 3.05
    else:
        out.append(light.halo((x, sky), 300, 3, 110, k.tone, 0.55))
        base = fields.draw(plate.field, q, rnd, (W, h), plate.scale * 0.8, (x, h / 2))
        out.append(clipped(group(base, f"translate(0 {H - h})"), rect(0, H - h, W, h), "frieze"))
        out.append(group(border.strip(plate.edge, W, 58, q), f"translate(0 {H - h - 58})"))
        sky, scale = (H - h - 58) / 2 + 8, 3.65
    return "".join(out) + place(draw(k, rnd), x, sky, scale * plate.size)


def bleed(plate: Plate, draw: Emblem, k: Inks, q: Inks, rnd: random.Random) -> str:
    """The emblem very large over a whispering field, one side in light."""
    x, y = _focus(plate, 130)
    return (
        fields.draw(plate.field, k, rnd, SIZE, plate.scale, (x, y))
        + circle(x, y, 470, k.ground)
        + circle(x, y, 486, "none", k.fig2, 4)
        + place(draw(k, rnd), x, y, 4.5 * plate.size)
    )


def window(plate: Plate, draw: Emblem, k: Inks, q: Inks, rnd: random.Random) -> str:
    """Light through a screen: half the picture a lattice, a shaft across, the emblem in the
    light.
    """
    x, y = _focus(plate, 120)
    far = 0 if plate.side > 0 else W
    out = [
        rect(0, 0, W, H, k.ground),
        clipped(fields.draw(plate.field, k, rnd, SIZE, plate.scale), rect(0, 0, W, H), "win"),
        light.shaft(
            (far, -80),
            40 if plate.side > 0 else 140,
            260,
            34,
            k.tone2 if k.is_dark else k.lit,
            0.92,
        ),
        light.halo((x, y), 350, 2, 46, k.lit if not k.is_dark else k.tone, 0.8),
        circle(x, y, 372, q.ground),
    ]
    return "".join(out) + place(draw(q, rnd), x, y, 3.1 * plate.size)


def plain(plate: Plate, draw: Emblem, k: Inks, q: Inks, rnd: random.Random) -> str:
    """Open ground with two thin rules and a quarter flower; the emblem alone, large."""
    x, y = _focus(plate, 90)
    h = 60
    return (
        rect(0, 0, W, H, k.ground)
        + group(border.strip(plate.edge, W, h, k), f"translate(0 {h}) scale(1 -1)")
        + group(border.strip(plate.edge, W, h, k), f"translate(0 {H - h})")
        + place(rosette.sunburst(430, 1300, 48, k.tone, 0.42), x, y)
        + place(draw(k, rnd), x, y, 3.9 * plate.size)
    )


def scene(plate: Plate, draw: Emblem, k: Inks, q: Inks, rnd: random.Random) -> str:
    """The emblem is a whole picture in pixels of 1600 by 1067."""
    return draw(k, rnd)


def framed(plate: Plate, draw: Emblem, k: Inks, q: Inks, rnd: random.Random) -> str:
    """A scene inside a narrow border on all sides."""
    return draw(k, rnd) + border.frame(plate.edge, 62, k, SIZE)


LAYOUTS = {
    f.__name__: f
    for f in (medallion, seal, arch, page, band, frieze, bleed, window, plain, scene, framed)
}


def picture(plate: Plate, draw: Emblem, hue: float, seed: str) -> str:
    """The whole SVG of a plate: 1600 by 1067, the same for the same input."""
    rnd = random.Random(seed)
    k, q = inks(hue, plate.outer, plate.accent), inks(hue, plate.inside, plate.accent)
    body = LAYOUTS[plate.layout](plate, draw, k, q, rnd)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {W} {H}" width="{W}" height="{H}">'
        f"{body}</svg>"
    )
