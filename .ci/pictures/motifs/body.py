"""Emblems of the body and health: washing palms, the lesser circulation."""

from __future__ import annotations

import math
import random

from pictures.motifs.registry import emblem
from pictures.palette import Inks, oklch
from pictures.rosette import rose
from pictures.svg import (
    blade,
    circle,
    group,
    khatam,
    num,
    path,
    place,
    polygon,
    rect,
)


def drop(r: float, colour: str) -> str:
    return path(
        f"M0 {num(-r * 1.7)}C{num(r * 0.9)} {num(-r * 0.5)} {num(r)} 0 {num(r)}"
        f" {num(r * 0.2)}A{num(r)} {num(r)} 0 1 1 {num(-r)} {num(r * 0.2)}C{num(-r)} 0"
        f" {num(-r * 0.9)} {num(-r * 0.5)} 0 {num(-r * 1.7)}Z",
        colour,
    )


@emblem("washing-palms")
def washing_palms(k: Inks, rnd: random.Random) -> str:
    """Two facing open palms set with small tiles, drops and circles falling over them."""
    fingers = ((-27, -8, 36), (-14, -22, 48), (0, -26, 52), (13, -18, 44))
    hand = "".join(rect(x - 6, y - 28, 12, h + 20, k.lit, r=6) for x, y, h in fingers)
    hand += path("M-34 8C-34 44 -26 58 -8 66L12 66C22 56 22 40 20 22L19 4H-33Z", k.lit)
    hand += path("M17 44C34 34 42 18 38 8C34 0 28 6 26 14L16 26Z", k.lit)
    tiles = (
        polygon(khatam(15, -7, 30), k.fig2)
        + polygon(khatam(8, -7, 30, 22.5), k.lit)
        + circle(-7, 30, 3, k.acc)
    )
    tiles += "".join(
        polygon([(x, y - 16), (x + 3.4, y - 10), (x, y - 4), (x - 3.4, y - 10)], k.fig2)
        for x, y, _ in fingers
    )
    tiles += "".join(circle(x, y + 4, 1.7, k.acc) for x, y, _ in fingers)
    out = [
        group(hand + tiles, "translate(-44 22) rotate(-10) scale(1.02)"),
        group(hand + tiles, "translate(44 22) rotate(10) scale(-1.02 1.02)"),
    ]
    for x, y, r in (
        (0, -84, 7),
        (-30, -70, 5),
        (30, -72, 5),
        (0, -54, 6),
        (-58, -58, 4),
        (60, -60, 4),
        (0, -26, 5),
        (0, 2, 4),
    ):
        out.append(place(drop(r, k.acc), x, y))
    for x, y, r in (
        (-15, -84, 2.6),
        (16, -66, 2.6),
        (-46, -78, 2.4),
        (46, -84, 2.4),
        (-10, -38, 2),
        (11, -36, 2),
        (0, 22, 3),
        (0, 38, 2.2),
    ):
        out.append(circle(x, y, r, k.fig2))
    return "".join(out)


def _branch(
    x: float, y: float, a: float, length: float, depth: int, ink: str, out: list[str]
) -> None:
    ex, ey = x + length * math.cos(a), y + length * math.sin(a)
    bend = a + 0.35
    out.append(
        path(
            f"M{num(x)} {num(y)}Q{num(x + length * 0.5 * math.cos(bend))}"
            f" {num(y + length * 0.5 * math.sin(bend))} {num(ex)} {num(ey)}",
            "none",
            ink,
            0.9 + depth * 0.8,
        )
    )
    if depth:
        for turn in (-0.55, 0.48):
            _branch(ex, ey, a + turn, length * 0.72, depth - 1, ink, out)
    else:
        out.append(place(path(blade(8, 2.8), ink), ex, ey, 1, math.degrees(a)))


@emblem("lesser-circulation")
def lesser_circulation(k: Inks, rnd: random.Random) -> str:
    """Two eight-petalled roses, one warm and one cool, joined by a looping double ribbon through
    branches.
    """
    out: list[str] = []
    for x, a0 in ((-5, -2.15), (5, -0.99), (0, -1.57)):
        _branch(x, -22, a0, 22, 4, k.fig2, out)
    for d, ink in (
        ("M-54 40C-66 -34 -34 -60 0 -28C26 -4 34 6 54 40", k.fig),
        ("M54 40C66 -34 34 -60 0 -28C-26 -4 -34 6 -54 40", k.acc),
    ):
        for width, colour in ((15, k.ground), (11, ink), (3.6, k.ground)):
            out.append(path(d, "none", colour, width))
    cool = oklch(0.50, 0.085, 225)
    out.append(place(circle(0, 0, 34, k.ground) + rose(8, 54, k, k.acc, k.acc2, k.ground), -51, 46))
    out.append(
        place(
            circle(0, 0, 34, k.ground) + rose(8, 54, k, cool, oklch(0.36, 0.07, 235), k.ground),
            51,
            46,
        )
    )
    return "".join(out)
