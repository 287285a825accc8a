"""Emblems of board, pitch and proof: the chess problem, the offside line, completing the square."""

from __future__ import annotations

import random

from pictures.motifs.registry import emblem
from pictures.palette import Inks
from pictures.svg import (
    arc,
    circle,
    group,
    khatam,
    line,
    num,
    path,
    place,
    polar,
    polygon,
    rect,
    star,
)


@emblem("mansuba-board")
def mansuba_board(k: Inks, rnd: random.Random) -> str:
    """A board of lozenges with four faceted pieces about a diamond-like star."""
    s, out = 18.0, []
    out.append(polygon([(0, -103), (103, 0), (0, 103), (-103, 0)], k.fig))
    for i in range(8):
        for j in range(8):
            x, y = (i - j) * s * 0.67, (i + j - 7) * s * 0.67
            c = s * 0.67
            out.append(
                polygon(
                    [(x, y - c), (x + c, y), (x, y + c), (x - c, y)],
                    k.lit if (i + j) % 2 else k.fig2,
                    k.fig,
                    1,
                )
            )
    out.append(
        polygon(star(8, 33, 19), k.fig)
        + polygon(star(8, 28, 16), k.acc)
        + polygon(star(8, 15, 9, -67.5), k.lit)
    )
    for a in (0, 90, 180, 270):
        x, y = polar(60, a)
        piece = (
            polygon([(-11, 16), (11, 16), (8, 8), (-8, 8)], k.dark)
            + polygon([(-7, 8), (0, 8), (0, -18), (-5, -8)], k.fig)
            + polygon([(7, 8), (0, 8), (0, -18), (5, -8)], k.dark)
            + polygon(khatam(6.4, 0, -19), k.acc, k.dark, 1.4)
        )
        out.append(circle(x, y + 2, 20, k.ground, k.fig, 1.6) + place(piece, x, y + 3, 1.0))
    return "".join(out)


@emblem("offside-line")
def offside_line(k: Inks, rnd: random.Random) -> str:
    """Scene: pitch lines drawn as ornament; a straight line touches two facing lozenges, a ball
    behind it.
    """
    out = [rect(0, 0, 1600, 1067, k.ground)]
    out += [rect(200 * i, 0, 100, 1067, k.tone) for i in range(8)]
    white, w = k.fig, 9
    out += [
        rect(46, 46, 1508, 975, "none", white, w),
        line(560, 46, 560, 1021, white, w),
        circle(560, 533, 190, "none", white, w),
        polygon(khatam(124, 560, 533), "none", white, 5),
        polygon(khatam(84, 560, 533, 22.5), "none", k.fig2, 5),
        circle(560, 533, 14, white),
        rect(1254, 210, 300, 646, "none", white, w),
        rect(1414, 366, 140, 334, "none", white, w),
        path(arc(150, 128, 232, 1350, 533), "none", white, w),
    ]
    for x, y in ((46, 46), (46, 1021), (1554, 46), (1554, 1021)):
        out.append(circle(x, y, 44, "none", white, w) + polygon(khatam(26, x, y), k.acc))
    lx = 1010
    for i, (y, ink) in enumerate(((330, k.acc), (640, k.lit))):
        side = 1 if i else -1
        c = 96
        cx = lx + side * c
        out.append(
            polygon([(cx, y - 136), (cx + c, y), (cx, y + 136), (cx - c, y)], k.dark)
            + polygon([(cx, y - 112), (cx + c * 0.82, y), (cx, y + 112), (cx - c * 0.82, y)], ink)
            + polygon([(cx, y - 56), (cx + c * 0.42, y), (cx, y + 56), (cx - c * 0.42, y)], k.dark)
            + polygon(khatam(20, cx, y), ink)
        )
    out.append(
        rect(lx - 6, 46, 12, 975, k.acc)
        + path(f"M{lx} 46V1021", "none", k.ground, 4, stroke_dasharray="22 20")
    )
    bx, by = 800, 800

    def seam(r: float, j: int) -> str:
        x, y = polar(r, 72 * j - 90, bx, by)
        return f"{num(x)} {num(y)}"

    out.append(
        circle(bx, by, 66, k.dark)
        + circle(bx, by, 58, k.lit)
        + polygon(star(5, 34, 26, -90, bx, by), k.dark)
        + "".join(path(f"M{seam(33, j)}L{seam(57, j)}", "none", k.dark, 6) for j in range(5))
    )
    return "".join(out)


@emblem("completed-square")
def completed_square(k: Inks, rnd: random.Random) -> str:
    """Completing the square: a middle square, four oblongs at its sides, four small squares at
    its corners.
    """
    a, b = 46, 34
    out = [rect(-a - b - 9, -a - b - 9, 2 * (a + b) + 18, 2 * (a + b) + 18, k.fig)]
    out.append(rect(-a + 2, -a + 2, 2 * a - 4, 2 * a - 4, k.acc))
    for j in range(4):
        out.append(
            group(
                rect(-a + 2, -a - b, 2 * a - 4, b - 2, k.lit if not k.is_dark else k.fig2)
                + path(
                    f"M{-a + 12} {-a - b / 2}H{a - 12}",
                    "none",
                    k.fig if not k.is_dark else k.ground,
                    1.4,
                    stroke_dasharray="4 4",
                )
                + rect(-a - b, -a - b, b - 2, b - 2, k.fig2 if not k.is_dark else k.lit)
                + polygon(
                    khatam(11, -a - b / 2 - 1, -a - b / 2 - 1), k.fig if not k.is_dark else k.ground
                ),
                f"rotate({90 * j})",
            )
        )
    out.append(
        polygon(khatam(38), k.lit)
        + polygon(khatam(29, 0, 0, 22.5), k.fig if not k.is_dark else k.ground)
        + polygon(khatam(15), k.acc)
    )
    return "".join(out)
