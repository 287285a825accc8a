"""Emblems of letters: pen dots, the storyteller, frames within frames, the paper scroll."""

from __future__ import annotations

import math
import random
from dataclasses import replace

from pictures import fields
from pictures.arabesque import scroll
from pictures.motifs.registry import emblem
from pictures.palette import Inks
from pictures.rosette import sunburst
from pictures.svg import (
    arc,
    circle,
    clipped,
    group,
    khatam,
    line,
    path,
    place,
    pointed_arch,
    polygon,
    polyline,
    rect,
    star,
)


@emblem("pen-dots")
def pen_dots(k: Inks, rnd: random.Random) -> str:
    """A tall upright stroke measured by stacked rhombic dots, inside its construction circle."""
    out = [
        circle(0, 0, 96, k.tone),
        circle(0, 0, 96, "none", k.fig2, 1.6),
        circle(0, 0, 90, "none", k.fig2, 0.8),
        line(-96, 0, 96, 0, k.fig2, 0.8),
        line(0, -96, 0, 96, k.fig2, 0.8),
    ]
    out += [
        path(arc(96, -150, -30, 0, 96), "none", k.fig2, 0.8),
        path(arc(96, 30, 150, 0, -96), "none", k.fig2, 0.8),
    ]
    out.append(
        path(
            "M-8 -84L20 -96C16 -60 12 20 9 62C8 76 4 86 -3 91C-2 60 -1 20 -1 -20C-1 -48 -3 -68 -8"
            " -84Z",
            k.fig,
        )
    )

    def dot(x, y, ink):
        return polygon([(x, y - 12.8), (x + 12.8, y), (x, y + 12.8), (x - 12.8, y)], ink)

    out += [dot(-32, -77 + 25.7 * j, k.acc) for j in range(7)]
    out += [line(-18, -90 + 25.7 * j, -6, -90 + 25.7 * j, k.acc, 1.4) for j in range(8)]
    out += [dot(46 + 14 * dx, 60 - 14 * dy, k.fig2) for dx, dy in ((0, 0), (2, 0), (1, 1))]
    return "".join(out)


@emblem("storyteller-chair")
def storyteller_chair(k: Inks, rnd: random.Random) -> str:
    """A high chair and an open book; a ribbon of knots leaves them and breaks off in the air."""
    out = [
        path(pointed_arch(34, -42, 30, 42), k.fig),
        path(pointed_arch(26, -40, 24, 34), k.acc),
        polygon(khatam(16, 0, -40), k.fig),
        polygon(khatam(8, 0, -40, 22.5), k.acc),
    ]
    out += [
        rect(-44, 22, 88, 14, k.fig),
        rect(-40, 36, 10, 58, k.fig),
        rect(30, 36, 10, 58, k.fig),
        rect(-46, 90, 92, 7, k.fig),
        rect(-30, 62, 60, 7, k.fig2),
    ]
    out += [rect(-48, -2, 12, 26, k.fig2, r=3), rect(36, -2, 12, 26, k.fig2, r=3)]
    out.append("".join(polygon(khatam(6.5, x, 50), k.acc) for x in (-15, 0, 15)))
    out.append(
        path(
            "M0 12C-14 0 -30 0 -38 6V24C-28 18 -12 18 0 28C12 18 28 18 38 24V6C30 0 14 0 0 12Z",
            k.lit,
            k.dark,
            2.2,
        )
        + line(0, 12, 0, 28, k.dark, 2)
        + "".join(
            path(
                f"M-31 {9 + 5 * i}C-22 {6 + 5 * i} -12 {7 + 5 * i} -5 {12 + 5 * i}M31"
                f" {9 + 5 * i}C22 {6 + 5 * i} 12 {7 + 5 * i} 5 {12 + 5 * i}",
                "none",
                k.fig2,
                1.4,
            )
            for i in range(2)
        )
    )
    ribbon = [
        (34 + 52 * t + 12 * math.sin(t * 9), 4 - 96 * t + 8 * math.cos(t * 7))
        for t in [i / 60 for i in range(56)]
    ]
    out.append(polyline(ribbon, k.ground, 9) + polyline(ribbon, k.fig2, 4.5))
    for i in (10, 21, 32, 43, 53):
        x, y = ribbon[i]
        out.append(
            polygon(khatam(9.5, x, y), k.ground)
            + polygon(khatam(8, x, y), k.acc)
            + circle(x, y, 2.6, k.ground)
        )
    return "".join(out) + "".join(circle(96 + i * 0, -92 - i * 5, 1.4, k.fig2) for i in range(2))


