"""Girih: star patterns from polygons in contact (Hankin's method), as straps, lines or inlaid
tiles.
"""

from __future__ import annotations

import math
import random

from pictures.palette import Inks
from pictures.svg import Point, outline, path
from pictures.tilings import Tile, centre, tiling

ANGLES = {
    "4.8.8": 67.5,
    "6.6.6": 60,
    "3.12.12": 60,
    "4.6.12": 60,
    "3.6.3.6": 60,
    "3.4.6.4": 60,
    "10": 54,
    "4.4.4": 45,
}
NAMES = {
    "4.8.8": "نجوم ثمانية متشابكة",
    "6.6.6": "نجوم سداسية متشابكة",
    "3.12.12": "نجوم ذات اثني عشر رأسًا",
    "4.6.12": "نجوم كبيرة وصغيرة متشابكة",
    "3.6.3.6": "سداسيات ومثلثات متشابكة",
    "3.4.6.4": "نجوم سداسية ومربعات متداخلة",
    "10": "نجوم عشارية متشابكة",
    "4.4.4": "مربعات متشابكة",
}


def hankin(tile: Tile, theta: float) -> list[Point]:
    """Star inside a tile: edge middles joined by rays at contact angle ``theta`` in degrees."""
    n = len(tile)
    cx, cy = centre(tile)
    mids, tangents, normals = [], [], []
    for k in range(n):
        (x1, y1), (x2, y2) = tile[k], tile[(k + 1) % n]
        mx, my, length = (x1 + x2) / 2, (y1 + y2) / 2, math.hypot(x2 - x1, y2 - y1)
        tx, ty = (x2 - x1) / length, (y2 - y1) / length
        nx, ny = -ty, tx
        if nx * (cx - mx) + ny * (cy - my) < 0:
            nx, ny = -nx, -ny
        mids.append((mx, my))
        tangents.append((tx, ty))
        normals.append((nx, ny))
    cos, sin = math.cos(math.radians(theta)), math.sin(math.radians(theta))
    found: list[Point] = []
    for k in range(n):
        j = (k + 1) % n
        found.append(mids[k])
        ux, uy = (
            cos * tangents[k][0] + sin * normals[k][0],
            cos * tangents[k][1] + sin * normals[k][1],
        )
        vx, vy = (
            -cos * tangents[j][0] + sin * normals[j][0],
            -cos * tangents[j][1] + sin * normals[j][1],
        )
        det = ux * -vy + uy * vx
        if abs(det) > 1e-6:
            dx, dy = mids[j][0] - mids[k][0], mids[j][1] - mids[k][1]
            t = (dx * -vy + dy * vx) / det
            if 0 < t < 6 * math.hypot(dx, dy):
                found.append((mids[k][0] + ux * t, mids[k][1] + uy * t))
    return found


def inner(star: list[Point], at: Point, share: float) -> list[Point]:
    return [(at[0] + (x - at[0]) * share, at[1] + (y - at[1]) * share) for x, y in star]


def field(
    kind: str,
    edge: float,
    k: Inks,
    mode: str = "straps",
    size: Point = (1600, 1067),
    turn: float = 0,
    origin: Point = (0, 0),
    theta: float | None = None,
    weight: float = 1,
    rnd: random.Random | None = None,
    hub: str | None = None,
) -> str:
    """A field of girih. Modes: straps (banded), lines, inlay (filled stars), fading (dissolves)."""
    theta = theta or ANGLES[kind]
    tiles = tiling(kind, edge, *size, turn, origin)
    big = max(len(t) for t in tiles)
    stars = [(t, hankin(t, theta)) for t in tiles]
    every = "".join(outline(s) for _, s in stars)
    w = edge * 0.17 * weight
    if mode == "lines":
        return path(every, "none", k.tone, w * 0.55, stroke_linejoin="miter")
    if mode == "fading":
        rnd = rnd or random.Random(0)
        filled = "".join(outline(s) for t, s in stars if rnd.random() < 0.42)
        return path(filled, k.tone) + path(
            every, "none", k.tone2, w * 0.45, stroke_linejoin="miter"
        )
    large = "".join(outline(s) for t, s in stars if len(t) == big)
    small = "".join(outline(s) for t, s in stars if len(t) < big)
    body = path(large, k.tone) + path(small, k.tone2)
    if mode == "inlay":
        cores = "".join(outline(inner(s, centre(t), 0.42)) for t, s in stars if len(t) == big)
        return (
            body
            + path(every, "none", k.ground, w * 0.7, stroke_linejoin="miter")
            + path(cores, hub or k.tone2)
        )
    return (
        body
        + path(every, "none", k.ground, w * 1.75, stroke_linejoin="miter")
        + path(every, "none", k.fig2, w, stroke_linejoin="miter")
        + path(every, "none", k.tone, w * 0.28, stroke_linejoin="miter")
    )
