"""Scenes of firms and work: growth rings with joints, an uneven loom, threads to one cloth."""

from __future__ import annotations

import math
import random

from pictures.motifs.registry import emblem
from pictures.palette import Inks
from pictures.svg import (
    blade,
    circle,
    khatam,
    line,
    num,
    path,
    place,
    pointed_arch,
    polar,
    polygon,
    polyline,
    rect,
    star,
)


@emblem("growth-rings")
def growth_rings(k: Inks, rnd: random.Random) -> str:
    """Scene: a tree's rings drawn as beams, each with its own carpenter's joint."""
    cx, cy = 930, 560
    out = [rect(0, 0, 1600, 1067, k.ground)]
    radii = [1240, 1090, 940, 800, 670, 545, 430, 325, 230, 145]
    inks = (k.tone2, k.fig2, k.tone, k.acc, k.tone2, k.fig2, k.tone, k.fig, k.tone2, k.fig2)
    for n, (r, ink) in enumerate(zip(radii, inks, strict=False)):
        wob = [(2, rnd.uniform(0, 6), 0.012), (3, rnd.uniform(0, 6), 0.010)]
        pts = []
        for j in range(200):
            a = math.tau * j / 200
            rr = r * (1 + sum(m * math.sin(f * a + p) for f, p, m in wob))
            pts.append((cx + rr * math.cos(a), cy + rr * math.sin(a) * 0.97))
        out.append(polygon(pts, ink, k.ground, 9))
        inner = radii[n + 1] if n + 1 < len(radii) else 60
        out.append(
            polygon(
                [(cx + (x - cx) * 0.955, cy + (y - cy) * 0.955) for x, y in pts],
                "none",
                k.ground,
                2.4,
            )
        )
        mid = (r + inner) / 2
        w = (r - inner) * 0.5
        for q in range(3):
            a = 118 * n + 120 * q + 20
            kind = n % 4
            x, y = polar(mid, a, cx, cy)
            knot = circle(0, 0, w * 0.94, k.ground)
            knot += (
                polygon(
                    [
                        (-w * 0.7, -w * 0.7),
                        (w * 0.7, -w * 0.7),
                        (w * 0.3, 0),
                        (w * 0.7, w * 0.7),
                        (-w * 0.7, w * 0.7),
                        (-w * 0.3, 0),
                    ],
                    k.fig,
                ),
                polygon(khatam(w * 0.76), k.fig) + circle(0, 0, w * 0.28, k.acc),
                rect(-w * 0.74, -w * 0.3, w * 1.48, w * 0.6, k.fig)
                + rect(-w * 0.3, -w * 0.74, w * 0.6, w * 1.48, k.fig)
                + circle(0, 0, w * 0.2, k.acc),
                polygon([(0, -w * 0.82), (w * 0.82, 0), (0, w * 0.82), (-w * 0.82, 0)], k.fig)
                + polygon([(0, -w * 0.4), (w * 0.4, 0), (0, w * 0.4), (-w * 0.4, 0)], k.acc),
            )[kind]
            out.append(place(knot, x, y, 1, a))
    return (
        "".join(out)
        + circle(cx, cy, 62, k.ground)
        + polygon(khatam(52, cx, cy), k.acc)
        + polygon(khatam(26, cx, cy, 22.5), k.ground)
    )


@emblem("uneven-loom")
def uneven_loom(k: Inks, rnd: random.Random) -> str:
    """Scene: five horizontal bars like loom threads; one, too thick, pulls the pattern askew."""
    out = [rect(0, 0, 1600, 1067, k.ground)]
    for i in range(54):
        x = i * 30 + 10
        pull = 120 * math.exp(-(((x - 980) / 240) ** 2))
        f"M{x} -10C{x} 200 {num(x + (980 - x) * 0.0)} 330 {x} {num(420)}S{x} 800 {x} 1080"
        bend = [
            (x + (1 if x < 980 else -1) * -pull * math.exp(-(((y - 600) / 150) ** 2)), y)
            for y in range(-10, 1090, 50)
        ]
        out.append(polyline(bend, k.tone2 if i % 4 else k.fig2, 7 if i % 4 else 10))
    for n, (y, h, ink) in enumerate(
        (
            (120, 66, k.fig2),
            (300, 66, k.fig),
            (590, 210, k.acc),
            (840, 66, k.fig),
            (990, 66, k.fig2),
        )
    ):
        top, foot = [], []
        for i in range(81):
            x = i * 20
            bulge = math.exp(-(((x - 980) / 330) ** 2))
            if n == 2:
                t = 40 + (h / 2) * bulge
                shift = 0.0
            else:
                t = h / 2
                shift = (-1 if y < 590 else 1) * 74 * bulge * (1 if n in (1, 3) else 0.42)
            top.append((x, y + shift - t))
            foot.append((x, y + shift + t))
        out.append(polygon(top + foot[::-1], ink, k.ground, 8))
        for i in range(2, 80, 4):
            (x, y0), (_, y1) = top[i], foot[i]
            m, r = (y0 + y1) / 2, (y1 - y0) * 0.30
            out.append(
                polygon(
                    [(x, m - r), (x + min(r, 34), m), (x, m + r), (x - min(r, 34), m)],
                    k.lit if n == 2 else k.ground,
                )
            )
            if n == 2:
                out.append(
                    polygon(
                        [
                            (x, m - r * 0.5),
                            (x + min(r, 34) * 0.5, m),
                            (x, m + r * 0.5),
                            (x - min(r, 34) * 0.5, m),
                        ],
                        k.acc2,
                    )
                )
    return "".join(out)


