"""Borders: strips of ornament along a line (seals, plait, weaving, crenels, fret, lotus, beads)
and frames made of them.
"""

from __future__ import annotations

import math

from pictures.arabesque import scroll
from pictures.palette import Inks
from pictures.svg import Point, circle, group, khatam, num, outline, path, polygon, rect

KINDS = (
    "seals",
    "plait",
    "weave",
    "crenels",
    "fret",
    "lotus",
    "beads",
    "vine",
    "chevrons",
    "ablaq",
)
NAMES = {
    "seals": "نجوم ثمانية",
    "plait": "ضفيرة مجدولة",
    "weave": "مثلثات منسوجة",
    "crenels": "شرفات مسننة",
    "fret": "خطوط منكسرة",
    "lotus": "أقواس زهرية",
    "beads": "حبيبات",
    "vine": "أغصان ملتفة",
    "chevrons": "خطوط متعرجة",
    "ablaq": "حجارة متناوبة اللون",
}


def strip(kind: str, length: float, h: float, k: Inks, ground: str | None = None) -> str:
    """A strip from (0, 0) to (length, h) in the given kind, edged by two lines."""
    ground = ground or k.tone
    out = [rect(0, 0, length, h, ground)]
    n = max(1, round(length / h))
    p = length / n
    if kind == "seals":
        for i in range(n):
            x = (i + 0.5) * p
            out.append(polygon(khatam(h * 0.40, x, h / 2), k.fig2))
            out.append(polygon(khatam(h * 0.22, x, h / 2, 22.5), ground))
            out.append(circle(x, h / 2, h * 0.07, k.acc))
            out.append(
                polygon(
                    [
                        (x + p / 2, h * 0.36),
                        (x + p / 2 + h * 0.09, h / 2),
                        (x + p / 2, h * 0.64),
                        (x + p / 2 - h * 0.09, h / 2),
                    ],
                    k.acc,
                )
            )
    elif kind == "plait":
        for phase, colour in ((0, k.fig2), (math.pi, k.acc)):
            points = [
                (length * i / (n * 12), h / 2 + h * 0.27 * math.sin(math.pi * i / 12 + phase))
                for i in range(n * 12 + 1)
            ]
            out.append(path(outline(points, False), "none", ground, h * 0.26))
            out.append(path(outline(points, False), "none", colour, h * 0.13))
        out += [circle((i + 0.5) * p, h / 2, h * 0.07, k.fig) for i in range(n)]
    elif kind == "weave":
        for i in range(n):
            x = i * p
            out.append(polygon([(x, h), (x + p / 2, h * 0.1), (x + p, h)], k.fig2))
            out.append(
                polygon([(x + p * 0.26, h), (x + p / 2, h * 0.55), (x + p * 0.74, h)], k.acc)
            )
            out.append(polygon([(x - p * 0.22, 0), (x, h * 0.4), (x + p * 0.22, 0)], k.fig))
    elif kind == "crenels":
        s = p / 6
        for i in range(n):
            x = i * p
            out.append(
                polygon(
                    [
                        (x, h),
                        (x, h * 0.7),
                        (x + s, h * 0.7),
                        (x + s, h * 0.4),
                        (x + 2 * s, h * 0.4),
                        (x + 2 * s, h * 0.12),
                        (x + 4 * s, h * 0.12),
                        (x + 4 * s, h * 0.4),
                        (x + 5 * s, h * 0.4),
                        (x + 5 * s, h * 0.7),
                        (x + 6 * s, h * 0.7),
                        (x + 6 * s, h),
                    ],
                    k.fig2,
                )
            )
            out.append(polygon(khatam(h * 0.11, x + p / 2, h * 0.62), k.acc))
    elif kind == "fret":
        d = "M0 " + num(h * 0.8)
        for i in range(n):
            x = i * p
            for px, py in (
                (0.0, 0.2),
                (0.72, 0.2),
                (0.72, 0.62),
                (0.44, 0.62),
                (0.44, 0.42),
                (0.24, 0.42),
                (0.24, 0.8),
                (1, 0.8),
            ):
                d += f"L{num(x + px * p)} {num(py * h)}"
        out.append(path(d, "none", k.fig2, h * 0.085, stroke_linejoin="miter"))
    elif kind == "lotus":
        for i in range(n):
            x = (i + 0.5) * p
            out.append(
                path(
                    f"M{num(x - p / 2)} {num(h)}C{num(x - p / 2)} {num(h * 0.45)}"
                    f" {num(x - p * 0.18)} {num(h * 0.3)} {num(x)}"
                    f" {num(h * 0.1)}C{num(x + p * 0.18)} {num(h * 0.3)} {num(x + p / 2)}"
                    f" {num(h * 0.45)} {num(x + p / 2)} {num(h)}Z",
                    k.fig2,
                    ground,
                    h * 0.05,
                )
            )
            out.append(
                path(
                    f"M{num(x - p * 0.2)} {num(h)}Q{num(x - p * 0.2)} {num(h * 0.55)} {num(x)}"
                    f" {num(h * 0.42)}Q{num(x + p * 0.2)} {num(h * 0.55)} {num(x + p * 0.2)}"
                    f" {num(h)}Z",
                    k.acc,
                )
            )
    elif kind == "beads":
        out += [circle((i + 0.5) * p, h / 2, h * 0.3, k.fig2) for i in range(n)]
        out += [circle((i + 0.5) * p, h / 2, h * 0.13, ground) for i in range(n)]
        out += [circle(i * p, h / 2, h * 0.1, k.acc) for i in range(n + 1)]
    elif kind == "vine":
        out.append(group(scroll(length, h * 0.9, k), f"translate(0 {num(h * 0.05)})"))
    elif kind == "chevrons":
        for row, colour in ((0.14, k.fig2), (0.36, k.acc), (0.58, k.fig2)):
            points = [(i * p / 2, h * (row + (0.28 if i % 2 else 0))) for i in range(2 * n + 1)]
            out.append(
                path(outline(points, False), "none", colour, h * 0.1, stroke_linejoin="miter")
            )
    else:  # ablaq
        m = n * 2
        out += [
            rect(i * length / m, 0, length / m, h, k.fig2 if i % 2 else ground) for i in range(m)
        ]
    out.append(rect(0, 0, length, h * 0.05, k.fig) + rect(0, h * 0.95, length, h * 0.05, k.fig))
    return group(out)


