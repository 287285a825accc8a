"""Quiet fields: turned-wood lattice, fish scales, waves, woven bands, contour lines, dots by
size.
"""

from __future__ import annotations

import math
import random

from pictures.palette import Inks
from pictures.svg import Point, circle, num, outline, path, polygon, rect


def mashrabiya(colour: str, pitch: float, size: Point) -> str:
    """Turned-wood screen: beads joined by short spindles on a square grid set diagonally."""
    beads, rods, knots = [], "", []
    nx, ny = int(size[0] / pitch) + 2, int(size[1] / pitch) + 2
    for i in range(nx):
        for j in range(ny):
            x, y = i * pitch, j * pitch
            beads.append(circle(x, y, pitch * 0.2, colour))
            knots.append(circle(x + pitch / 2, y + pitch / 2, pitch * 0.12, colour))
            rods += (
                f"M{num(x)} {num(y)}h{num(pitch)}M{num(x)} {num(y)}v{num(pitch)}M{num(x)}"
                f" {num(y)}l{num(pitch)} {num(pitch)}M{num(x + pitch)} {num(y)}l{num(-pitch)}"
                f" {num(pitch)}"
            )
    return path(rods, "none", colour, pitch * 0.06) + "".join(beads) + "".join(knots)


def scales(k: Inks, pitch: float, size: Point, rings: int = 3) -> str:
    """Overlapping half-circles in rows, like water or fish scales."""
    out = []
    for row in range(int(size[1] / (pitch * 0.5)) + 3):
        y = row * pitch * 0.5
        for col in range(-1, int(size[0] / pitch) + 2):
            x = col * pitch + (row % 2) * pitch / 2
            out.append(circle(x, y, pitch * 0.5, k.ground, k.tone2, pitch * 0.03))
            out += [
                circle(
                    x, y, pitch * 0.5 * (1 - (j + 1) / (rings + 1)), "none", k.tone, pitch * 0.05
                )
                for j in range(rings)
            ]
    return "".join(out)


def waves(
    colours: tuple[str, ...],
    y0: float,
    y1: float,
    width: float,
    amplitude: float,
    length: float,
    phase: float = 0,
) -> str:
    """Flat bands of waves from y0 down to y1, one colour a band."""
    out, n = [], len(colours)
    for i, colour in enumerate(colours):
        y, shift = y0 + (y1 - y0) * i / n, phase + i * length * 0.37
        d = f"M0 {num(y1 + 40)}V{num(y)}"
        for x in range(0, int(width) + 20, 20):
            d += f"L{x} {num(y + amplitude * math.sin((x + shift) / length * math.tau))}"
        out.append(path(d + f"L{num(width)} {num(y1 + 40)}Z", colour))
    return "".join(out)


def sadu(k: Inks, rnd: random.Random, size: Point, unit: float = 46) -> str:
    """Woven bands of triangles, lozenges and stripes, row after row."""
    out, y, row = [rect(0, 0, *size, k.ground)], 0.0, 0
    kinds = ["stripe", "teeth", "stripe", "lozenge", "stripe", "steps"]
    while y < size[1]:
        kind = kinds[row % 6]
        h = unit * (0.35 if kind == "stripe" else rnd.choice((1.2, 1.6)))
        n = int(size[0] / (h if kind != "stripe" else 1)) + 2
        if kind == "stripe":
            out.append(rect(0, y, size[0], h, rnd.choice((k.tone2, k.fig2, k.tone))))
        elif kind == "teeth":
            out.append(
                path(
                    "".join(
                        outline([(i * h, y + h), (i * h + h / 2, y), (i * h + h, y + h)])
                        for i in range(n)
                    ),
                    k.tone2,
                )
            )
        elif kind == "lozenge":
            for share, ink in ((0.5, k.fig2), (0.3, k.ground), (0.14, k.acc)):
                out.append(
                    path(
                        "".join(
                            outline(
                                [
                                    (i * h, y + h / 2),
                                    (i * h + h * share, y + h / 2 - h * share),
                                    (i * h + 2 * h * share, y + h / 2),
                                    (i * h + h * share, y + h / 2 + h * share),
                                ]
                            )
                            for i in range(n)
                        ),
                        ink,
                        transform=f"translate({num(h * (0.5 - share))} 0)",
                    )
                )
        else:
            s = h / 4
            out.append(
                path(
                    "".join(
                        f"M{num(i * h)} {num(y + h)}v{num(-s)}h{num(s / 2)}v{num(-s)}h{num(s / 2)}"
                        f"v{num(-s)}h{num(s)}v{num(s)}h{num(s / 2)}v{num(s)}h{num(s / 2)}v{num(s)}Z"
                        for i in range(n)
                    ),
                    k.tone,
                )
            )
        y += h + unit * 0.14
        row += 1
    return "".join(out)


def contours(
    colour: str, rnd: random.Random, size: Point, step: float = 34, width: float = 2.4
) -> str:
    """Height lines round two hills: rings whose radius wavers smoothly."""
    out = []
    for _ in range(2):
        cx, cy = rnd.uniform(0.1, 0.9) * size[0], rnd.uniform(0.1, 0.9) * size[1]
        waver = [
            (rnd.randint(2, 5), rnd.uniform(0, math.tau), rnd.uniform(0.04, 0.10)) for _ in range(3)
        ]
        for ring in range(1, 26):
            r = ring * step
            points = []
            for j in range(120):
                a = math.tau * j / 120
                w = 1 + sum(m * math.sin(f * a + p) for f, p, m in waver)
                points.append((cx + r * w * math.cos(a), cy + r * w * math.sin(a) * 0.8))
            out.append(polygon(points, "none", colour, width if ring % 5 else width * 2.2))
        break
    return "".join(out)


def dots(colour: str, pitch: float, size: Point, light: Point, reach: float) -> str:
    """Halftone: dots that grow toward ``light`` within ``reach``."""
    out = []
    for j in range(int(size[1] / (pitch * 0.866)) + 2):
        for i in range(int(size[0] / pitch) + 2):
            x, y = i * pitch + (j % 2) * pitch / 2, j * pitch * 0.866
            near = 1 - math.hypot(x - light[0], y - light[1]) / reach
            if near > 0.06:
                out.append(circle(x, y, pitch * 0.48 * near**0.7, colour))
    return "".join(out)
