"""Edge-to-edge tilings that carry star patterns: polygons in contact, as lists of corners."""

from __future__ import annotations

import math

from pictures.svg import Point, polar, regular

Tile = list[Point]
ROOT3 = math.sqrt(3)


def _gon(n: int, edge: float, cx: float, cy: float, normal: float) -> Tile:
    """Regular n-gon of the given edge, one edge facing the direction ``normal`` in degrees."""
    return regular(n, edge / (2 * math.sin(math.pi / n)), normal + 180 / n, cx, cy)


def _apothem(n: int, edge: float) -> float:
    return edge / (2 * math.tan(math.pi / n))


def _cell(kind: str, edge: float) -> tuple[Point, Point, list[Tile]]:
    """Two lattice vectors and the tiles of one cell."""
    if kind == "4.8.8":
        s = 2 * _apothem(8, edge)
        return (s, 0), (0, s), [_gon(8, edge, 0, 0, 0), _gon(4, edge, s / 2, s / 2, 45)]
    if kind == "6.6.6":
        s = 2 * _apothem(6, edge)
        return (s, 0), (s / 2, s * ROOT3 / 2), [_gon(6, edge, 0, 0, 0)]
    if kind == "4.4.4":
        return (edge, 0), (0, edge), [_gon(4, edge, 0, 0, 0)]
    if kind == "10":
        s = 2 * _apothem(10, edge)
        ten = _gon(10, edge, 0, 0, 0)
        a, b = (s, 0.0), polar(s, 72)

        # the concave hexagon left between four decagons that share edges
        def corner(k: int, at: Point) -> Point:
            x, y = polar(edge / (2 * math.sin(math.pi / 10)), 18 + 36 * k)
            return x + at[0], y + at[1]

        both = (a[0] + b[0], a[1] + b[1])
        gap = [
            corner(0, (0, 0)),
            corner(1, (0, 0)),
            corner(8, b),
            corner(5, both),
            corner(6, both),
            corner(3, a),
        ]
        return a, b, [ten, gap]
    shapes = {"3.12.12": 12, "4.6.12": 12, "3.6.3.6": 6, "3.4.6.4": 6}
    big = shapes[kind]
    s = {
        "3.12.12": 2 * _apothem(12, edge),
        "4.6.12": 2 * _apothem(12, edge) + edge,
        "3.6.3.6": 2 * edge,
        "3.4.6.4": edge * (ROOT3 + 1),
    }[kind]
    a, b = (s, 0.0), (s / 2, s * ROOT3 / 2)
    up = ((a[0] + b[0]) / 3, (a[1] + b[1]) / 3)
    down = (2 * up[0], 2 * up[1])
    tiles = [_gon(big, edge, 0, 0, 30 if kind == "3.6.3.6" else 0)]
    if kind in ("4.6.12", "3.4.6.4"):
        for turn, (x, y) in (
            (0, (a[0] / 2, a[1] / 2)),
            (60, (b[0] / 2, b[1] / 2)),
            (120, ((b[0] - a[0]) / 2, (b[1] - a[1]) / 2)),
        ):
            tiles.append(_gon(4, edge, x, y, turn))
    if kind == "4.6.12":
        tiles += [_gon(6, edge, *up, 30), _gon(6, edge, *down, 30)]
    else:
        face = 210 if kind != "3.4.6.4" else 30
        tiles += [_gon(3, edge, *up, face), _gon(3, edge, *down, face + 180)]
    return a, b, tiles


def tiling(
    kind: str, edge: float, width: float, height: float, turn: float = 0, origin: Point = (0, 0)
) -> list[Tile]:
    """Tiles that cover a width by height field, turned by degrees about ``origin``."""
    a, b, tiles = _cell(kind, edge)
    reach = math.hypot(width, height) + 4 * edge
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    det = a[0] * b[1] - a[1] * b[0]
    span = int(reach * (abs(a[0]) + abs(a[1]) + abs(b[0]) + abs(b[1])) / abs(det)) + 2
    found: list[Tile] = []
    margin = 3 * edge
    for i in range(-span, span + 1):
        for j in range(-span, span + 1):
            ox, oy = i * a[0] + j * b[0], i * a[1] + j * b[1]
            cx, cy = origin[0] + ox * cos - oy * sin, origin[1] + ox * sin + oy * cos
            if not (
                -margin - abs(a[0]) < cx < width + margin + abs(a[0])
                and -margin - abs(a[0]) < cy < height + margin + abs(a[0])
            ):
                continue
            for tile in tiles:
                turned = [(cx + x * cos - y * sin, cy + x * sin + y * cos) for x, y in tile]
                if (
                    max(p[0] for p in turned) > 0
                    and min(p[0] for p in turned) < width
                    and max(p[1] for p in turned) > 0
                    and min(p[1] for p in turned) < height
                ):
                    found.append(turned)
    return found


def centre(tile: Tile) -> Point:
    return sum(p[0] for p in tile) / len(tile), sum(p[1] for p in tile) / len(tile)
