"""Muqarnas: tiers of small pointed niches seen from the front, and the vault seen from below."""

from __future__ import annotations

from pictures.palette import Inks
from pictures.svg import circle, num, outline, path, polar, polygon, star


def _niche(x: float, y: float, w: float, h: float, shades: tuple[str, str, str]) -> str:
    """One cell: a pier that tapers to a hanging tip each side, a pointed hollow of two facets
    between.
    """
    stone, near, far = shades
    m, spring, foot = x + w / 2, y + h * 0.52, y + h
    hollow_left = (
        f"M{num(m)} {num(y + h * 0.14)}C{num(m - w * 0.14)} {num(y + h * 0.22)} {num(x + w * 0.1)}"
        f" {num(y + h * 0.34)} {num(x + w * 0.1)} {num(spring)}L{num(x + w * 0.1)}"
        f" {num(foot)}H{num(m)}Z"
    )
    hollow_right = (
        f"M{num(m)} {num(y + h * 0.14)}C{num(m + w * 0.14)} {num(y + h * 0.22)} {num(x + w * 0.9)}"
        f" {num(y + h * 0.34)} {num(x + w * 0.9)} {num(spring)}L{num(x + w * 0.9)}"
        f" {num(foot)}H{num(m)}Z"
    )
    return (
        path(f"M{num(x)} {num(y)}H{num(x + w)}V{num(foot)}H{num(x)}Z", stone)
        + path(hollow_left, near)
        + path(hollow_right, far)
    )


def tiers(k: Inks, rows: int, cell: float, width: float = 1600) -> str:
    """Rows of niches under y=0, each shifted half a cell and ending in hanging points; height
    0.8 cell a row.
    """
    out = []
    step = cell * 0.8
    for row in reversed(range(rows)):
        y, shift = row * step, (row % 2) * cell / 2
        shades = ((k.fig2, k.tone, k.tone2), (k.tone2, k.ground, k.tone), (k.acc, k.acc2, k.tone))[
            row % 3
        ]
        n = int(width / cell) + 2
        tips = ""
        for i in range(-1, n):
            x = i * cell - shift
            out.append(_niche(x, y, cell, step, shades))
            tips += outline(
                [
                    (x - cell * 0.12, y + step - 1),
                    (x + cell * 0.12, y + step - 1),
                    (x, y + step + cell * 0.3),
                ]
            )
        out.append(path(tips, shades[0]))
    return "".join(out)


def vault(r: float, n: int, k: Inks, rings: int = 5) -> str:
    """The vault from below: rings of two-toned kites that narrow toward a star, about the
    origin.
    """
    out = [circle(0, 0, r, k.tone)]
    tones = ((k.tone2, k.tone), (k.fig2, k.tone2), (k.tone, k.ground), (k.tone2, k.tone))
    half = 180 / n
    radii = [r * 0.66**j for j in range(rings + 2)]
    for ring in range(rings):
        outer, mid, inner = radii[ring], radii[ring + 1], radii[ring + 2]
        turn = half * (ring % 2) - 90
        light, dark = tones[ring % 4]
        for j in range(n):
            a = 360 * j / n + turn
            out.append(
                path(
                    outline([polar(outer, a), polar(mid, a - half), polar(inner, a)]),
                    light,
                    k.ground,
                    3,
                )
            )
            out.append(
                path(
                    outline([polar(outer, a), polar(mid, a + half), polar(inner, a)]),
                    dark,
                    k.ground,
                    3,
                )
            )
    return "".join(out) + polygon(star(n, radii[rings], radii[rings] * 0.6), k.acc)


def height(rows: int, cell: float) -> float:
    return rows * cell * 0.8 + cell * 0.3
