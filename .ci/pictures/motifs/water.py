"""Scenes of water and roads: rivers that fan out, a stepped canal, a winding course, a letter
over dunes, lanes.
"""

from __future__ import annotations

import random

from pictures import fields
from pictures.motifs.registry import emblem
from pictures.palette import Inks
from pictures.svg import (
    clipped,
    group,
    khatam,
    num,
    path,
    place,
    pointed_arch,
    polygon,
    rect,
)


@emblem("seven-channels")
def seven_channels(k: Inks, rnd: random.Random) -> str:
    """Scene: a broad stream reaches a gate and leaves it as seven channels over star tiles."""
    out = [fields.draw("inlay8", k, rnd, (1600, 1067), 1.05)]
    gx, gy = 1010, 400
    for j in range(7):
        end = 60 + j * 1400 / 6 - 180
        d = (
            f"M{gx - 60 + 20 * j} {gy}C{gx - 60 + 20 * j} {gy + 240} {num(end + 120)} {gy + 300}"
            f" {num(end)} 1090"
        )
        out.append(
            path(d, "none", k.ground, 46)
            + path(d, "none", k.acc, 30)
            + path(d, "none", k.lit, 3, stroke_dasharray="26 20")
        )
    stream = f"M{gx + 160} -30C{gx + 190} 120 {gx - 30} 190 {gx} {gy + 20}"
    out.append(path(stream, "none", k.ground, 184) + path(stream, "none", k.acc, 160))
    for s in (-45, -15, 15, 45):
        out.append(
            group(path(stream, "none", k.lit, 4, stroke_dasharray="70 34"), f"translate({s} 0)")
        )
    gate = (
        rect(-190, -96, 380, 190, k.fig)
        + path(pointed_arch(92, 0, 96, 84), k.acc)
        + path(pointed_arch(92, 0, 96, 84), "none", k.lit, 6)
        + "".join(polygon(khatam(22, x, -52), k.lit) for x in (-140, 140))
        + "".join(rect(-190 + 56 * i, -122, 34, 30, k.fig) for i in range(7))
        + "".join(rect(x - 34, -20, 68, 116, k.fig2) for x in (-148, 148))
    )
    return "".join(out) + place(gate, gx, gy - 30)


@emblem("winding-course")
def winding_course(k: Inks, rnd: random.Random) -> str:
    """Scene: a ribbon of chevrons winds from a crenellated palace to a small arch; its last
    piece differs.
    """
    out = [
        rect(0, 0, 1600, 1067, k.ground),
        group(fields.draw("lines6", k, rnd, (1600, 1067), 1.1), opacity=0.55),
    ]
    _start, _turns = (1290, 300), []
    d = (
        "M1270 330C1000 330 1180 560 900 520C620 480 600 260 380 330C140 410 250 640 470 640C760"
        " 640 760 800 560 830"
    )
    last = "M560 830C480 842 470 905 560 918C700 938 820 905 1000 870"
    out.append(path(d, "none", k.ground, 112) + path(last, "none", k.ground, 112))
    out.append(
        path(d, "none", k.fig2, 84, stroke_linecap="butt")
        + path(d, "none", k.lit, 50, stroke_dasharray="10 30", stroke_linecap="butt")
        + path(d, "none", k.fig, 6)
    )
    out.append(
        path(last, "none", k.acc, 84, stroke_linecap="butt")
        + path(last, "none", k.lit, 50, stroke_dasharray="10 30", stroke_linecap="butt")
    )
    palace = (
        rect(-190, -70, 380, 220, k.fig)
        + "".join(rect(-190 + 60 * i, -104, 36, 40, k.fig) for i in range(7))
        + "".join(
            path(
                pointed_arch(26, 0, 70, 40),
                k.acc if i == 2 else k.lit,
                transform=f"translate({-120 + 60 * i} 30)",
            )
            for i in range(5)
        )
    )
    palace += (
        "".join(
            rect(x - 36, -170, 72, 320, k.fig)
            + polygon([(x - 46, -170), (x, -250), (x + 46, -170)], k.fig2)
            for x in (-190, 190)
        )
        + path("M-70 -104A70 78 0 0 1 70 -104Z", k.fig2)
        + rect(-3, -220, 6, 50, k.fig2)
    )
    box = (
        path(pointed_arch(74, -10, 110, 92), k.fig)
        + path(pointed_arch(50, -6, 110, 66), k.acc)
        + rect(-92, 96, 184, 18, k.fig)
    )
    return "".join(out) + place(palace, 1180, 250, 0.95) + place(box, 1050, 800, 1.25)


@emblem("lanes")
def lanes(k: Inks, rnd: random.Random) -> str:
    """Scene: eight lanes narrow toward a far point; a stair of squares descends across them."""
    vx, vy = 1000, 190
    out = [
        rect(0, 0, 1600, 1067, k.ground),
        clipped(fields.draw("girih8", k, rnd, (1600, 190), 0.7), rect(0, 0, 1600, vy), "sky"),
        rect(0, vy - 12, 1600, 14, k.acc),
    ]
    feet = [-900 + j * 3400 / 8 for j in range(9)]
    top = [vx - 120 + j * 30 for j in range(9)]
    for j in range(8):
        ink = (k.fig2, k.tone2)[j % 2]
        out.append(
            polygon([(top[j], vy), (top[j + 1], vy), (feet[j + 1], 1080), (feet[j], 1080)], ink)
        )
    for j in range(9):
        out.append(
            polygon(
                [(top[j] - 1, vy), (top[j] + 1, vy), (feet[j] + 9, 1080), (feet[j] - 9, 1080)],
                k.lit,
            )
        )
    for i in range(9):
        s = 118 - i * 2
        x, y = 300 + i * 112, 250 + i * 74
        out.append(rect(x, y, s, s, k.fig if i < 8 else k.acc, k.ground, 8))
        out.append(polygon(khatam(s * 0.28, x + s / 2, y + s / 2), k.acc if i < 8 else k.lit))
    return "".join(out)
