"""Scenes of water and roads: rivers that fan out, a stepped canal, a winding course, a letter
over dunes, lanes.
"""

from __future__ import annotations

import random

from pictures import fields
from pictures.motifs.registry import emblem
from pictures.palette import Inks
from pictures.svg import (
    circle,
    clipped,
    group,
    khatam,
    line,
    num,
    outline,
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


@emblem("stepped-canal")
def stepped_canal(k: Inks, rnd: random.Random) -> str:
    """Scene: lattice-window geometry crossed from top to foot by a stepped ribbon of water."""
    out = [rect(0, 0, 1600, 1067, k.ground)]
    s = 118
    lattice = ""
    for i in range(15):
        for j in range(11):
            x, y = i * s - 30, j * s - 40
            lattice += outline([(x, y), (x + s, y), (x + s, y + s), (x, y + s)])
            c, q = s / 2, s * 0.24
            lattice += outline(
                [(x + q, y + q), (x + s - q, y + q), (x + s - q, y + s - q), (x + q, y + s - q)]
            )
            for px, py, qx, qy in ((c, 0, c, q), (c, s - q, c, s), (0, c, q, c), (s - q, c, s, c)):
                lattice += outline([(x + px, y + py), (x + qx, y + qy)], False)
    out.append(path(lattice, "none", k.fig2, 7, stroke_linejoin="miter"))
    steps, w, h = 6, 190, 178
    _pts_top, y = [], -5.0
    for n in range(steps):
        x = 1150 - n * 118
        out.append(rect(x - 22, n * h - 22, w + 162, h + 44, k.ground))
    for n in range(steps):
        x, y = 1150 - n * 118, n * h
        out.append(rect(x, y, w + 118, h + (2 if n < 5 else 30), k.acc))
        for q in range(4):
            yy = y + 34 + q * 36
            out.append(path(f"M{x + 24} {yy}" + "q16 -14 32 0t32 0" * 4, "none", k.lit, 4.5))
    for n in range(1, steps):
        x, y = 1150 - n * 118, n * h
        out.append(
            rect(x + 100, y - 15, w + 60, 30, k.fig)
            + path(
                f"M{x + 118} {y - 24}L{x + 222} {y + 2}L{x + 326} {y - 24}",
                "none",
                k.fig,
                12,
                stroke_linejoin="miter",
            )
        )
    boat = (
        path("M-70 0C-50 34 50 34 76 -6L52 2H-46Z", k.fig)
        + rect(-5, -86, 8, 90, k.fig)
        + path("M3 -84C44 -70 46 -34 40 -10H3Z", k.lit)
        + "".join(
            path(f"M3 {-66 + 18 * i}L{38 + i * 2} {-58 + 16 * i}", "none", k.fig, 3)
            for i in range(3)
        )
    )
    return "".join(out) + place(boat, 930, 500, 1.15)


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


@emblem("letter-over-dunes")
def letter_over_dunes(k: Inks, rnd: random.Random) -> str:
    """Scene: a folded paper ribbon crosses chevron dunes between two eight-pointed stars."""
    out = [
        rect(0, 0, 1600, 1067, k.ground),
        circle(1130, 300, 210, k.tone),
        circle(1130, 300, 150, k.lit),
    ]
    inks = (k.tone2, k.fig2, k.tone2, k.fig2, k.fig)
    for row in range(5):
        y, step = 470 + row * 120, 150 + row * 40
        ink = inks[row]
        points, x, up = [(-50.0, 1100.0)], -80.0 - row * 60, True
        while x < 1700:
            points.append((x, y + (0 if up else step * 0.36)))
            x, up = x + step * (0.62 if up else 0.38), not up
        out.append(polygon([*points, (1700, 1100)], ink, k.ground, 5, stroke_linejoin="miter"))
    ribbon = [(300, 700), (520, 540), (640, 690), (900, 470), (1010, 600), (1260, 360)]
    for n, ((x0, y0), (x1, y1)) in enumerate(zip(ribbon, ribbon[1:], strict=False)):
        face = k.lit if n % 2 == 0 else k.acc
        out.append(polygon([(x0, y0), (x1, y1), (x1, y1 + 150), (x0, y0 + 150)], face, k.dark, 4))
        if n % 2 == 0:
            for q in range(4):
                t = 34 + q * 28
                out.append(line(x0 + 24, y0 + t - 14 + (0), x1 - 24, y1 + t + 14, k.fig2, 5))
    for x, y in ((270, 770), (1290, 400)):
        out.append(
            polygon(khatam(84, x, y), k.fig)
            + polygon(khatam(64, x, y, 22.5), k.acc)
            + polygon(khatam(34, x, y), k.lit)
        )
    return "".join(out)


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
