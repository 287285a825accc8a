"""Scenes of wind and sea: the storm of names, two monsoons, braided cables."""

from __future__ import annotations

import math
import random

from pictures.motifs.registry import emblem
from pictures.palette import Inks
from pictures.svg import (
    circle,
    group,
    khatam,
    num,
    path,
    place,
    pointed_arch,
    polygon,
    polyline,
    rect,
)


@emblem("name-storm")
def name_storm(k: Inks, rnd: random.Random) -> str:
    """Scene: small overlapping tags wind in a spiral into an empty eye."""
    cx, cy = 985, 520
    out = [rect(0, 0, 1600, 1067, k.ground)]
    for ring in range(12):
        out.append(circle(cx, cy, 150 + ring * 92, "none", k.tone, 26))
    tags = []
    for arm in range(3):
        for lane in range(5):
            for j in range(34):
                t = (j + 0.5 * (lane % 2)) / 33.5
                r = (150 + 1050 * t**1.25) * (1 + (lane - 2) * 0.088)
                a = math.radians(120 * arm) + 4.4 * (1 - t) ** 1.05 + (lane - 2) * 0.085
                if abs(lane - 2) > 1 and (t < 0.12 or t > 0.9):
                    continue
                ink = (k.fig, k.fig2, k.tone2, k.fig, k.acc)[(j + arm * 2 + lane * 3) % 5]
                tags.append(
                    (
                        r,
                        cx + r * math.cos(a),
                        cy + r * math.sin(a),
                        math.degrees(a) + 58,
                        0.42 + 1.0 * t,
                        ink,
                    )
                )
    tag = "M-46 -24H30L50 0L30 24H-46Z"
    for _, x, y, a, s, ink in sorted(tags, reverse=True):
        if -120 < x < 1720 and -120 < y < 1190:
            mark = k.ground if ink in (k.fig, k.acc, k.fig2) else k.fig
            out.append(
                place(
                    path(tag, ink, k.ground, 4)
                    + circle(30, 0, 6, mark)
                    + polygon(khatam(11, -22, 0), mark),
                    x,
                    y,
                    s,
                    a,
                )
            )
    return (
        "".join(out)
        + circle(cx, cy, 112, k.ground)
        + circle(cx, cy, 98, "none", k.fig2, 4)
        + circle(cx, cy, 80, "none", k.acc, 4)
    )


@emblem("two-monsoons")
def two_monsoons(k: Inks, rnd: random.Random) -> str:
    """Scene: two mirrored fans of wind lines meet at a small domed arcade."""
    cx, base = 830, 800
    out = [rect(0, 0, 1600, 1067, k.ground)]
    for side, ink, other in ((1, k.fig2, k.tone2), (-1, k.acc, k.acc2)):
        for j in range(15):
            t = j / 14
            ex = cx + side * (1000 - 120 * t)
            ey = -160 + 1050 * t
            d = (
                f"M{cx + side * 60} {base - 90}C{num(cx + side * (180 + 160 * t))}"
                f" {num(base - 560 + 460 * t)} {num(cx + side * 560)} {num(ey - 180 + 150 * t)}"
                f" {num(ex)} {num(ey)}"
            )
            out.append(path(d, "none", ink if j % 3 else other, 15 - 7 * abs(t - 0.5)))
    out.append(rect(0, base + 90, 1600, 190, k.fig))
    for j in range(4):
        y = base + 124 + j * 40
        out.append(path(f"M{-30 + j * 22} {y}" + "q25 -18 50 0t50 0" * 17, "none", k.fig2, 5))
    arcade = rect(-300, -60, 600, 150, k.lit) + rect(-316, -78, 632, 22, k.fig)
    for i in range(5):
        x = -236 + 118 * i
        arcade += path(pointed_arch(38, 6, 90, 44), k.fig, transform=f"translate({x} 0)")
        if i % 2 == 0:
            arcade += (
                path(f"M{x - 62} -78A62 66 0 0 1 {x + 62} -78Z", k.lit, k.fig, 6)
                + rect(x - 3, -172, 6, 32, k.fig)
                + polygon(khatam(10, x, -176), k.acc)
            )
    arcade += (
        path("M-150 -78A150 150 0 0 1 150 -78Z", k.lit, k.fig, 8)
        + polygon(khatam(46, 0, -136), k.fig2)
        + polygon(khatam(24, 0, -136, 22.5), k.lit)
    )
    arcade += (
        rect(-4, -280, 8, 60, k.fig)
        + polygon(khatam(17, 0, -286), k.acc)
        + rect(-330, 88, 660, 14, k.acc)
    )
    return (
        "".join(out)
        + circle(cx, base - 60, 360, k.ground, None, 0, opacity=0.0)
        + place(arcade, cx, base, 1.2)
    )


@emblem("braided-cables")
def braided_cables(k: Inks, rnd: random.Random) -> str:
    """Scene: thin parallel strands run braided between bands of waves and gather in one knot at
    the surface.
    """
    from_y = 300
    out = [rect(0, 0, 1600, 1067, k.ground), circle(1040, 250, 170, k.tone)]
    for n, ink in enumerate((k.tone, k.tone2, k.tone, k.tone2, k.tone, k.tone2)):
        y = from_y + n * 130
        d = f"M0 1090V{y}"
        for x in range(0, 1640, 20):
            d += f"L{x} {num(y + 26 * math.sin(x / 118 + n * 1.9))}"
        out.append(path(d + "L1620 1090Z", ink))
    kx, ky = 1040, 330
    strands = []
    for s in range(9):
        points = []
        for i in range(221):
            t = i / 220
            x = -40 + (kx + 40) * t
            spread = 16 * (s - 4) * (1 - 0.3 * t)
            y = (
                900
                - 570 * t**2.1
                + 44 * math.sin(t * 15 + (s % 3) * 2.094) * (1 - t) ** 0.35
                + spread * (1 - t**6)
            )
            points.append((x, y))
        for i in range(1, 121):
            t = i / 120
            x = kx + 640 * t
            y = (
                ky
                + 480 * t**0.8
                + 44 * math.sin(t * 11 + (s % 3) * 2.094) * t**0.5
                + 16 * (s - 4) * min(1, t * 3)
            )
            points.append((x, y))
        strands.append(points)
    for s in (1, 4, 7, 0, 3, 6, 2, 5, 8):
        out.append(
            polyline(strands[s], k.ground, 15)
            + polyline(strands[s], (k.acc, k.fig, k.fig2)[s % 3], 8)
        )
    knot = circle(0, 0, 128, k.ground) + circle(0, 0, 116, "none", k.fig, 8)
    for j in range(4):
        knot += group(
            path("M-88 -34C-40 -96 40 -96 88 -34C40 28 -40 28 -88 -34Z", "none", k.ground, 26)
            + path(
                "M-88 -34C-40 -96 40 -96 88 -34C40 28 -40 28 -88 -34Z",
                "none",
                (k.acc, k.fig, k.fig2, k.acc)[j],
                13,
            ),
            f"rotate({90 * j}) scale(.86)",
        )
    return "".join(out) + place(
        knot + polygon(khatam(30), k.acc) + polygon(khatam(15, 0, 0, 22.5), k.ground), kx, ky, 1.35
    )
