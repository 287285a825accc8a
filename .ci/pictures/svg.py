"""Small SVG vocabulary: numbers, paths, shapes and transforms as strings; nothing here knows of
ornament.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

Point = tuple[float, float]


def num(value: float) -> str:
    """Number with at most two decimals and no trailing zeros.

    >>> num(3.0), num(-0.001), num(2.256)
    ('3', '0', '2.26')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def attributes(**given: object) -> str:
    """SVG attributes; underscores become hyphens, ``None`` is left out."""
    parts = []
    for name, value in given.items():
        if value is not None:
            shown = num(value) if isinstance(value, float) else str(value)
            parts.append(f' {name.replace("_", "-")}="{shown}"')
    return "".join(parts)


def path(
    d: str, fill: str = "none", stroke: str | None = None, width: float = 0, **more: object
) -> str:
    """A path; round joins and caps unless told otherwise."""
    if stroke:
        more = {
            "stroke": stroke,
            "stroke_width": float(width),
            "stroke_linejoin": "round",
            "stroke_linecap": "round",
            **more,
        }
    return f'<path d="{d}"{attributes(fill=fill, **more)}/>'


def outline(points: Iterable[Point], close: bool = True) -> str:
    """Path data through the points, straight lines."""
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points) + ("Z" if close else "")


def polygon(
    points: Iterable[Point],
    fill: str = "none",
    stroke: str | None = None,
    width: float = 0,
    **more: object,
) -> str:
    return path(outline(points), fill, stroke, width, **more)


def polyline(points: Iterable[Point], stroke: str, width: float, **more: object) -> str:
    return path(outline(points, close=False), "none", stroke, width, **more)


def line(
    x1: float, y1: float, x2: float, y2: float, stroke: str, width: float, **more: object
) -> str:
    return polyline([(x1, y1), (x2, y2)], stroke, width, **more)


def circle(
    cx: float,
    cy: float,
    r: float,
    fill: str = "none",
    stroke: str | None = None,
    width: float = 0,
    **more: object,
) -> str:
    if stroke:
        more = {"stroke": stroke, "stroke_width": float(width), **more}
    return f'<circle cx="{num(cx)}" cy="{num(cy)}" r="{num(r)}"{attributes(fill=fill, **more)}/>'


def ellipse(
    cx: float,
    cy: float,
    rx: float,
    ry: float,
    fill: str = "none",
    stroke: str | None = None,
    width: float = 0,
    **more: object,
) -> str:
    if stroke:
        more = {"stroke": stroke, "stroke_width": float(width), **more}
    return (
        f'<ellipse cx="{num(cx)}" cy="{num(cy)}" rx="{num(rx)}" ry="{num(ry)}"'
        f"{attributes(fill=fill, **more)}/>"
    )


def rect(
    x: float,
    y: float,
    w: float,
    h: float,
    fill: str = "none",
    stroke: str | None = None,
    width: float = 0,
    r: float = 0,
    **more: object,
) -> str:
    if stroke:
        more = {"stroke": stroke, "stroke_width": float(width), **more}
    return (
        f'<rect x="{num(x)}" y="{num(y)}" width="{num(w)}" height="{num(h)}"'
        f"{attributes(rx=float(r) if r else None, fill=fill, **more)}/>"
    )


def group(body: str | Sequence[str], transform: str | None = None, **more: object) -> str:
    inner = body if isinstance(body, str) else "".join(body)
    return f"<g{attributes(transform=transform, **more)}>{inner}</g>"


def place(body: str, x: float, y: float, scale: float = 1, turn: float = 0) -> str:
    """Body moved to (x, y), scaled and turned by degrees about its own origin."""
    return group(body, f"translate({num(x)} {num(y)}) rotate({num(turn)}) scale({scale:.4f})")


def clipped(body: str, shape: str, key: str) -> str:
    """Body seen through ``shape``; ``key`` must be unique in the picture."""
    return f'<clipPath id="{key}">{shape}</clipPath><g clip-path="url(#{key})">{body}</g>'


def polar(r: float, degrees: float, cx: float = 0, cy: float = 0) -> Point:
    a = math.radians(degrees)
    return cx + r * math.cos(a), cy + r * math.sin(a)


def regular(n: int, r: float, turn: float = 0, cx: float = 0, cy: float = 0) -> list[Point]:
    """Corners of a regular n-gon of circumradius r, first corner at ``turn`` degrees."""
    return [polar(r, turn + 360 * k / n, cx, cy) for k in range(n)]


def star(
    n: int, outer: float, inner: float, turn: float = -90, cx: float = 0, cy: float = 0
) -> list[Point]:
    """Corners of an n-pointed star, tips first."""
    return [polar(outer if k % 2 == 0 else inner, turn + 180 * k / n, cx, cy) for k in range(2 * n)]


def khatam(r: float, cx: float = 0, cy: float = 0, turn: float = 0) -> list[Point]:
    """The eight-pointed seal: two squares turned by 45 degrees."""
    return star(8, r, r * 0.7654, turn, cx, cy)


def wedge(r0: float, r1: float, a0: float, a1: float, cx: float = 0, cy: float = 0) -> str:
    """Path data of a ring sector between two angles in degrees."""
    big = int(abs(a1 - a0) > 180)
    (ax, ay), (bx, by) = polar(r1, a0, cx, cy), polar(r1, a1, cx, cy)
    (dx, dy), (ex, ey) = polar(r0, a1, cx, cy), polar(r0, a0, cx, cy)
    return (
        f"M{num(ax)} {num(ay)}A{num(r1)} {num(r1)} 0 {big} 1 {num(bx)} {num(by)}"
        f"L{num(dx)} {num(dy)}A{num(r0)} {num(r0)} 0 {big} 0 {num(ex)} {num(ey)}Z"
    )


def arc(r: float, a0: float, a1: float, cx: float = 0, cy: float = 0) -> str:
    """Path data of an open circular arc between two angles in degrees, clockwise on screen."""
    (ax, ay), (bx, by) = polar(r, a0, cx, cy), polar(r, a1, cx, cy)
    return (
        f"M{num(ax)} {num(ay)}A{num(r)} {num(r)} 0 {int(abs(a1 - a0) > 180)} 1 {num(bx)} {num(by)}"
    )


def pointed_arch(w: float, spring: float, base: float, rise: float) -> str:
    """Path data of a pointed arch: half width w, springing at y=spring, foot at y=base."""
    top = spring - rise
    return (
        f"M{num(-w)} {num(base)}L{num(-w)} {num(spring)}C{num(-w)} {num(spring - rise * 0.52)}"
        f" {num(-w * 0.42)} {num(spring - rise * 0.86)} 0 {num(top)}C{num(w * 0.42)}"
        f" {num(spring - rise * 0.86)} {num(w)} {num(spring - rise * 0.52)} {num(w)}"
        f" {num(spring)}L{num(w)} {num(base)}Z"
    )


def blade(length: float, width: float) -> str:
    """Path data of a leaf from the origin to (length, 0)."""
    return (
        f"M0 0C{num(length * 0.25)} {num(-width)} {num(length * 0.7)} {num(-width * 0.8)}"
        f" {num(length)} 0C{num(length * 0.7)} {num(width * 0.8)} {num(length * 0.25)} {num(width)}"
        " 0 0Z"
    )
