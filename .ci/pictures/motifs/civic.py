"""Emblems of public life: the protected letter, the council table, the row of days."""

from __future__ import annotations

import math
import random

from pictures.motifs.registry import emblem
from pictures.palette import Inks
from pictures.svg import (
    circle,
    khatam,
    line,
    path,
    polar,
    polygon,
    rect,
    star,
)


@emblem("week-row")
def week_row(k: Inks, rnd: random.Random) -> str:
    """Seven squares on a slanting row, the first outlined by a star."""
    out = [line(-98, 66, 98, -66, k.fig2, 1.2)]
    for j in range(7):
        x, y = 84 - 28 * j, -56 + 56 / 3 * j
        s = 12.2
        if j == 0:
            out.append(
                polygon(star(8, 36, 25, -90, x, y), k.ground, k.acc, 2.4, stroke_linejoin="miter")
            )
            out.append(
                polygon(star(8, 30, 21, -90, x, y), "none", k.acc, 0.9, stroke_linejoin="miter")
            )
        ink = k.acc if j == 0 else (k.fig, k.fig2)[j % 2]
        out.append(rect(x - s, y - s, 2 * s, 2 * s, ink, k.ground, 2))
        out.append(
            polygon(khatam(7, x, y), k.lit if ink != k.lit else k.dark)
            + polygon(khatam(3.4, x, y, 22.5), ink)
        )
    return "".join(out)


@emblem("sealed-letter")
def sealed_letter(k: Inks, rnd: random.Random) -> str:
    """A sealed letter within an unbroken octagonal plait."""
    ring = []
    for phase, ink in ((0, k.fig2), (math.pi, k.acc)):
        points = []
        for j in range(481):
            a = 360 * j / 480
            base = 88 / math.cos(math.radians((a + 22.5) % 45 - 22.5)) * 0.985
            points.append(polar(base + 6.5 * math.sin(math.radians(a * 24) + phase), a))
        ring.append(polygon(points, "none", k.ground, 6.5) + polygon(points, "none", ink, 3.6))
    return (
        "".join(ring)
        + rect(-58, -38, 116, 80, k.lit if k.is_dark else k.fig)
        + path("M-58 -38L0 12L58 -38", "none", k.ground, 3)
        + path("M-58 42L-16 0M58 42L16 0", "none", k.ground, 2)
        + circle(0, 8, 17, k.acc)
        + polygon(khatam(12, 0, 8), k.ground)
        + circle(0, 8, 4, k.acc)
    )
