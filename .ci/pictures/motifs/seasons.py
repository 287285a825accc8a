"""Emblems of the calendar: the year of dots, the Chinese month, the slices of the day."""

from __future__ import annotations

import math
import random

from pictures.motifs.registry import emblem
from pictures.motifs.sky import moon
from pictures.palette import Inks
from pictures.rosette import sunburst
from pictures.svg import (
    circle,
    line,
    num,
    path,
    place,
    polar,
    polygon,
    star,
    wedge,
)


@emblem("year-ring")
def year_ring(k: Inks, rnd: random.Random) -> str:
    """A ring of 365 small dots in rows, a quarter-filled dot at the top, a bright one beside it."""
    out, _left = [], 365
    for r, n in ((54, 58), (62, 66), (70, 74), (78, 82), (86, 85)):
        for j in range(n):
            a = -90 + 26 + (360 - 52) * j / (n - 1)
            out.append(circle(*polar(r, a), 1.9, (k.fig, k.fig2)[(j // 7) % 2]))
    out.append(
        circle(-13, -72, 11, k.ground, k.fig, 2) + path(wedge(0.1, 9, -90, 0, -13, -72), k.fig)
    )
    out.append(circle(15, -72, 12, k.acc) + place(sunburst(14, 18.5, 12, k.acc, 0.45), 15, -72))
    out.append(
        polygon(star(4, 38, 16), k.fig2)
        + polygon(star(4, 38, 16, -45), k.fig)
        + circle(0, 0, 14, k.ground)
        + circle(0, 0, 9, k.acc)
    )
    return "".join(out)


@emblem("month-round")
def month_round(k: Inks, rnd: random.Random) -> str:
    """Twelve moon phases circle a sun of twenty-four points; one small crescent is slipped
    between two.
    """
    lit, dark = (k.lit, k.tone2) if k.is_dark else (k.acc, k.fig)
    out = [circle(0, 0, 78, "none", k.fig2, 1)]
    for j in range(12):
        out.append(
            place(
                circle(0, 0, 17.5, k.ground)
                + moon(15.5, (j + 0.5) / 12, lit, dark)
                + circle(0, 0, 15.5, "none", k.fig2, 0.8),
                *polar(78, -90 + 30 * j),
            )
        )
    out.append(
        place(moon(9, 0.14, k.acc if k.is_dark else k.fig2, k.ground), *polar(101, -45 + 0), 1, -20)
    )
    out.append(
        polygon(star(24, 50, 37), k.acc)
        + circle(0, 0, 31, k.ground)
        + polygon(star(12, 28, 19), k.fig2)
        + circle(0, 0, 11, k.acc)
    )
    return "".join(out)


@emblem("day-slices")
def day_slices(k: Inks, rnd: random.Random) -> str:
    """Twenty-four upright slices of a globe; one dividing line bends round small islands."""
    out = [circle(0, 0, 97, k.fig)]
    xs = [-94 * math.cos(math.pi * j / 24) for j in range(25)]
    for j in range(24):
        a, b = xs[j], xs[j + 1]

        def side(x: float, flip: bool) -> str:
            start, end = (94, -94) if flip else (-94, 94)
            sweep = (1 if x > 0 else 0) ^ (1 if flip else 0)
            return f"A{num(max(abs(x), 0.5))} 94 0 0 {sweep} 0 {end}"

        ink = (k.fig2, k.lit, k.tone2, k.lit)[j % 4]
        out.append(path(f"M0 -94{side(b, False)}{side(a, True)}Z", ink))
    bend = (
        "M0 -94C22 -80 34 -60 38 -44L58 -36L58 -12L40 -4L43 14L66 22L62 46L36 52C30 66 18 84 0 94"
    )
    out.append(
        path(bend, "none", k.ground, 7, stroke_linejoin="round") + path(bend, "none", k.acc, 4.4)
    )
    for x, y, r in ((50, -24, 4), (46, -30, 2.4), (53, 32, 4.4), (57, 39, 2.4), (48, 27, 2)):
        out.append(circle(x, y, r + 1.4, k.lit) + circle(x, y, r, k.fig))
    return (
        "".join(out)
        + circle(0, 0, 97, "none", k.fig, 4)
        + line(0, -100, 0, -94, k.fig, 5)
        + line(0, 94, 0, 100, k.fig, 5)
    )