def frame(
    kind: str,
    h: float,
    k: Inks,
    size: Point = (1600, 1067),
    inset: float = 0,
    ground: str | None = None,
) -> str:
    """Four strips round the picture, corners closed by a square with a seal."""
    w, t = size[0] - 2 * inset, size[1] - 2 * inset
    top = strip(kind, w - 2 * h, h, k, ground)
    side = strip(kind, t - 2 * h, h, k, ground)
    corner = (
        rect(0, 0, h, h, k.fig2)
        + polygon(khatam(h * 0.42, h / 2, h / 2), ground or k.tone)
        + polygon(khatam(h * 0.2, h / 2, h / 2, 22.5), k.acc)
        + rect(h * 0.025, h * 0.025, h * 0.95, h * 0.95, "none", k.fig, h * 0.05)
    )
    x0, y0, x1, y1 = inset, inset, size[0] - inset, size[1] - inset
    return "".join(
        (
            group(top, f"translate({num(x0 + h)} {num(y0 + h)}) scale(1 -1)"),
            group(top, f"translate({num(x0 + h)} {num(y1 - h)})"),
            group(side, f"translate({num(x0 + h)} {num(y0 + h)}) rotate(90)"),
            group(side, f"translate({num(x1 - h)} {num(y1 - h)}) rotate(-90)"),
            *(
                group(corner, f"translate({num(x)} {num(y)})")
                for x in (x0, x1 - h)
                for y in (y0, y1 - h)
            ),
        )
    )
