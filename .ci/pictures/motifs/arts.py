"""Emblems of film, music and court games: the film spiral, the oud, the polo blazon."""

from __future__ import annotations

import math
import random

from pictures.motifs.registry import emblem
from pictures.palette import Inks
from pictures.rosette import rose
from pictures.svg import (
    circle,
    clipped,
    group,
    khatam,
    line,
    outline,
    path,
    place,
    polygon,
    polyline,
    rect,
    star,
    wedge,
)


@emblem("film-spiral")
def film_spiral(k: Inks, rnd: random.Random) -> str:
    """Scene: a spiral strip of square frames, one star turning in each, wound into a two-bladed
    shutter.
    """
    cx, cy = 940, 540
    out = [rect(0, 0, 1600, 1067, k.ground)]
    turns, r0, r1 = 2.55, 250, 1080

    def at(t: float, off: float = 0) -> tuple[float, float]:
        a = math.tau * turns * t + 0.5
        r = r0 + (r1 - r0) * t**1.05 + off
        return cx + r * math.cos(a), cy + r * math.sin(a)

    film = [at(i / 600) for i in range(601)]
    out.append(polyline(film, k.dark if not k.is_dark else k.fig2, 236))
    t, n = 0.0, 0
    while t < 1:
        x, y = at(t)
        x2, y2 = at(t + 0.002)
        a = math.degrees(math.atan2(y2 - y, x2 - x))
        face = k.lit if n % 5 else k.acc
        cell = rect(-74, -74, 148, 148, face, r=8)
        cell += group(
            polygon(khatam(58), k.dark)
            + polygon(star(8, 40, 17), k.acc if n % 5 else k.lit)
            + circle(0, 0, 8, k.dark),
            f"rotate({n * 7.5})",
        )
        for s in (-1, 1):
            cell += "".join(
                rect(-62 + 46 * q, s * 98 - 11, 26, 22, k.ground, r=4) for q in range(3)
            )
        out.append(place(cell, x, y, 1, a))
        r = r0 + (r1 - r0) * t
        t += 172 / (math.tau * turns * r + (r1 - r0) * 0.2)
        n += 1
    out.append(
        circle(cx, cy, 172, k.ground) + circle(cx, cy, 158, k.dark) + circle(cx, cy, 148, k.fig2)
    )
    out.append(
        path(wedge(22, 146, -45, 45, cx, cy), k.dark)
        + path(wedge(22, 146, 135, 225, cx, cy), k.dark)
    )
    return "".join(out) + circle(cx, cy, 34, k.acc) + circle(cx, cy, 12, k.dark)


@emblem("oud-face")
def oud_face(k: Inks, rnd: random.Random) -> str:
    """The face of an oud: pear-shaped, three pierced roundels, eleven strings."""
    body = "M-6 -62C-34 -48 -62 -8 -60 36C-58 76 -30 98 0 98C30 98 58 76 60 36C62 -8 34 -48 6 -62Z"
    inner = "M-5 -54C-29 -42 -54 -6 -52 36C-50 70 -26 90 0 90C26 90 50 70 52 36C54 -6 29 -42 5 -54Z"
    out = [
        polygon([(-9, -98), (9, -98), (8, -40), (-8, -40)], k.fig),
        polygon([(-11, -84), (11, -84), (18, -112), (-5, -112)], k.fig2),
    ]
    out += [
        "".join(
            line(-13, -92 - 5 * i, -24, -94 - 5 * i, k.fig2, 3)
            + line(15, -92 - 5 * i, 26, -94 - 5 * i, k.fig2, 3)
            for i in range(4)
        )
    ]
    out.append(path(body, k.fig) + path(inner, k.lit if not k.is_dark else k.fig2))
    mesh = "".join(
        outline([(x - 8, y), (x, y - 12), (x + 8, y), (x, y + 12)])
        for x in range(-64, 65, 16)
        for y in range(-60, 100, 24)
    )
    out.append(clipped(path(mesh, "none", k.acc, 0.7, opacity=0.6), path(inner, "#000"), "oudmesh"))
    for x, y, r in ((0, 4, 22), (-27, 44, 11), (27, 44, 11)):
        out.append(
            circle(x, y, r + 2.4, k.acc)
            + circle(x, y, r, k.fig if not k.is_dark else k.dark)
            + place(
                rose(
                    12 if r > 15 else 8,
                    r * 0.92,
                    k,
                    k.acc,
                    k.lit,
                    k.fig if not k.is_dark else k.dark,
                ),
                x,
                y,
            )
        )
    out.append(rect(-30, 70, 60, 7, k.fig, r=3))
    out += [
        line(-5 + i, -96, -20 + 4 * i, 72, k.dark if not k.is_dark else k.lit, 0.9)
        for i in range(11)
    ]
    return "".join(out)


@emblem("polo-blazon")
def polo_blazon(k: Inks, rnd: random.Random) -> str:
    """A round Mamluk blazon: two crossed curved mallets and two balls."""
    out = [
        circle(0, 0, 98, k.fig),
        circle(0, 0, 92, "none", k.acc, 2),
        path("M-87 -27A91 91 0 0 1 87 -27Z", k.fig2),
        path("M-80 44A91 91 0 0 0 80 44Z", k.fig2),
        rect(-91, -27, 182, 71, k.lit),
    ]
    out = [
        circle(0, 0, 98, k.fig),
        clipped(
            rect(-100, -100, 200, 70, k.fig2)
            + rect(-100, -30, 200, 66, k.lit)
            + rect(-100, 36, 200, 70, k.fig2)
            + rect(-100, -33, 200, 4, k.fig)
            + rect(-100, 34, 200, 4, k.fig),
            circle(0, 0, 91),
            "blazon",
        ),
    ]
    mallet = (
        path("M-52 74L38 -52C50 -70 72 -64 70 -46", "none", k.ground if k.is_dark else k.lit, 17)
        + path("M-52 74L38 -52C50 -70 72 -64 70 -46", "none", k.dark, 11)
        + path("M-46 65L-36 51M-30 43L-20 29", "none", k.acc, 11, stroke_linecap="butt")
    )
    out += [mallet, group(mallet, "scale(-1 1)")]
    for y in (-58, 66):
        out.append(
            circle(0, y, 17, k.dark) + circle(0, y, 13.5, k.acc) + polygon(khatam(7, 0, y), k.dark)
        )
    return "".join(out) + circle(0, 0, 91, "none", k.fig, 2)
