"""Locator maps: Natural Earth land (1:50m, TopoJSON) projected, framed by ornament, labelled in
Arabic.
"""

from __future__ import annotations

import json
import math
import random
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from pictures import border
from pictures.palette import inks
from pictures.svg import (
    Point,
    circle,
    khatam,
    line,
    num,
    outline,
    path,
    polygon,
    rect,
    star,
)

LAND = Path(__file__).parent / "data" / "land-50m.json"
W, H, EDGE = 1600, 1067, 62


@cache
def land() -> list[list[Point]]:
    """Rings of the world's land as (longitude, latitude), decoded from TopoJSON delta arcs."""
    topology = json.loads(LAND.read_text("utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for packed in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in packed:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)

    def ring(indices: list[int]) -> list[Point]:
        found: list[Point] = []
        for i in indices:
            piece = arcs[i] if i >= 0 else arcs[~i][::-1]
            found += piece[1:] if found else piece
        return found

    rings = []
    for shape in topology["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings += [ring(indices) for faces in polygons for indices in faces]
    return rings


def mercator(lon: float, lat: float) -> Point:
    lat = max(-80.0, min(82.0, lat))
    return math.radians(lon), -math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def unwrapped(ring: list[Point]) -> list[Point]:
    """The ring with longitudes that run on past the date line instead of jumping across the map."""
    found, shift, before = [], 0.0, ring[0][0]
    for lon, lat in ring:
        if abs(lon - before) > 180:
            shift += 360 if lon < before else -360
        before = lon
        found.append((lon + shift, lat))
    turn = 360 * round(sum(lon for lon, _ in found) / len(found) / 360)
    return [(lon - turn, lat) for lon, lat in found]


def picture(
    places: list[dict[str, Any]],
    hue: float,
    seed: str,
    route: bool = False,
    framed: bool = True,
) -> str:
    """SVG of a map that holds all ``places`` (name, lat, lon), joined by dots when they are a
    route. One that leads a story is cropped to many shapes, and is not ``framed``.
    """
    rnd = random.Random(seed + "/map")
    dark = rnd.random() < 0.4
    k = inks(hue, "deep" if dark else "paper", "terracotta" if not dark else "brass")
    sea = k.ground
    ground = k.tone2 if dark else k.tone
    spots = [(str(p["name"]), *mercator(float(p["lon"]), float(p["lat"]))) for p in places]
    xs, ys = [s[1] for s in spots], [s[2] for s in spots]
    span = max(
        (max(xs) - min(xs)) / (W - 560), (max(ys) - min(ys)) / (H - 470), math.radians(13) / W
    )
    cx, cy = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2

    def at(x: float, y: float) -> Point:
        return W / 2 + (x - cx) / span, H / 2 + (y - cy) / span

    coast, rings = "", []
    for ring in land():
        points = [at(*mercator(*p)) for p in unwrapped(ring)]
        px, py = [p[0] for p in points], [p[1] for p in points]
        if max(px) < -200 or min(px) > W + 200 or max(py) < -200 or min(py) > H + 200:
            continue
        thin = [points[0]]
        for p in points[1:]:
            if math.hypot(p[0] - thin[-1][0], p[1] - thin[-1][1]) > 1.6:
                thin.append(p)
        if len(thin) > 2:
            rings.append(outline(thin))
    coast = "".join(rings)
    out = [rect(0, 0, W, H, sea)]
    for width, ink in (
        (64, k.tone if dark else "#fff"),
        (40, sea),
        (22, k.tone if dark else "#fff"),
    ):
        out.append(path(coast, "none", ink, width, opacity=0.55))
    step = next(s for s in (1, 2, 5, 10, 20) if math.radians(s) / span > 120)
    for d in range(-180, 181, step):
        x = at(math.radians(d), 0)[0]
        if 0 < x < W:
            out.append(line(x, 0, x, H, k.tone2, 1.4, stroke_dasharray="2 9"))
    for d in range(-80, 81, step):
        y = at(*mercator(0, d))[1]
        if 0 < y < H:
            out.append(line(0, y, W, y, k.tone2, 1.4, stroke_dasharray="2 9"))
    out.append(path(coast, ground, k.fig2, 3, fill_rule="evenodd"))
    dots = [at(x, y) for _, x, y in spots]
    if route and len(dots) > 1:
        out.append(path(outline(dots, False), "none", k.acc, 5, stroke_dasharray="0.1 15"))
    boxes: list[tuple[float, float, float, float]] = [
        (x - 20, y - 20, x + 20, y + 20) for x, y in dots
    ]
    labels = []
    size = 50
    for (name, _, _), (x, y) in zip(spots, dots, strict=False):
        wide, tall = len(name) * size * 0.46 + 16, size * 1.1
        best, cost = (0.0, 0.0, (0.0, 0.0, 0.0, 0.0)), 1e9
        for dx, dy in (
            (1, 0),
            (-1, 0),
            (0, -1),
            (0, 1),
            (1, -0.8),
            (-1, -0.8),
            (1, 0.8),
            (-1, 0.8),
            (1, -1.5),
            (-1, 1.5),
        ):
            mx = x + dx * (wide / 2 + 28)
            my = y + dy * (tall / 2 + 26)
            box = (mx - wide / 2, my - tall / 2, mx + wide / 2, my + tall / 2)
            clash = sum(
                max(0.0, min(box[2], b[2]) - max(box[0], b[0]))
                * max(0.0, min(box[3], b[3]) - max(box[1], b[1]))
                for b in boxes
            )
            off = (
                max(0, EDGE + 20 - box[0])
                + max(0, box[2] - W + EDGE + 20)
                + max(0, EDGE + 20 - box[1])
                + max(0, box[3] - H + EDGE + 20)
            )
            score = clash + off * 200 + abs(dy) * 40
            if score < cost:
                best, cost = (mx, my, box), score
        mx, my, box = best
        boxes.append(box)
        style = (
            f'x="{num(mx)}" y="{num(my + size * 0.28)}" text-anchor="middle" direction="rtl"'
            f' font-size="{size}" font-family="Noto Naskh Arabic" font-weight="700"'
        )
        labels.append(
            f'<text {style} fill="none" stroke="{ground}" stroke-width="10"'
            f' stroke-linejoin="round">{escape(name)}</text><text {style}'
            f' fill="{k.lit if dark else k.dark}">{escape(name)}</text>'
        )
    for x, y in dots:
        out.append(circle(x, y, 19, sea) + polygon(khatam(17, x, y), k.acc) + circle(x, y, 6, sea))
    out += labels
    corner = min(
        (
            (EDGE + 105, EDGE + 105),
            (W - EDGE - 105, EDGE + 105),
            (EDGE + 105, H - EDGE - 105),
            (W - EDGE - 105, H - EDGE - 105),
        ),
        key=lambda c: (
            sum(
                1
                for b in boxes
                for _ in (0,)
                if b[0] - 90 < c[0] < b[2] + 90 and b[1] - 90 < c[1] < b[3] + 90
            )
            * 10000
            - min(math.hypot(c[0] - x, c[1] - y) for x, y in dots)
        ),
    )
    rx, ry = corner
    out.append(
        circle(rx, ry, 82, sea)
        + circle(rx, ry, 76, "none", k.fig2, 3)
        + polygon(star(16, 60, 34, -90, rx, ry), k.fig2)
        + polygon(star(4, 72, 15, -90, rx, ry), k.acc)
        + circle(rx, ry, 9, sea)
    )
    kind = rnd.choice(("seals", "weave", "lotus", "plait", "fret", "chevrons"))
    if framed:
        out.append(border.frame(kind, EDGE, k, (W, H)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {W} {H}" width="{W}" height="{H}">'
        + "".join(out)
        + "</svg>"
    )
