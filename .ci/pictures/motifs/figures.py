"""Figures that explain, with Arabic words: planets to scale, a council's seats, a basket's
weights, a price that follows its cost.
"""

from __future__ import annotations

import random

from pictures.motifs.registry import emblem
from pictures.palette import Inks, oklch
from pictures.scenery import IRON, WOOD_DARK, H, W, label, window
from pictures.svg import (
    Point,
    arc,
    circle,
    clipped,
    ellipse,
    group,
    line,
    num,
    outline,
    path,
    place,
    polar,
    polygon,
    polyline,
    rect,
)

PAPER, INK, QUIET = oklch(0.965, 0.014, 85), oklch(0.27, 0.03, 260), oklch(0.50, 0.02, 260)
RED, TEAL, GOLD = oklch(0.52, 0.17, 25), oklch(0.46, 0.08, 200), oklch(0.78, 0.14, 80)
CREAM = oklch(0.95, 0.03, 85)
# Name, equatorial diameter in kilometres (NASA planetary fact sheets), colour.
PLANETS = (
    ("عطارد", 4879, (0.62, 0.02, 60)), ("الزهرة", 12104, (0.82, 0.09, 80)),
    ("الأرض", 12756, (0.60, 0.12, 245)), ("المريخ", 6792, (0.58, 0.14, 35)),
    ("المشتري", 142984, (0.76, 0.08, 65)), ("زحل", 120536, (0.84, 0.08, 88)),
    ("أورانوس", 51118, (0.80, 0.07, 205)), ("نبتون", 49528, (0.55, 0.14, 262)),
)  # fmt: skip


@emblem("planets-to-scale")
def planets_to_scale(k: Inks, rnd: random.Random) -> str:
    """Figure: the eight planets in one scale, from the sun at the right."""
    out = [rect(0, 0, W, H, oklch(0.20, 0.04, 270))]
    out += [
        circle(rnd.uniform(0, W), rnd.uniform(0, H), rnd.uniform(1.2, 3), CREAM) for _ in range(90)
    ]
    out.append(circle(2480, 533, 1010, GOLD) + circle(2480, 533, 980, oklch(0.86, 0.14, 88)))
    scale, gap, x, middle = 0.00278, 13.0, 1452.0, 520.0
    for j, (name, wide, c) in enumerate(PLANETS):
        r = wide * scale / 2
        x -= r + (gap if r > 40 else 38)
        ball = circle(x, middle, r, oklch(*c))
        if r > 150:
            dark = oklch(c[0] - 0.09, c[1] + 0.02, c[2] - 10)
            bands = "".join(
                rect(x - r, middle + r * at, 2 * r, r * tall, dark)
                for at, tall in ((-0.62, 0.12), (-0.3, 0.2), (0.12, 0.1), (0.4, 0.17), (0.72, 0.1))
            )
            ball += clipped(bands, circle(x, middle, r), f"planet{j}")
        if name == "المشتري":
            ball += ellipse(x - r * 0.35, middle + r * 0.24, 46, 27, oklch(0.58, 0.13, 35))
        out.append(ball)
        small = r < 40
        y = (
            middle + (-120 if j % 2 else 150)
            if small
            else middle + (-130 if name == "نبتون" else 300)
        )
        if small:
            near = middle + (-r - 12 if j % 2 else r + 12)
            out.append(line(x, near, x, y + (16 if j % 2 else -46), QUIET, 3))
        out.append(label(x, y, name, 42 if small else 50, CREAM))
        x -= r + (gap if r > 40 else 8)
    return "".join(out)


