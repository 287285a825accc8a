"""Light as flat shapes: a shaft from a high window, the window's arch on the floor, rings about
a sun, a cast shade.
"""

from __future__ import annotations

import math

from pictures.svg import Point, circle, group, num, path, pointed_arch, polygon


def shaft(
    start: Point,
    degrees: float,
    width: float,
    spread: float,
    colour: str,
    alpha: float,
    length: float = 2400,
) -> str:
    """A widening beam from ``start`` in a direction."""
    a, b = math.radians(degrees - spread / 2), math.radians(degrees + spread / 2)
    nx, ny = (
        -math.sin(math.radians(degrees)) * width / 2,
        math.cos(math.radians(degrees)) * width / 2,
    )
    x, y = start
    return polygon(
        [
            (x - nx, y - ny),
            (x - nx + length * math.cos(a), y - ny + length * math.sin(a)),
            (x + nx + length * math.cos(b), y + ny + length * math.sin(b)),
            (x + nx, y + ny),
        ],
        colour,
        opacity=alpha,
    )


def windows(
    x: float, y: float, w: float, count: int, colour: str, alpha: float, lean: float = -28
) -> str:
    """Light of a row of pointed windows, leaning across the ground."""
    arches = "".join(
        path(
            pointed_arch(w * 0.40, -w * 0.3, w * 1.5, w * 0.75),
            colour,
            transform=f"translate({num(i * w)} 0)",
        )
        for i in range(count)
    )
    return group(arches, f"translate({num(x)} {num(y)}) skewX({num(lean)})", opacity=alpha)


def halo(at: Point, r: float, rings: int, step: float, colour: str, alpha: float = 0.16) -> str:
    """Flat rings about a source, one over another."""
    return "".join(circle(*at, r + step * j, colour, opacity=alpha) for j in range(rings, 0, -1))


def shade(size: Point, degrees: float, offset: float, colour: str, alpha: float) -> str:
    """One side of the picture in shade, divided by a slanting edge through its middle plus
    offset.
    """
    cx, cy = size[0] / 2 + offset, size[1] / 2
    dx, dy = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    nx, ny = -dy, dx
    far = 3000
    return polygon(
        [
            (cx - dx * far, cy - dy * far),
            (cx + dx * far, cy + dy * far),
            (cx + dx * far + nx * far, cy + dy * far + ny * far),
            (cx - dx * far + nx * far, cy - dy * far + ny * far),
        ],
        colour,
        opacity=alpha,
    )
