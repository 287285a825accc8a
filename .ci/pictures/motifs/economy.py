"""Emblems of money: the doubling board, the basket, the bank in plan, the two-metal coin."""

from __future__ import annotations

import random

from pictures.motifs.registry import emblem
from pictures.palette import Inks, oklch
from pictures.svg import (
    circle,
    clipped,
    group,
    khatam,
    line,
    path,
    place,
    polar,
    polygon,
    rect,
    wedge,
)

SILVER, SILVER_DARK = oklch(0.84, 0.012, 250), oklch(0.55, 0.02, 250)
GOLD, GOLD_DARK = oklch(0.78, 0.13, 82), oklch(0.52, 0.10, 70)


@emblem("doubling-board")
def doubling_board(k: Inks, rnd: random.Random) -> str:
    """Eight by eight places whose dots double from one corner to the opposite one."""
    s = 25
    out = [rect(-100, -100, 200, 200, k.lit if not k.is_dark else k.tone2)]
    for i in range(8):
        for j in range(8):
            x, y = -100 + i * s, 100 - (j + 1) * s
            if (i + j) % 2:
                out.append(rect(x, y, s, s, k.tone2 if not k.is_dark else k.tone))
            grow = (i + j) / 14
            r = 1.6 * 2 ** (grow * 3.1)
            if i + j == 14:
                out.append(rect(x, y, s, s, k.acc))
            elif i + j >= 12:
                out.append(rect(x, y, s, s, k.fig))
                out.append(polygon(khatam(s * 0.3, x + s / 2, y + s / 2), k.acc))
            else:
                out.append(circle(x + s / 2, y + s / 2, min(r, s * 0.5), k.fig))
    return (
        "".join(out)
        + rect(-100, -100, 200, 200, "none", k.fig, 2.4)
        + rect(-106, -106, 212, 212, "none", k.acc, 1.4)
    )


@emblem("bank-plan")
def bank_plan(k: Inks, rnd: random.Random) -> str:
    """A dome in plan: four equal rooms round a well, thin channels outward."""
    out = []
    for j in range(24):
        a = 15 * j
        out.append(line(*polar(70, a), *polar(99 if j % 2 else 90, a), k.acc, 2.2))
        out.append(circle(*polar(99 if j % 2 else 90, a), 2.6, k.acc))
    out.append(polygon(khatam(84, 0, 0, 22.5), k.fig))
    out.append(circle(0, 0, 60, k.fig2))
    for j in range(4):
        a = 90 * j
        out.append(path(wedge(25, 57, a + 6, a + 84), k.lit, k.fig, 1.4))
        out.append(place(polygon(khatam(9), k.fig2) + circle(0, 0, 3, k.acc), *polar(42, a + 45)))
        out.append(line(*polar(22, a), *polar(70, a), k.acc, 5))
    return (
        "".join(out)
        + circle(0, 0, 23, k.fig)
        + circle(0, 0, 18, k.acc)
        + circle(0, 0, 12, "none", k.lit, 1.6)
        + circle(0, 0, 6, "none", k.lit, 1.6)
    )


@emblem("two-metal-coin")
def two_metal_coin(k: Inks, rnd: random.Random) -> str:
    """A coin half gold, half silver, ringed by angular bands, its centre empty, five dots about
    it.
    """

    def half(bright: str, dark: str) -> str:
        out = [
            circle(0, 0, 84, bright),
            circle(0, 0, 80, "none", dark, 1.6),
            circle(0, 0, 60, "none", dark, 1.6),
            circle(0, 0, 56, "none", dark, 0.9),
            circle(0, 0, 36, "none", dark, 1.6),
        ]
        for r0, n, h in ((63, 40, 13), (39, 26, 13)):
            for j in range(n):
                a, w = 360 * j / n, 360 / n
                style = (j * 7 + n) % 5
                tall = h if style in (0, 3) else h * 0.55
                out.append(path(wedge(r0, r0 + 2.6, a, a + w), dark))
                out.append(path(wedge(r0, r0 + tall, a + w * 0.1, a + w * 0.38), dark))
                if style in (1, 4):
                    out.append(
                        path(wedge(r0 + h * 0.4, r0 + h * 0.62, a + w * 0.1, a + w * 0.95), dark)
                    )
                if style == 2:
                    out.append(circle(*polar(r0 + h * 0.85, a + w * 0.5), 1.4, dark))
        return "".join(out)

    cut = clipped(half(GOLD, GOLD_DARK), rect(0, -100, 100, 200), "gold") + clipped(
        half(SILVER, SILVER_DARK), rect(-100, -100, 100, 200), "silver"
    )
    return (
        circle(0, 0, 88, k.dark)
        + group(cut, "rotate(18)")
        + circle(0, 0, 31, k.ground)
        + circle(0, 0, 31, "none", k.acc, 1.4)
        + "".join(circle(*polar(97, -90 + 72 * j), 5, k.acc) for j in range(5))
    )
