"""Emblems of prices and measures: the balance, the sieve, the arrow and the feather."""

from __future__ import annotations

import math
import random

from pictures.motifs.registry import emblem
from pictures.palette import Inks, oklch
from pictures.svg import (
    blade,
    circle,
    clipped,
    group,
    khatam,
    num,
    outline,
    path,
    polar,
    polygon,
    rect,
    regular,
)

SILVER, SILVER_DARK = oklch(0.84, 0.012, 250), oklch(0.55, 0.02, 250)
GOLD, GOLD_DARK = oklch(0.78, 0.13, 82), oklch(0.52, 0.10, 70)


@emblem("balance")
def balance(k: Inks, rnd: random.Random) -> str:
    """A balance whose beam is two interlocked arches; each pan holds a different tile."""
    out = [
        rect(-4, -66, 8, 150, k.fig),
        polygon([(-34, 92), (34, 92), (22, 80), (-22, 80)], k.fig),
        polygon(khatam(13, 0, -76), k.acc),
        circle(0, -76, 4.5, k.ground),
    ]
    beam = (
        path("M-76 -34C-76 -74 4 -74 22 -40", "none", k.fig, 6)
        + path("M76 -34C76 -74 -4 -74 -22 -40", "none", k.ground, 10)
        + path("M76 -34C76 -74 -4 -74 -22 -40", "none", k.fig2, 6)
    )
    out.append(group(beam, "rotate(7 0 -50)"))
    for x, y, n in ((-71, -43, 6), (71, -25, 8)):
        out.append(
            path(f"M{x} {y}L{x - 27} {y + 62}M{x} {y}L{x + 27} {y + 62}", "none", k.fig, 1.6)
        )
        out.append(
            path(
                f"M{x - 31} {y + 62}H{x + 31}C{x + 26} {y + 86} {x - 26} {y + 86} {x - 31}"
                f" {y + 62}Z",
                k.fig,
            )
        )
        tile = regular(6, 19, 30, x, y + 42) if n == 6 else khatam(20, x, y + 42)
        out.append(polygon(tile, k.acc if n == 8 else k.fig2))
        out.append(polygon(regular(n, 8, 0, x, y + 42), k.lit))
    return "".join(out)


@emblem("sieve")
def sieve(k: Inks, rnd: random.Random) -> str:
    """A round sieve of hexagonal mesh: some tiles held, others falling, ears of wheat round the
    rim.
    """
    mesh, held = [], []
    for i in range(-6, 7):
        for j in range(-6, 7):
            x, y = 15.6 * (i + j / 2), 13.5 * j - 20
            mesh.append(outline(regular(6, 8.4, 30, x, y)))
            if math.hypot(x, y + 20) < 46 and rnd.random() < 0.23:
                held.append(polygon(regular(6, 7.6, 30, x, y), rnd.choice((k.acc, k.fig, k.acc))))
    disc = clipped(
        circle(0, -20, 62, k.lit if not k.is_dark else k.tone)
        + path("".join(mesh), "none", k.fig2, 1.6)
        + "".join(held),
        circle(0, -20, 62),
        "mesh",
    )
    ears = []
    for j in range(25):
        a = 165 + 210 * j / 24
        stem = path(blade(17, 3.4), k.acc)
        ears.append(
            group(
                stem,
                f"translate({num(polar(73, a, 0, -20)[0])} {num(polar(73, a, 0, -20)[1])})"
                f" rotate({num(a + 34)})",
            )
        )
        ears.append(
            group(
                stem,
                f"translate({num(polar(73, a, 0, -20)[0])} {num(polar(73, a, 0, -20)[1])})"
                f" rotate({num(a - 34)})",
            )
        )
    falling = "".join(
        polygon(regular(6, r, t, x, y), ink)
        for x, y, r, t, ink in (
            (-34, 58, 8, 10, k.fig2),
            (-10, 72, 8, 40, k.acc),
            (18, 60, 8, 22, k.fig),
            (40, 76, 7, 4, k.fig2),
            (-24, 92, 7, 33, k.fig),
            (10, 96, 7, 15, k.fig2),
        )
    )
    return (
        "".join(ears)
        + circle(0, -20, 69, k.fig)
        + disc
        + circle(0, -20, 65, "none", k.acc, 1.4)
        + falling
    )
