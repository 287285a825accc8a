"""Square grids in the manner of brick Kufic and hazarbaf: mazes and stepped lozenges that spell
nothing.
"""

from __future__ import annotations

import random

from pictures.palette import Inks
from pictures.svg import Point, path, rect


def square_spiral(cells: int) -> list[tuple[int, int]]:
    """Grid cells of a square spiral with one-cell gaps, in an odd-sized square."""
    x = y = 0
    dx, dy = 1, 0
    filled = [(0, 0)]
    runs = [cells - 1]
    step = cells - 1
    while step > 0:
        runs += [step, step]
        step -= 2
    for run in runs:
        for _ in range(run):
            x, y = x + dx, y + dy
            filled.append((x, y))
        dx, dy = -dy, dx
    return filled


def maze(k: Inks, rnd: random.Random, unit: float, size: Point, colour: str, alt: str) -> str:
    """A wall of square spirals, each turned or mirrored at random."""
    side = 9
    base = [(x, y) for x, y in square_spiral(side) if 0 <= x < side and 0 <= y < side]
    d = {colour: "", alt: ""}
    step = (side + 1) * unit
    for i in range(int(size[0] / step) + 1):
        for j in range(int(size[1] / step) + 1):
            flip, turn = rnd.random() < 0.5, rnd.randrange(4)
            ink = alt if rnd.random() < 0.14 else colour
            for x, y in base:
                if flip:
                    x = side - 1 - x
                for _ in range(turn):
                    x, y = side - 1 - y, x
                d[ink] += (
                    f"M{i * step + x * unit:.0f}"
                    f" {j * step + y * unit:.0f}h{unit:.0f}v{unit:.0f}h-{unit:.0f}Z"
                )
    return "".join(path(v, c, shape_rendering="crispEdges") for c, v in d.items() if v)


def brick(k: Inks, unit: float, size: Point, colour: str, alt: str) -> str:
    """Stepped lozenges in brick bond (hazarbaf)."""
    cols, rows = int(size[0] / unit) + 1, int(size[1] / (unit / 2)) + 1
    d, e = "", ""
    period = 12
    for row in range(rows):
        for col in range(cols):
            u, v = col * 2 + row % 2, row
            p = (abs((u % (2 * period)) - period) + abs((v % (2 * period)) - period)) % period
            box = (
                f"M{(col + (row % 2) / 2) * unit:.1f}"
                f" {row * unit / 2:.1f}h{unit * 0.9:.1f}v{unit * 0.4:.1f}h-{unit * 0.9:.1f}Z"
            )
            if p in (0, 1, 2):
                d += box
            elif p in (6, 7):
                e += box
    return path(d, colour) + path(e, alt)


def checker(k: Inks, unit: float, size: Point) -> str:
    return "".join(
        rect(i * unit, j * unit, unit, unit, k.tone)
        for i in range(int(size[0] / unit) + 1)
        for j in range(int(size[1] / unit) + 1)
        if (i + j) % 2
    )
