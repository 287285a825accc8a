"""Scenes of building: the clock of windows, braced walls, mud towers."""

from __future__ import annotations

import random

from pictures import fields
from pictures.border import strip
from pictures.motifs.registry import emblem
from pictures.palette import Inks
from pictures.svg import (
    circle,
    group,
    khatam,
    line,
    num,
    path,
    place,
    pointed_arch,
    polygon,
    rect,
)


@emblem("thirteen-windows")
def thirteen_windows(k: Inks, rnd: random.Random) -> str:
    """Scene: a carved wooden front with thirteen arched windows in a row; one is open, a ball
    falls to a bowl.
    """
    out = [
        fields.draw("girih8", k, rnd, (1600, 1067), 0.72),
        rect(0, 190, 1600, 590, k.fig),
        rect(0, 214, 1600, 542, k.tone2),
    ]
    out.append(
        group(strip("lotus", 1600, 74, k), "translate(0 116)")
        + group(strip("seals", 1600, 64, k), "translate(0 716)")
    )
    p = 1600 / 13
    opened = 8
    for i in range(13):
        x = (i + 0.5) * p
        hit = i == opened
        out.append(rect(x - p * 0.47, 224, p * 0.94, 480, k.tone))
        out.append(
            path(pointed_arch(p * 0.40, 420, 690, 120), k.fig, transform=f"translate({num(x)} 0)")
        )
        out.append(
            path(
                pointed_arch(p * 0.32, 424, 690, 96),
                k.acc if hit else k.fig2,
                transform=f"translate({num(x)} 0)",
            )
        )
        if not hit:
            out.append(
                rect(x - 2.5, 340, 5, 350, k.fig)
                + "".join(
                    polygon(khatam(15, x + dx, y), k.fig)
                    for dx in (-20, 20)
                    for y in (470, 540, 610, 665)
                )
            )
        else:
            out.append(
                polygon(
                    [
                        (x - p * 0.32, 424),
                        (x - p * 0.32, 690),
                        (x - p * 0.74, 722),
                        (x - p * 0.74, 430),
                    ],
                    k.fig,
                )
                + polygon(khatam(15, x - p * 0.53, 560), k.acc)
            )
        out.append(polygon(khatam(24, x, 258), k.fig2) + polygon(khatam(11, x, 258, 22.5), k.fig))
    bx = (opened + 0.5) * p
    out.append("".join(circle(bx + 6, 640 + 62 * j, 7 + j * 1.5, k.acc) for j in range(4)))
    out.append(circle(bx + 6, 872, 38, k.ground) + circle(bx + 6, 872, 31, k.acc))
    bowl = path("M-190 0H190C182 96 96 128 0 128S-182 96 -190 0Z", k.ground, k.ground, 22) + path(
        "M-190 0H190C182 96 96 128 0 128S-182 96 -190 0Z", k.fig
    )
    bowl += path("M-168 30H168", "none", k.acc, 9) + "".join(
        polygon(khatam(19, x, 66), k.acc) for x in range(-110, 111, 55)
    )
    return "".join(out) + place(bowl, bx + 6, 920)


@emblem("braced-wall")
def braced_wall(k: Inks, rnd: random.Random) -> str:
    """Scene: a calm grid of equal wall panels, each braced within by a cross of thin timbers."""
    out, w, h = [rect(0, 0, 1600, 1067, k.fig)], 300, 300
    for i in range(-1, 6):
        for j in range(-1, 4):
            x, y = i * w + 20, j * h + 60
            lit = (i, j) == (3, 1)
            face = k.acc if lit else (k.ground, k.tone, k.ground, k.tone2)[(i * 2 + j * 3) % 4]
            out.append(rect(x + 12, y + 12, w - 24, h - 24, face))
            timber = k.fig if not lit else k.lit
            out.append(
                line(x + 24, y + 24, x + w - 24, y + h - 24, timber, 15, stroke_linecap="butt")
                + line(x + w - 24, y + 24, x + 24, y + h - 24, timber, 15, stroke_linecap="butt")
            )
            out.append(
                polygon(khatam(40, x + w / 2, y + h / 2), timber)
                + polygon(khatam(24, x + w / 2, y + h / 2, 22.5), face)
                + circle(x + w / 2, y + h / 2, 8, timber)
            )
            out += [circle(x + dx, y + dy, 5, timber) for dx in (34, w - 34) for dy in (34, h - 34)]
    shade = polygon([(0, 0), (560, 0), (140, 1067), (0, 1067)], k.dark, opacity=0.18)
    return "".join(out) + shade


