"""Zellige: hand-cut glazed tiles (star and cross, diamonds, checker of seals), each tile a
little different.
"""

from __future__ import annotations

import random

from pictures.girih import ANGLES, hankin, inner
from pictures.palette import Inks
from pictures.svg import Point, khatam, outline, path, polygon, rect
from pictures.tilings import centre, tiling


def star_and_cross(
    k: Inks,
    rnd: random.Random,
    pitch: float = 150,
    size: Point = (1600, 1067),
    origin: Point = (0, 0),
    glazes: tuple[str, ...] = (),
) -> str:
    """Eight-pointed seals with crosses between them; ``glazes`` colour the seals at random."""
    glazes = glazes or (k.fig2, k.tone2, k.tone2, k.fig2, k.acc)
    r = pitch / 2
    out = [rect(0, 0, *size, k.tone)]
    nx, ny = int(size[0] / pitch) + 3, int(size[1] / pitch) + 3
    for i in range(-1, nx):
        for j in range(-1, ny):
            x, y = origin[0] % pitch + i * pitch, origin[1] % pitch + j * pitch
            out.append(polygon(khatam(r, x, y), rnd.choice(glazes), k.ground, pitch * 0.035))
            if rnd.random() < 0.8:
                out.append(polygon(khatam(r * 0.36, x, y, 22.5), k.ground))
            cx, cy = x + r, y + r
            out.append(polygon(khatam(r * 0.24, cx, cy), rnd.choice((k.tone2, k.ground))))
    return "".join(out)


def mosaic(
    kind: str,
    edge: float,
    k: Inks,
    rnd: random.Random,
    size: Point = (1600, 1067),
    turn: float = 0,
    origin: Point = (0, 0),
) -> str:
    """A star mosaic whose stars are glazed tile by tile, with grout between."""
    grout = edge * 0.07
    out = [rect(0, 0, *size, k.tone)]
    rings: dict[int, list[str]] = {}
    for tile in tiling(kind, edge, *size, turn, origin):
        at, star = centre(tile), hankin(tile, ANGLES[kind])
        big = len(tile) >= 8
        glaze = rnd.choice((k.fig2, k.tone2, k.fig2) if big else (k.tone2, k.acc, k.ground))
        out.append(polygon(star, glaze, k.ground, grout, stroke_linejoin="miter"))
        if big:
            rings.setdefault(0, []).append(outline(inner(star, at, 0.62)))
            rings.setdefault(1, []).append(outline(inner(star, at, 0.34)))
    if rings:
        out.append(path("".join(rings[0]), "none", k.ground, grout, stroke_linejoin="miter"))
        out.append(path("".join(rings[1]), k.acc))
    return "".join(out)


def harlequin(k: Inks, rnd: random.Random, pitch: float = 120, size: Point = (1600, 1067)) -> str:
    """Lozenges in three glazes, each with a smaller lozenge inside."""
    out = [rect(0, 0, *size, k.tone)]
    w, h = pitch / 2, pitch * 0.8
    for row in range(-1, int(size[1] / h) + 3):
        for col in range(-1, int(size[0] / pitch) + 2):
            x, y = col * pitch + (row % 2) * w, row * h
            glaze = (k.tone2, k.ground, k.tone)[(col + row // 2 + row) % 3]
            lozenge = [(x, y - h), (x + w, y), (x, y + h), (x - w, y)]
            out.append(polygon(lozenge, glaze))
            small = [(x + (px - x) * 0.45, y + (py - y) * 0.45) for px, py in lozenge]
            out.append(polygon(small, "none", k.tone if glaze != k.tone else k.tone2, pitch * 0.03))
    return "".join(out)
