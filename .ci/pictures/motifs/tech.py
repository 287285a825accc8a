"""Emblems of devices: combs of a battery, the split key, the wall of screens."""

from __future__ import annotations

import math
import random

from pictures.motifs.registry import emblem
from pictures.palette import Inks
from pictures.svg import (
    circle,
    group,
    khatam,
    line,
    path,
    place,
    polar,
    polygon,
    rect,
    star,
)


@emblem("battery-combs")
def battery_combs(k: Inks, rnd: random.Random) -> str:
    """Two facing combs with interlocking teeth; small dots cross between them, a few stuck at
    the edge.
    """
    out = [rect(-98, -84, 22, 168, k.fig), rect(76, -84, 22, 168, k.acc)]
    for j in range(4):
        y = -84 + j * 45
        out.append(rect(-98, y, 150, 15, k.fig) + rect(-52, y + 22.5, 150, 15, k.acc))
        for i in range(7):
            x = -64 + i * 19
            out.append(
                circle(x, y + 18.8, 2.5, k.fig2)
                if (i + j) % 2
                else circle(x + 8, y + 41, 2.5, k.fig2)
            )
    for j in range(4):
        y = -84 + j * 45
        out.append("".join(polygon(khatam(4.4, -84 + i * 34, y + 7.5), k.ground) for i in range(4)))
        out.append("".join(polygon(khatam(4.4, 84 - i * 34, y + 30), k.ground) for i in range(4)))
    for x, y in ((60, -76), (62, -68), (60, -60), (61, 14), (60, 22), (-62, 78), (-60, 70)):
        out.append(circle(x, y, 3.4, k.dark if not k.is_dark else k.lit))
    return "".join(out)


@emblem("split-key")
def split_key(k: Inks, rnd: random.Random) -> str:
    """A keyhole in the empty place between two interlaced knots, one each side."""
    out = []
    for s, ink, other in ((-1, k.fig, k.fig2), (1, k.acc, k.acc2)):
        half = path("M-4 -92A92 92 0 0 0 -4 92V74L-22 74L-13 16A24 24 0 0 1 -4 -30Z", ink)
        for d in (
            "M-18 -76C-86 -60 -92 -10 -44 0C-8 8 -24 -44 -52 -30C-88 -10 -86 56 -30 76",
            "M-30 -70C-60 -30 -92 20 -60 48C-36 66 -24 40 -44 24C-64 8 -86 -14 -70 -44",
        ):
            half += (
                path(d, "none", ink, 10.5)
                + path(d, "none", k.ground, 5.4)
                + path(d, "none", other, 1.6)
            )
        out.append(group(half, f"scale({-s} 1)" if s > 0 else None))
    return "".join(out) + "".join(circle(0, y, 3, k.fig2) for y in (-82, -64, -48))


@emblem("screen-wall")
def screen_wall(k: Inks, rnd: random.Random) -> str:
    """Scene: many small screens tilt toward one circle; a single screen is boldly framed."""
    cx, cy = 700, 540
    out = [rect(0, 0, 1600, 1067, k.ground)]
    for i in range(13):
        for j in range(12):
            x, y = 70 + i * 126 - (j % 2) * 50, 40 + j * 96
            d = math.hypot(x - cx, y - cy)
            if d < 200:
                continue
            a = math.degrees(math.atan2(cy - y, cx - x))
            lean = (a if abs(a) < 90 else a - 180 * (1 if a > 0 else -1)) * 0.42
            ink = rnd.choice((k.tone2, k.tone2, k.fig2, k.fig, k.tone))
            inside = rect(-52, -36, 104, 72, ink, r=5) + path(
                (
                    "M-52 16H52M0 -36V16"
                    if (i + j) % 3
                    else "M0 -36V36M-52 -16H-34V16H-52M52 -16H34V16H52"
                ),
                "none",
                k.ground,
                3,
            )
            inside += circle(
                rnd.uniform(-30, 30), rnd.uniform(-18, 8), 8, k.lit if ink == k.fig2 else k.fig2
            )
            out.append(place(inside, x, y, 1, lean))
    for j in range(16):
        out.append(line(*polar(178, 22.5 * j, cx, cy), *polar(214, 22.5 * j, cx, cy), k.acc, 6))
    out.append(
        circle(cx, cy, 158, k.ground)
        + circle(cx, cy, 150, k.lit)
        + polygon(star(10, 128, 82, -90, cx, cy), k.fig2 if not k.is_dark else k.tone2)
        + polygon(star(10, 78, 50, -90, cx, cy), k.lit)
        + circle(cx, cy, 26, k.acc)
    )
    bold = rect(-150, -104, 300, 208, k.acc, r=14) + rect(-130, -84, 260, 168, k.dark, r=4)
    bold += (
        "".join(rect(-130 + 52 * i, -84, 26, 168, k.fig2, opacity=0.35) for i in range(5))
        + line(40, -84, 40, 84, k.acc, 6)
        + rect(-130, 34, 260, 5, k.lit)
        + polygon([(0, -42), (28, 0), (0, 42), (-28, 0)], k.lit)
        + circle(84, 14, 18, k.lit)
    )
    return "".join(out) + place(
        rect(-164, -118, 328, 236, k.ground, r=18) + bold, 1105, 370, 1.12, -7
    )