@emblem("mud-towers")
def mud_towers(k: Inks, rnd: random.Random) -> str:
    """Scene: rows of tapering earth towers with white crowns and lattice windows, close behind
    one wall.
    """
    out = [
        rect(0, 0, 1600, 1067, k.ground),
        circle(1090, 300, 250, k.tone),
        circle(1090, 300, 190, k.acc),
    ]
    rows = (
        (430, (k.tone2, k.tone2), 100, 7, 0.7),
        (560, (k.fig2, k.tone2), 126, 9, 0.85),
        (700, (k.fig, k.fig2), 150, 11, 1.0),
    )
    for n, (foot, (ink, other), w, _floors, s) in enumerate(rows):
        x = -40 - n * 33
        i = 0
        while x < 1640:
            wide = w * rnd.uniform(0.85, 1.2)
            tall = (360 + n * 80) * rnd.uniform(0.72, 1.08)
            base = foot + 240
            top = base - tall
            t = wide * 0.085
            body = ink if i % 2 else (other if n < 2 else k.fig)
            out.append(
                polygon(
                    [(x, base), (x + t, top), (x + wide - t, top), (x + wide, base)],
                    body,
                    k.ground,
                    4,
                )
            )
            crown = tall * 0.17
            out.append(
                polygon(
                    [
                        (x + t * 0.85, top + crown),
                        (x + t, top - 4),
                        (x + wide - t, top - 4),
                        (x + wide - t * 0.85, top + crown),
                    ],
                    k.lit if n == 2 else k.ground,
                )
            )
            out.append(
                "".join(
                    polygon(
                        [
                            (x + t + j * (wide - 2 * t) / 4, top - 2),
                            (x + t + (j + 0.5) * (wide - 2 * t) / 4, top - 20 * s),
                            (x + t + (j + 1) * (wide - 2 * t) / 4, top - 2),
                        ],
                        k.lit if n == 2 else k.ground,
                    )
                    for j in range(4)
                )
            )
            y = top + crown + 22
            while y < base - 40:
                for c in (0.3, 0.7):
                    wx = x + wide * c
                    ww = wide * 0.13
                    out.append(
                        path(
                            pointed_arch(ww / 1.3, y + 12 * s, y + 38 * s, 14 * s),
                            k.lit if n == 2 else k.ground,
                            transform=f"translate({num(wx)} 0)",
                        )
                    )
                    if n == 2:
                        out.append(
                            line(wx, y, wx, y + 38, k.fig, 2)
                            + line(wx - ww * 0.7, y + 22, wx + ww * 0.7, y + 22, k.fig, 2)
                        )
                y += 66 * s
            x += wide + 5
            i += 1
    out.append(
        rect(0, 900, 1600, 170, k.fig2)
        + rect(0, 888, 1600, 16, k.lit)
        + "".join(
            polygon([(i * 80, 890), (i * 80 + 22, 852), (i * 80 + 44, 890)], k.lit)
            for i in range(21)
        )
    )
    out.append(
        "".join(
            path(f"M{i * 64 + (j % 2) * 32} {930 + 34 * j}h50", "none", k.fig, 5)
            for i in range(-1, 26)
            for j in range(4)
        )
    )
    gate = path(pointed_arch(62, 940, 1070, 74), k.lit) + path(
        pointed_arch(46, 944, 1070, 58), k.fig
    )
    return "".join(out) + group(gate, "translate(900 0)")