@emblem("threads-to-cloth")
def threads_to_cloth(k: Inks, rnd: random.Random) -> str:
    """Scene: twenty-eight equal threads converge on one small square of checked cloth."""
    cx, cy, s = 960, 520, 168
    out = [rect(0, 0, 1600, 1067, k.ground), circle(cx, cy, 430, k.tone)]
    for j in range(28):
        side, q = divmod(j, 7)
        u = -s + s * 2 * (q + 0.5) / 7
        inner = ((cx + u, cy - s), (cx + s, cy + u), (cx - u, cy + s), (cx - s, cy - u))[side]
        a = 360 * (j - 3) / 28 - 90
        outer = polar(1500, a, cx, cy)
        ctrl = polar(330, a, cx, cy)
        ink = (k.fig, k.acc, k.fig2)[j % 3]
        nx, ny = ((0, -1), (1, 0), (0, 1), (-1, 0))[side]
        d = (
            f"M{num(inner[0])} {num(inner[1])}C{num(inner[0] + nx * 110)}"
            f" {num(inner[1] + ny * 110)} {num(ctrl[0])} {num(ctrl[1])} {num(outer[0])}"
            f" {num(outer[1])}"
        )
        out.append(path(d, "none", k.ground, 26) + path(d, "none", ink, 16))
    out.append(rect(cx - s - 12, cy - s - 12, 2 * s + 24, 2 * s + 24, k.fig))
    c = 2 * s / 7
    for i in range(7):
        for j in range(7):
            x, y = cx - s + i * c, cy - s + j * c
            out.append(
                rect(
                    x,
                    y,
                    c,
                    c,
                    (k.lit, k.acc, k.fig2)[(i + j) % 2 + (1 if (i % 2 and j % 2) else 0)],
                )
            )
            out.append(
                "".join(
                    (
                        line(
                            x + 8 + 12 * m, y + 5, x + 8 + 12 * m, y + c - 5, k.fig, 2, opacity=0.45
                        )
                        if (i + j) % 2
                        else line(
                            x + 5, y + 8 + 12 * m, x + c - 5, y + 8 + 12 * m, k.fig, 2, opacity=0.45
                        )
                    )
                    for m in range(4)
                )
            )
    return "".join(out)


@emblem("chord-meeting")
def chord_meeting(k: Inks, rnd: random.Random) -> str:
    """Twelve seats round a table, every pair joined by a chord."""
    seats = [polar(66, 30 * j - 90) for j in range(12)]
    out = [circle(0, 0, 68, k.tone)]
    for i in range(12):
        for j in range(i + 1, 12):
            gap = min(j - i, 12 - j + i)
            out.append(
                line(
                    *seats[i],
                    *seats[j],
                    k.acc if gap == 5 else k.fig2 if gap % 2 else k.fig,
                    (0, 2, 1, 1.2, 1, 1.8, 1)[gap],
                )
            )
    out.append(
        polygon(star(12, 22, 16), k.ground)
        + polygon(star(12, 17, 11), k.acc)
        + circle(0, 0, 5, k.ground)
    )
    for j in range(12):
        a = 30 * j - 90
        out.append(place(path(blade(27, 17), k.fig) + circle(13, 0, 4, k.acc), *polar(71, a), 1, a))
        out.append(circle(*polar(66, a), 4, k.lit, k.fig, 1.4))
    return "".join(out)


@emblem("open-alternative")
def open_alternative(k: Inks, rnd: random.Random) -> str:
    """Two crescents interlock; the gap between them has the shape of an open door."""
    out = [
        path("M-8 -86A72 86 0 1 0 -8 86A92 104 0 0 1 -8 -86Z", k.fig),
        path("M8 -86A72 86 0 1 1 8 86A92 104 0 0 0 8 -86Z", k.acc),
    ]
    for s, ink in ((-1, k.ground), (1, k.ground)):
        out += [
            polygon(khatam(6.5 - abs(j) * 0.8, s * (66 - j * j * 1.5), j * 21), ink)
            for j in range(-3, 4)
        ]
    out.append(
        path(pointed_arch(33, -14, 66, 44), k.ground)
        + path(pointed_arch(30, -14, 66, 40), k.lit if not k.is_dark else k.tone2, k.fig2, 2)
    )
    out.append(
        polygon([(-30, -12), (-30, 66), (-6, 80), (-6, -30)], k.fig2)
        + circle(-11, 28, 2.6, k.ground)
        + path("M-4 66L26 66L14 90L-4 82Z", k.fig2, opacity=0.45)
    )
    return "".join(out)