@emblem("frames-within-frames")
def frames_within_frames(k: Inks, rnd: random.Random) -> str:
    """Scene: pointed arches one inside another toward a small lit star; a thin dawn band below."""
    cx, out = 900, [rect(0, 0, 1600, 1067, k.ground)]
    inks = (k.tone, k.fig2, k.tone2, k.ground, k.acc2, k.tone, k.fig2, k.tone2, k.ground)
    n = 9
    for j in range(n):
        s = 0.83**j
        w, spring, rise = 900 * s, 1000 - 640 * s**1.0, 600 * s
        base = 1000
        d = pointed_arch(w, spring + 90 * (1 - s), base, rise)
        out.append(
            path(
                d, inks[j], k.fig if j in (1, 4, 6) else k.ground, 5, transform=f"translate({cx} 0)"
            )
        )
        if j in (0, 2, 5):
            m = int(26 - j * 2)
            for i in range(m):
                t = (i + 0.5) / m
                side = -1 if t < 0.5 else 1
                u = abs(t - 0.5) * 2
                y = (
                    spring + 90 * (1 - s) + (base - spring - 90 * (1 - s)) * (u - 0.35) / 0.65
                    if u > 0.35
                    else None
                )
                if y is not None:
                    out.append(
                        polygon(
                            khatam(24 * s, cx + side * (w - 52 * s), y), k.acc if j == 0 else k.lit
                        )
                    )
    out.append(
        place(sunburst(36, 66, 16, k.acc, 0.4), cx, 862)
        + polygon(star(8, 44, 19, -90, cx, 862), k.lit)
    )
    out.append(
        rect(0, 1000, 1600, 67, k.fig2)
        + rect(0, 1000, 1600, 12, k.acc)
        + rect(0, 1036, 1600, 31, k.acc2)
    )
    return "".join(out)


@emblem("unrolling-scroll")
def unrolling_scroll(k: Inks, rnd: random.Random) -> str:
    """Scene: a paper scroll unrolls over a row of five different star patterns."""
    out = [rect(0, 0, 1600, 1067, k.ground)]
    for n, name in enumerate(("mosaic8", "girih10", "girih36", "mosaic12", "girih46")):
        x = n * 320
        surface = k if n % 2 else replace(k, ground=k.fig, tone=k.fig2, tone2=k.acc2, fig2=k.tone)
        panel = fields.draw(name, surface, random.Random(n + 5), (320, 1067), 0.9, (160, 500))
        out.append(
            clipped(group(panel, f"translate({x} 0)"), rect(x, 0, 320, 1067), f"p{n}")
            + rect(x - 7, 0, 14, 1067, k.fig)
        )
    y, h = 330, 410
    out.append(
        rect(0, y - 20, 1250, h + 40, k.ground)
        + rect(0, y, 1250, h, k.lit)
        + rect(0, y, 1250, 12, k.acc)
        + rect(0, y + h - 12, 1250, 12, k.acc)
    )
    for i in range(1, 6):
        out.append(line(i * 236 - 60, y + 12, i * 236 - 60, y + h - 12, k.tone2, 4))
    out.append(group(scroll(1180, 250, k, k.fig2, k.fig2, k.acc), f"translate(20 {y + 80})"))
    out.append(
        rect(1186, y - 58, 170, h + 116, k.ground, r=30)
        + rect(1200, y - 44, 142, h + 88, k.fig, r=22)
        + rect(1222, y, 98, h, k.tone2)
        + "".join(rect(1222 + 26 * i, y, 10, h, k.lit) for i in range(4))
        + rect(1240, y - 96, 62, 60, k.acc, r=12)
        + rect(1240, y + h + 36, 62, 60, k.acc, r=12)
    )
    return "".join(out)
