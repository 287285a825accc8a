"""Emblems of goods on the move: the cup seen from above, stacked containers."""

from __future__ import annotations

import math
import random

from pictures.motifs.registry import emblem
from pictures.palette import Inks, oklch
from pictures.svg import (
    circle,
    khatam,
    num,
    path,
    polar,
    polygon,
    polyline,
    rect,
    star,
)


@emblem("finjan")
def finjan(k: Inks, rnd: random.Random) -> str:
    """A finjan from above in rings; its steam rises as three scrolls, a dotted sea route goes
    round it.
    """
    x, y, bean = -4, 18, oklch(0.30, 0.06, 48)
    out = [circle(x, y, 80, k.fig), circle(x, y, 76, k.fig2)]
    out += [
        polygon(khatam(6.4, *polar(65.5, 18 * j, x, y)), k.lit if j % 2 else k.acc)
        for j in range(20)
    ]
    out += [
        circle(x, y, 54, k.lit),
        circle(x, y, 50, k.fig),
        circle(x, y, 47, bean),
        circle(x, y, 38, "none", oklch(0.44, 0.08, 55), 1.8),
        circle(x, y, 27, "none", oklch(0.44, 0.08, 55), 1.2),
    ]
    for dx, hand, rise in ((-21, -1, 74), (0, 1, 92), (21, 1, 74)):
        wave = []
        for step in range(60):
            t = step / 59
            wave.append(
                (x + dx + hand * 8 * math.sin(t * 6.6) * (0.5 + 0.5 * t), y + 18 - rise * t)
            )
        ex, ey = wave[-1]
        wave += [
            (
                ex + hand * 9 * (1 - s / 60) * (1 - math.cos(s / 8)),
                ey - 9 * (1 - s / 60) * math.sin(s / 8),
            )
            for s in range(1, 36)
        ]
        out.append(polyline(wave, k.dark, 6.4) + polyline(wave, k.lit, 3.6))
    out.append(
        path(
            "M-92 -74C-62 -112 34 -112 66 -84C104 -50 108 24 84 74",
            "none",
            k.acc,
            5,
            stroke_dasharray="0.1 9.6",
        )
    )
    out.append(polygon(star(8, 13, 6.5, 0, 82, 80), k.acc) + circle(-92, -72, 6.5, k.acc))
    return "".join(out)


@emblem("containers")
def containers(k: Inks, rnd: random.Random) -> str:
    """Scene: a wall of long boxes in brick bond; one is turned to show its door and an
    eight-pointed star.
    """
    w, h, gap = 372, 138, 12
    out = [rect(0, 0, 1600, 1067, k.dark)]
    inks = (k.tone2, k.fig2, k.tone, k.fig2, k.ground)
    for row in range(-1, 9):
        for col in range(-1, 6):
            x, y = col * (w + gap) - (row % 2) * (w + gap) / 2 - 60, row * (h + gap) - 54
            ink = inks[(row * 3 + col * 2 + (row * col) % 3) % 5]
            edge = k.dark if ink != k.dark else k.fig
            out.append(rect(x, y, w, h, ink))
            ribs = "".join(
                f"M{num(x + 26 + 20 * i)} {num(y + 18)}V{num(y + h - 18)}" for i in range(17)
            )
            out.append(path(ribs, "none", k.dark, 5, stroke_linecap="butt", opacity=0.28))
            out += [
                rect(cx, cy, 18, 14, edge, opacity=0.75)
                for cx in (x, x + w - 18)
                for cy in (y, y + h - 14)
            ]
    cx, cy, s = 960, 533, 236
    out.append(
        rect(cx - s - 20, cy - s - 20, 2 * s + 40, 2 * s + 40, k.dark)
        + rect(cx - s, cy - s, 2 * s, 2 * s, k.acc)
    )
    out.append(rect(cx - s + 22, cy - s + 22, 2 * s - 44, 2 * s - 44, "none", k.dark, 5))
    out.append(rect(cx - 3, cy - s, 6, 2 * s, k.dark))
    for x in (-150, -92, 92, 150):
        out.append(
            rect(cx + x - 5, cy - s + 24, 10, 2 * s - 48, k.dark, opacity=0.7)
            + rect(cx + x - 12, cy + 140, 24, 34, k.dark)
        )
    out.append(
        polygon(khatam(186, cx, cy), k.dark)
        + polygon(khatam(166, cx, cy), k.lit if not k.is_dark else k.fig)
        + polygon(khatam(112, cx, cy, 22.5), k.dark)
        + polygon(khatam(92, cx, cy, 22.5), k.acc)
        + polygon(khatam(44, cx, cy), k.dark)
    )
    return "".join(out)
