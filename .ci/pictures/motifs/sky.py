"""Emblems of sky and earth: moon phases, planets in true proportion, four signal spheres,
isobars, a fault.
"""

from __future__ import annotations

import math
import random

from pictures.motifs.registry import emblem
from pictures.palette import Inks
from pictures.svg import (
    circle,
    clipped,
    khatam,
    line,
    num,
    outline,
    path,
    place,
    polar,
    polygon,
    rect,
    regular,
    star,
)


def moon(r: float, phase: float, lit: str, dark: str) -> str:
    """A moon of radius r; phase 0 new, 0.5 full, 1 new again; waxing lit on the right."""
    if phase in (0, 1):
        return circle(0, 0, r, dark)
    bulge = r * math.cos(2 * math.pi * phase)
    sweep_limb = 1 if phase < 0.5 else 0
    sweep_term = (0 if bulge > 0 else 1) if phase < 0.5 else (1 if bulge > 0 else 0)
    return circle(0, 0, r, dark) + path(
        f"M0 {num(-r)}A{num(r)} {num(r)} 0 0 {sweep_limb} 0 {num(r)}"
        f"A{num(abs(bulge))} {num(r)} 0 0 {sweep_term} 0 {num(-r)}Z",
        lit,
    )


@emblem("moon-ring")
def moon_ring(k: Inks, rnd: random.Random) -> str:
    """Eight discs in a ring from dark to bright round an eight-pointed star."""
    dark = k.tone2 if k.is_dark else k.fig
    lit = k.lit if k.is_dark else k.acc
    out = [circle(0, 0, 70, "none", k.fig2, 1), circle(0, 0, 97, "none", k.fig2, 0.8)]
    for j in range(8):
        out.append(
            place(
                circle(0, 0, 25, k.ground)
                + moon(22, j / 8, lit, dark)
                + circle(0, 0, 22, "none", k.fig2, 0.8),
                *polar(70, 90 + 45 * j),
            )
        )
    out.append(
        polygon(khatam(34), k.acc)
        + polygon(khatam(26, 0, 0, 22.5), k.ground)
        + polygon(khatam(15), k.acc)
    )
    return "".join(out)


@emblem("four-spheres")
def four_spheres(k: Inks, rnd: random.Random) -> str:
    """Four compass-drawn circles that meet in one filled dot over a faint street grid."""
    out = []
    for j in range(-4, 5):
        out.append(
            line(-92, 21 * j, 92, 21 * j, k.tone2, 1) + line(21 * j, -92, 21 * j, 92, k.tone2, 1)
        )
    for a, r, ink in ((200, 62, k.fig), (290, 48, k.fig2), (20, 70, k.fig), (110, 44, k.fig2)):
        cx, cy = polar(r, a, 8, 4)
        out.append(
            circle(cx, cy, r, ink, None, 0, opacity=0.14) + circle(cx, cy, r, "none", ink, 3)
        )
        out.append(circle(cx, cy, r * 0.93, "none", ink, 0.8))
        out.append(line(cx, cy, 8, 4, ink, 1, stroke_dasharray="3 3"))
        out.append(polygon(star(8, 9, 4.5, 0, cx, cy), ink))
    return (
        "".join(out)
        + circle(8, 4, 15, k.ground)
        + circle(8, 4, 11, k.acc)
        + circle(8, 4, 4, k.ground)
    )


@emblem("isobars")
def isobars(k: Inks, rnd: random.Random) -> str:
    """Scene: pressure curves over a square grid, one square of it filled with eight-pointed
    seals.
    """
    cell, out = 152, [rect(0, 0, 1600, 1067, k.ground)]
    for i in range(12):
        out.append(line(i * cell - 36, 0, i * cell - 36, 1067, k.tone2, 3))
        out.append(line(0, i * cell + 2, 1600, i * cell + 2, k.tone2, 3))

    def curves(cx: float, cy: float, n: int, step: float, ink: str, phase: float) -> None:
        for ring in range(1, n):
            points = []
            for j in range(160):
                a = math.tau * j / 160
                w = (
                    1
                    + 0.13 * math.sin(2 * a + phase)
                    + 0.07 * math.sin(3 * a - phase)
                    + 0.012 * ring * math.sin(a * 2)
                )
                points.append(
                    (cx + ring * step * w * math.cos(a), cy + ring * step * 0.82 * w * math.sin(a))
                )
            out.append(polygon(points, "none", ink, 8 if ring % 4 == 0 else 3.4))

    curves(1000, 470, 17, 50, k.fig, 0.6)
    out.append(circle(1000, 470, 20, k.acc))
    x, y = 3 * cell - 36 + cell, 3 * cell + 2
    box = cell * 2
    x, y = 3 * cell - 36, 3 * cell + 2
    inner = [rect(x, y, box, box, k.fig)]
    for i in range(3):
        for j in range(3):
            cx, cy = x + box * (i + 0.5) / 3, y + box * (j + 0.5) / 3
            inner.append(polygon(khatam(box / 6.1, cx, cy), k.acc if (i + j) % 2 == 0 else k.fig2))
            inner.append(polygon(khatam(box / 12, cx, cy, 22.5), k.lit))
    return (
        "".join(out)
        + "".join(inner)
        + rect(x, y, box, box, "none", k.ground, 8)
        + rect(x - 8, y - 8, box + 16, box + 16, "none", k.acc, 6)
    )


@emblem("fault")
def fault(k: Inks, rnd: random.Random) -> str:
    """Scene: a field of hexagons torn along one diagonal, one seismograph trace across it."""

    def half(dx: float, dy: float, inks: tuple[str, str, str]) -> str:
        out = []
        r = 62
        for i in range(-3, 20):
            for j in range(-3, 16):
                x, y = i * r * 1.732 + (j % 2) * r * 0.866 + dx, j * r * 1.5 + dy
                out.append(polygon(regular(6, r * 0.95, 30, x, y), inks[(i + j) % 2]))
                out.append(polygon(star(6, r * 0.62, r * 0.36, -90, x, y), inks[2]))
        return "".join(out)

    ax, bx = 1130, 470  # the fault at the top and at the foot
    left = f"M0 0H{ax - 14}L{bx - 14} 1067H0Z"
    right = f"M{ax + 14} 0H1600V1067H{bx + 14}Z"
    out = [
        rect(0, 0, 1600, 1067, k.dark),
        clipped(
            rect(0, 0, 1600, 1067, k.ground) + half(0, 0, (k.tone, k.tone2, k.ground)),
            path(left, "#000"),
            "fl",
        ),
        clipped(
            rect(0, 0, 1600, 1067, k.tone) + half(42, 66, (k.fig2, k.tone2, k.tone)),
            path(right, "#000"),
            "fr",
        ),
        path(f"M{ax} -5L{bx} 1072", "none", k.acc, 10),
    ]
    points = [(-10.0, 533.0)]
    x = 0.0
    while x < 1620:
        near = math.exp(-(((x - 800) / 210) ** 2))
        for s in (1, -1):
            x += 15
            points.append((x, 533 + s * (6 + 350 * near * rnd.uniform(0.55, 1))))
    trace = outline(points, False)
    return "".join(out) + path(trace, "none", k.ground, 26) + path(trace, "none", k.fig, 10)