@emblem("council-seats")
def council_seats(k: Inks, rnd: random.Random) -> str:
    """Figure: a horseshoe table of fifteen seats, five that stay and ten that change."""
    floor, step, table = oklch(0.42, 0.07, 250), oklch(0.39, 0.07, 252), oklch(0.72, 0.07, 65)
    round_table = arc(300, 140, 400, 800, 560)
    out = [rect(0, 0, W, H, oklch(0.36, 0.07, 252))]
    out += [circle(800, 560, r, ink) for r, ink in ((760, step), (640, floor), (520, step))]
    out.append(path(round_table, "none", table, 110, stroke_linecap="butt"))
    out.append(path(round_table, "none", oklch(0.62, 0.08, 60), 8, stroke_linecap="butt"))
    for j in range(15):
        a = 140 + 260 * j / 14
        stays = j in (2, 5, 7, 9, 12)
        ink = RED if stays else CREAM
        x, y = polar(404, a, 800, 560)
        seat = rect(-40, -30, 80, 66, oklch(0.28, 0.05, 255), r=16) + ellipse(0, 0, 44, 27, ink)
        out.append(place(seat + circle(0, -4, 21, oklch(0.45, 0.06, 50 + 4 * j)), x, y, 1, a + 90))
        px, py = polar(302, a, 800, 560)
        out.append(place(rect(-20, -14, 40, 28, oklch(0.97, 0.01, 90), r=3), px, py, 1, a + 90))
    out.append(rect(690, 530, 220, 96, table, r=14) + label(800, 480, "15 عضوًا", 66, CREAM))
    for x, ink, words in ((1210, RED, "5 دائمون"), (700, CREAM, "10 منتخبون")):
        out.append(circle(x, 905, 25, ink) + label(x - 205, 924, words, 56, CREAM))
    return "".join(out)


def _house(x: float, y: float) -> str:
    wall, roof = oklch(0.86, 0.06, 80), oklch(0.55, 0.13, 35)
    return (
        rect(x - 170, y - 240, 340, 240, wall)
        + polygon([(x - 200, y - 236), (x, y - 380), (x + 200, y - 236)], roof)
        + rect(x - 44, y - 130, 88, 130, WOOD_DARK)
        + window(x - 108, y - 110, 64, 84, oklch(0.70, 0.07, 230), roof, False)
        + window(x + 108, y - 110, 64, 84, oklch(0.70, 0.07, 230), roof, False)
    )


def _groceries(x: float, y: float) -> str:
    crust, milk = oklch(0.66, 0.12, 60), oklch(0.97, 0.01, 230)
    loaf = path(f"M{num(x - 150)} {num(y)}V{num(y - 90)}q0 -70 80 -70t80 70V{num(y)}Z", crust)
    cuts = "".join(
        line(x - 120 + 40 * j, y - 118, x - 100 + 40 * j, y - 80, CREAM, 8) for j in range(3)
    )
    bottle = rect(x + 30, y - 190, 84, 190, milk, r=14) + rect(x + 48, y - 240, 48, 60, milk)
    bottle += rect(x + 44, y - 256, 56, 24, oklch(0.52, 0.12, 240), r=6) + rect(
        x + 30, y - 130, 84, 60, oklch(0.62, 0.1, 235)
    )
    apples = "".join(
        circle(x - 30 + 42 * j, y - 24, 30, RED if j != 1 else oklch(0.68, 0.15, 125))
        for j in range(3)
    )
    return loaf + cuts + bottle + apples


def _bus(x: float, y: float) -> str:
    panes = "".join(
        rect(x - 118 + 62 * j, y - 124, 50, 46, oklch(0.86, 0.045, 220), r=6) for j in range(4)
    )
    wheels = "".join(
        circle(x + d, y - 14, 28, IRON) + circle(x + d, y - 14, 11, CREAM) for d in (-76, 76)
    )
    return rect(x - 136, y - 150, 272, 132, GOLD, r=22) + panes + wheels


