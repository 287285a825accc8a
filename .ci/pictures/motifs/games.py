"""Emblems of many-part games: the rose of ten events, the score as a clock."""

from __future__ import annotations

import random

from pictures.motifs.registry import emblem
from pictures.palette import Inks
from pictures.svg import (
    blade,
    circle,
    clipped,
    group,
    path,
    place,
    polar,
    polygon,
    rect,
    star,
    wedge,
)


@emblem("ten-events")
def ten_events(k: Inks, rnd: random.Random) -> str:
    """A rose of ten petals, each with a sign of its own: lane, hurdle, disc, spear, bar, arc and
    others.
    """
    out = [circle(0, 0, 99, "none", k.fig2, 1)]
    ink = k.fig if not k.is_dark else k.dark
    signs = (
        path("M-6 9L-2 -9M6 9L2 -9M0 9V5M0 1V-3", "none", ink, 2),
        path("M-8 9V-5H8V9M-8 1H8", "none", ink, 2.4),
        circle(0, 0, 8, "none", ink, 2.4) + circle(0, 0, 2.4, ink),
        path("M-9 9L9 -9M9 -9L2 -7M9 -9L7 -2", "none", ink, 2.2),
        path("M-9 -4H9M-9 9V-9M9 9V-9", "none", ink, 2.2),
        path("M-9 8C-7 -10 7 -10 9 8", "none", ink, 2.4) + circle(0, -5.5, 2, ink),
        circle(0, 0, 6.5, ink),
        path("M-8 9L5 -8M2 -9H10M10 -9V9", "none", ink, 2.2),
        path("M0 -9A9 9 0 1 0 .1 -9M0 -9V-12M0 0L5 -4", "none", ink, 2.2),
        path("M-9 9H-3V3H3V-3H9V-9", "none", ink, 2.2),
    )
    for j, sign in enumerate(signs):
        a = 36 * j - 90
        leaf = "M12 0C24 -24 62 -32 96 0C62 32 24 24 12 0Z"
        out.append(
            group(
                path(
                    leaf,
                    (k.acc, k.fig2, k.lit if not k.is_dark else k.fig)[j % 3 if j < 9 else 1],
                    k.ground,
                    2.6,
                ),
                f"rotate({a})",
            )
        )
        out.append(
            place(
                circle(0, 0, 14.5, k.ground if not k.is_dark else k.lit) + sign, *polar(64, a), 0.92
            )
        )
    return (
        "".join(out)
        + polygon(star(10, 26, 18), k.fig)
        + polygon(star(10, 20, 13), k.acc)
        + circle(0, 0, 6, k.ground)
    )


@emblem("score-clock")
def score_clock(k: Inks, rnd: random.Random) -> str:
    """A twelve-part rose like a clock face, its quarters tinted, the third cut short, a net
    across.
    """
    out = [circle(0, 0, 98, k.fig), circle(0, 0, 92, k.lit)]
    for _q, (a0, a1, ink) in enumerate(
        ((-90, 0, k.acc), (0, 90, k.fig2), (90, 150, k.fig), (180, 270, k.tone2))
    ):
        out.append(path(wedge(30, 84, a0 + 1, a1 - 1), ink))
    for j in range(12):
        a = 30 * j - 90
        out.append(
            place(path(blade(52, 12), k.lit, k.fig, 1.2), *polar(30, a), 1, a)
            + circle(*polar(88, a), 2.4, k.fig)
        )
    net = "".join(f"M{x} -6V34" for x in range(-96, 97, 8)) + "".join(
        f"M-98 {y}H98" for y in range(2, 34, 8)
    )
    clip = clipped(
        rect(-100, -6, 200, 40, k.dark, opacity=0.18)
        + path(net, "none", k.dark, 1.3)
        + rect(-100, -12, 200, 9, k.lit, k.dark, 1.2),
        circle(0, 0, 92),
        "net",
    )
    return "".join(out) + circle(0, 0, 25, k.fig) + polygon(star(12, 21, 14), k.acc) + clip
