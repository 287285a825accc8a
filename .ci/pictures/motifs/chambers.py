"""Emblems of institutions: ballot box, counted papers, chambers, gears of state, the embassy
gate.
"""

from __future__ import annotations

import random

from pictures.border import strip
from pictures.motifs.registry import emblem
from pictures.palette import Inks
from pictures.svg import (
    circle,
    khatam,
    line,
    path,
    place,
    pointed_arch,
    polar,
    polygon,
    rect,
    star,
)


@emblem("ballot-box")
def ballot_box(k: Inks, rnd: random.Random) -> str:
    """A sealed box with a slot; a curling ribbon of question-like hooks round it."""
    out = []
    for j in range(18):
        a = 20 * j
        hook = path(
            "M0 8C0 0 9 0 9 -7C9 -16 -6 -17 -8 -7", "none", k.fig2 if j % 2 else k.acc, 3.2
        ) + circle(0, 14, 2.3, k.fig2 if j % 2 else k.acc)
        out.append(place(hook, *polar(84, a), 0.92, a + 90))
    out.append(
        polygon([(-50, -20), (-36, -42), (36, -42), (50, -20)], k.fig2)
        + polygon([(-26, -26), (-22, -34), (22, -34), (26, -26)], k.dark)
        + polygon([(-18, -30), (-18, -74), (18, -66), (18, -30)], k.lit if k.is_dark else k.acc)
        + path("M-10 -58L10 -54M-10 -48L10 -45", "none", k.dark if k.is_dark else k.lit, 2.4)
        + rect(-50, -20, 100, 72, k.fig)
        + rect(-44, -14, 88, 60, "none", k.fig2, 1.6)
    )
    out.append(
        polygon(khatam(25, 0, 16), k.acc)
        + polygon(khatam(17, 0, 16, 22.5), k.fig)
        + polygon(khatam(8, 0, 16), k.acc)
        + rect(-4, -26, 8, 14, k.acc)
    )
    return "".join(out)


@emblem("counted-papers")
def counted_papers(k: Inks, rnd: random.Random) -> str:
    """Folded square papers leave one box and stand in three columns of different heights."""
    out = [rect(-98, 86, 196, 4, k.fig)]

    def sheet(ink):
        return polygon([(-12, -9), (12, -9), (12, 9), (-12, 9)], ink, k.ground, 1.6) + path(
            "M-12 -9L0 2L12 -9", "none", k.ground, 1.6
        )

    for x, n, ink in ((-6, 4, k.fig2), (36, 7, k.acc), (78, 5, k.fig)):
        out += [place(sheet(ink), x, 76 - 19 * j, 1.02) for j in range(n)]
    out.append(
        rect(-96, 16, 54, 70, k.fig)
        + polygon(khatam(16, -69, 54), k.acc)
        + polygon(khatam(8, -69, 54, 22.5), k.fig)
        + rect(-100, 8, 62, 10, k.fig2)
    )
    for x, y, a in ((-66, -14, -14), (-44, -46, 12), (-8, -66, -8), (34, -86, 16)):
        out.append(place(sheet(k.lit if k.is_dark else k.fig2), x, y, 0.95, a))
    out.append(path("M-72 2C-66 -60 -20 -92 24 -92", "none", k.acc, 1.6, stroke_dasharray="1 5"))
    return "".join(out)


@emblem("two-chambers")
def two_chambers(k: Inks, rnd: random.Random) -> str:
    """A half-round of seats above, and below it two straight benches face to face."""
    out = []
    for ring in range(4):
        r, n = 42 + ring * 18, 9 + ring * 4
        for j in range(n):
            a = 180 + 180 * (j + 0.5) / n
            x, y = polar(r, a, 0, 14)
            out.append(
                place(
                    rect(-5, -6, 10, 12, (k.fig, k.fig2, k.fig, k.acc)[ring], r=2),
                    x,
                    y,
                    1.04,
                    a + 90,
                )
            )
    out.append(polygon(khatam(17, 0, 2), k.acc) + polygon(khatam(9, 0, 2, 22.5), k.ground))
    for side in (0, 1):
        for row in range(2):
            y = (36 + row * 14) if side == 0 else (92 - row * 14)
            for j in range(11):
                out.append(
                    rect(-78 + j * 14.4, y - 6, 11, 11, (k.fig2, k.fig)[(row + side) % 2], r=2)
                )
    out.append(line(-78, 64, 78, 64, k.acc, 2.4) + polygon(khatam(7, 0, 64), k.acc))
    return "".join(out)


def gear(r: float, teeth: int, body: str, heart: str, hole: str, n: int) -> str:
    points = []
    for j in range(teeth):
        a = 360 * j / teeth
        w = 360 / teeth
        for da, rr in ((0.0, 0.86), (0.14, 1.0), (0.42, 1.0), (0.56, 0.86), (0.99, 0.86)):
            points.append(polar(r * rr, a + da * w))
    return (
        polygon(points, body)
        + circle(0, 0, r * 0.68, hole)
        + polygon(star(n, r * 0.66, r * 0.42), body)
        + polygon(star(n, r * 0.42, r * 0.27), hole)
        + polygon(star(n, r * 0.26, r * 0.16), heart)
    )


@emblem("three-gears")
def three_gears(k: Inks, rnd: random.Random) -> str:
    """Three star-patterned wheels in mesh, of one size."""
    out = [circle(0, 4, 96, "none", k.fig2, 1), circle(0, 4, 30, k.acc, None)]
    for a, ink, n, t in ((-90, k.fig, 8, 0), (30, k.fig2, 10, 8), (150, k.acc, 12, 4)):
        out.append(
            place(
                gear(48, 16, ink, k.acc if ink != k.acc else k.fig, k.ground, n),
                *polar(52, a, 0, 6),
                1,
                t + a,
            )
        )
    return out[0] + "".join(out[2:])


@emblem("embassy-gate")
def embassy_gate(k: Inks, rnd: random.Random) -> str:
    """A pointed gate with a plaited border, a plain flag above it, a letter slot beneath."""
    out = [rect(-70, -52, 140, 146, k.fig), rect(-76, -60, 152, 12, k.fig2)]
    out.append(
        place(strip("plait", 146, 17, k, k.fig), -66, 92, 1, -90)
        + place(strip("plait", 146, 17, k, k.fig), 49, 92, 1, -90)
    )
    out.append(
        path(pointed_arch(44, 4, 94, 48), k.acc) + path(pointed_arch(37, 6, 94, 42), k.ground)
    )
    for x0, ink in ((-33, k.fig2), (1, k.fig2)):
        out.append(rect(x0, 12, 32, 82, ink, r=1))
    out.append(
        "".join(
            polygon(khatam(8.5, x, y), k.fig if not k.is_dark else k.ground)
            for x in (-17, 17)
            for y in (28, 50, 72)
        )
    )
    out.append(polygon(khatam(10, 0, -6), k.acc))
    out.append(rect(-22, 80, 44, 9, k.lit, k.dark, 1.6, r=2) + rect(-15, 83, 30, 2.8, k.dark))
    out.append(rect(-84, 94, 168, 8, k.fig2) + rect(-96, 102, 192, 12, k.fig))
    out.append(
        rect(-1.6, -100, 3.2, 42, k.fig)
        + path("M1.6 -98C14 -104 22 -92 36 -97V-76C22 -71 14 -83 1.6 -77Z", k.acc)
    )
    return "".join(out)