@emblem("weighted-basket")
def weighted_basket(k: Inks, rnd: random.Random) -> str:
    """Figure: a basket with a home, food and a bus in it, each as large as its weight."""
    straw, dark = oklch(0.70, 0.10, 70), oklch(0.56, 0.09, 62)
    out = [rect(0, 0, W, H, oklch(0.93, 0.04, 170)), rect(0, 800, W, 267, oklch(0.84, 0.06, 165))]
    out.append(path("M330 640C330 60 1270 60 1270 640", "none", dark, 34))
    out.append(
        path("M330 640C330 60 1270 60 1270 640", "none", straw, 14, stroke_dasharray="26 22")
    )
    out += [_house(1070, 640), _groceries(760, 612), _bus(448, 600)]
    body = "M250 620H1350L1270 960Q1262 984 1230 984H370Q338 984 330 960Z"
    weave = "".join(
        rect(250 + 56 * i, 620 + 46 * j, 52, 42, straw if (i + j) % 2 else dark, r=7)
        for i in range(20)
        for j in range(8)
    )
    out.append(path(body, oklch(0.48, 0.08, 58)) + clipped(weave, path(body, "#000"), "basket"))
    out.append(rect(226, 600, 1148, 50, dark, r=24))
    for x, words in ((1100, "50 للسكن"), (790, "30 للطعام"), (480, "20 للنقل")):
        out.append(rect(x - 138, 730, 276, 96, PAPER, r=14) + circle(x + 112, 778, 9, dark))
        out.append(label(x - 8, 796, words, 50, INK))
    return "".join(out)


# Weeks from the right, and what a thing costs to make and to buy, in parts of its highest price.
COST: tuple[Point, ...] = (
    (0, 0.30), (2, 0.30), (2.6, 0.86), (4.4, 0.86), (5.0, 0.32), (10, 0.30),
)  # fmt: skip
PRICE: tuple[Point, ...] = (
    (0, 0.40), (2.2, 0.40), (2.9, 0.98), (5.2, 0.98), (6.2, 0.86), (7.2, 0.74), (8.4, 0.60),
    (10, 0.46),
)  # fmt: skip


@emblem("price-and-cost")
def price_and_cost(k: Inks, rnd: random.Random) -> str:
    """Figure: a cost that jumps and falls, and a price that jumps with it and falls slowly; time
    runs from the right.
    """

    def at(p: Point) -> Point:
        return 1430 - p[0] * 122, 860 - p[1] * 660

    cost, price = [at(p) for p in COST], [at(p) for p in PRICE]
    out = [rect(0, 0, W, H, PAPER)]
    out += [
        line(150, 860 - 165 * j, 1460, 860 - 165 * j, oklch(0.88, 0.02, 85), 3) for j in range(1, 5)
    ]
    out.append(path(outline([*price, *cost[::-1]]), oklch(0.86, 0.09, 45), opacity=0.75))
    out.append(polyline(cost, TEAL, 13) + polyline(price, RED, 15))
    out.append(
        line(140, 860, 1470, 860, INK, 6) + polygon([(120, 860), (152, 842), (152, 878)], INK)
    )
    out.append(label(330, 928, "مرور الأسابيع", 46, QUIET))
    out.append(label(530, 262, "سعر الرف", 62, RED, halo=PAPER))
    out.append(label(600, 738, "كلفة الصنع", 62, TEAL, halo=PAPER))
    rocket = path("M0 -92C34 -60 40 -10 30 44H-30C-40 -10 -34 -60 0 -92Z", RED) + circle(
        0, -26, 14, CREAM
    )
    rocket += path("M-30 10L-58 56L-28 44ZM30 10L58 56L28 44Z", INK) + path(
        "M-16 50L0 96L16 50Z", GOLD
    )
    out.append(group(rocket, "translate(1250 380) rotate(-24)"))
    vane = path("M0 0C50 -40 130 -44 190 -6C130 30 60 34 0 0Z", oklch(0.60, 0.09, 320)) + path(
        "M-50 14Q60 0 186 -6", "none", INK, 5
    )
    barbs = "".join(line(40 + 26 * j, -2, 62 + 26 * j, -26, PAPER, 4) for j in range(5))
    return "".join(out) + group(vane + barbs, "translate(470 470) rotate(-28) scale(1.15)")
