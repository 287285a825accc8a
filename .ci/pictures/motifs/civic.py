"""Emblems of public life: the protected letter, the council table, the row of days."""

from __future__ import annotations

import math
import random

from pictures.motifs.registry import emblem
from pictures.palette import Inks
from pictures.svg import (
    arc,
    blade,
    circle,
    khatam,
    line,
    path,
    place,
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


@emblem("council-table")
def council_table(k: Inks, rnd: random.Random) -> str:
    """Fifteen petals round an open horseshoe: five fixed and dark, ten light and turning."""
    out = [
        path(arc(52, 128, 412), "none", k.fig, 17, stroke_linecap="butt"),
        path(arc(52, 128, 412), "none", k.ground, 1.6, stroke_dasharray="5 4"),
    ]
    for j in range(15):
        a = 128 + j * 284 / 14
        x, y = polar(69, a)
        fixed = j in (1, 4, 7, 10, 13)
        leaf = path(
            blade(30, 13),
            k.acc if fixed else (k.tone2 if not k.is_dark else k.fig2),
            k.acc2 if fixed else k.fig,
            1.2,
        )
        out.append(place(leaf + circle(17, 0, 2.6, k.ground), x, y, 1, a + (0 if fixed else 13)))
    out.append(
        polygon(khatam(22), k.fig2)
        + polygon(khatam(13, 0, 0, 22.5), k.ground)
        + circle(0, 0, 5, k.acc)
    )
    out.append(path("M-9 94L0 52L9 94Z", k.fig2) + circle(0, 48, 4, k.fig2))
    return "".join(out)
