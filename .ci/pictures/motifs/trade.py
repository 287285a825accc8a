"""Emblems of goods on the move: the cup seen from above, stacked containers."""

from __future__ import annotations

import random

from pictures.motifs.registry import emblem
from pictures.palette import Inks
from pictures.svg import (
    khatam,
    num,
    path,
    polygon,
    rect,
)


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
