"""Arabesque: the running vine, its spirals and split leaves, and the palmette."""

from __future__ import annotations

import math

from pictures.palette import Inks
from pictures.svg import Point, blade, circle, group, num, path, place


def _spiral(cx: float, cy: float, r: float, start: float, turns: float, hand: int) -> list[Point]:
    steps = int(40 * turns)
    found = []
    for i in range(steps + 1):
        t = i / steps
        a = start + hand * t * turns * math.tau
        rr = r * (1 - 0.80 * t)
        found.append((cx + rr * math.cos(a), cy + rr * math.sin(a)))
    return found


def _stroke(points: list[Point]) -> str:
    return "M" + "L".join(f"{num(x)} {num(y)}" for x, y in points)


def palmette(r: float, leaf: str, heart: str) -> str:
    """A fan of five leaves rising from the origin, height about r."""
    fan = "".join(
        group(path(blade(r * s, r * 0.19), leaf), f"rotate({a})")
        for a, s in ((-160, 0.66), (-20, 0.66), (-127, 0.86), (-53, 0.86), (-90, 1.08))
    )
    return fan + circle(0, 0, r * 0.16, heart)


def scroll(
    length: float,
    height: float,
    k: Inks,
    stem: str | None = None,
    leaf: str | None = None,
    fruit: str | None = None,
) -> str:
    """A vine running along x from 0, spirals alternating above and below the middle of
    ``height``.
    """
    stem, leaf, fruit = stem or k.fig2, leaf or k.fig2, fruit or k.acc
    pitch = height * 0.86
    count = max(1, round(length / pitch))
    pitch = length / count
    r = min(pitch, height) * 0.40
    mid = height / 2
    out, leaves = [], []
    wave = "M0 " + num(mid)
    for i in range(count):
        hand = 1 if i % 2 == 0 else -1
        x0, cx = i * pitch, (i + 0.5) * pitch
        wave += (
            f"C{num(x0 + pitch * 0.22)} {num(mid - hand * height * 0.52)} {num(x0 + pitch * 0.78)}"
            f" {num(mid - hand * height * 0.52)} {num(x0 + pitch)} {num(mid)}"
        )
        curl = _spiral(cx, mid + hand * height * 0.04, r, math.pi, 1.35, hand)
        out.append(path(_stroke(curl), "none", stem, height * 0.032))
        for share, side, size in (
            (0.12, -1, 0.30),
            (0.3, -1, 0.34),
            (0.45, 1, 0.2),
            (0.58, -1, 0.24),
        ):
            n = int(share * (len(curl) - 1))
            (x, y), (xx, yy) = curl[n], curl[n + 1]
            a = math.degrees(math.atan2(yy - y, xx - x)) + side * hand * 42
            leaves.append(place(path(blade(height * size, height * size * 0.34), leaf), x, y, 1, a))
        ex, ey = curl[-1]
        leaves.append(circle(ex, ey, height * 0.085, fruit))
        leaves.append(
            place(path(blade(height * 0.26, height * 0.08), leaf), x0, mid, 1, -hand * 100)
        )
    return path(wave, "none", stem, height * 0.038) + "".join(out) + "".join(leaves)


def spray(r: float, n: int, k: Inks, leaf: str, fruit: str) -> str:
    """A round flower of n palmettes about the origin, for corners and spandrels."""
    out = []
    for j in range(n):
        out.append(
            group(
                f'<g transform="translate(0 {num(-r * 0.30)})">'
                + palmette(r * 0.62, leaf, fruit)
                + "</g>",
                f"rotate({num(360 * j / n)})",
            )
        )
    return (
        "".join(out)
        + circle(0, 0, r * 0.26, "none", leaf, r * 0.05)
        + circle(0, 0, r * 0.11, fruit)
    )


def field(k: Inks, pitch: float, size: Point, colour: str, fruit: str) -> str:
    """Rows of mirrored scrolls that cover a field."""
    rows = []
    for j in range(int(size[1] / pitch) + 2):
        row = scroll(size[0] + 2 * pitch, pitch * 0.98, k, colour, colour, fruit)
        rows.append(
            group(
                row,
                f"translate({num(-pitch * (0.5 + 0.5 * (j % 2)))} {num(j * pitch - pitch / 2)})",
            )
        )
    return "".join(rows)
