"""Figures of a town's news, with Arabic words: a map, a draw, loans by month, water that leaks."""

from __future__ import annotations

import math
import random
from bisect import bisect_left
from itertools import pairwise

from pictures.motifs.registry import emblem
from pictures.palette import Inks, oklch
from pictures.scenery import WOOD, H, W, house, label, tree
from pictures.svg import Point, circle, ellipse, group, line, num, path, polygon, polyline, rect

PAPER, INK, QUIET = oklch(0.965, 0.014, 85), oklch(0.27, 0.03, 260), oklch(0.50, 0.02, 260)
RULE, RED, TEAL = oklch(0.86, 0.02, 85), oklch(0.52, 0.17, 25), oklch(0.46, 0.08, 200)
GOLD, WATER = oklch(0.74, 0.13, 82), oklch(0.72, 0.09, 230)
# Books lent in each month, in thousands, from January on.
LOANS = (3.9, 3.6, 3.8, 3.7, 3.2, 4.6, 6.1, 5.9, 3.7, 3.4, 3.2, 3.1)
MONTHS = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر",
    "نوفمبر", "ديسمبر",
)  # fmt: skip


@emblem("loans-by-month")
def loans_by_month(k: Inks, rnd: random.Random) -> str:
    """Figure: a stack of books for each month from the right, a book for every 200 loans."""
    spines = tuple(
        oklch(c, 0.05, h) for c, h in ((0.50, 200), (0.60, 210), (0.70, 195), (0.55, 230))
    )
    warm = tuple(oklch(c, 0.14, h) for c, h in ((0.52, 25), (0.62, 40), (0.74, 78), (0.58, 32)))
    out, floor, step, thick = [rect(0, 0, W, H, PAPER)], 842, 109, 20.5
    for thousands in (2, 4, 6):
        y = floor - thousands * 5 * thick
        out.append(line(120, y, 1446, y, RULE, 3))
        out.append(label(1476, y + 13, str(thousands), 38, QUIET))
    for j, (name, loans) in enumerate(zip(MONTHS, LOANS, strict=True)):
        x = 1382 - step * j
        peak = loans > 5
        books = loans * 5
        for b in range(math.ceil(books)):
            wide, shift = 80 + rnd.uniform(-12, 6), rnd.uniform(-5, 5)
            high = thick * min(1.0, books - b)
            y = floor - thick * b - high
            ink = (warm if peak else spines)[(b + j) % 4]
            out.append(rect(x - wide / 2 + shift, y, wide, high - 2.5, ink, r=4))
            out.append(rect(x + wide / 2 + shift - 22, y, 7, high - 2.5, PAPER, opacity=0.75))
        if peak:
            out.append(label(x, floor - thick * books - 22, str(loans), 50, RED))
        out.append(label(x, floor + 58 + (46 if j % 2 else 0), name, 36, RED if peak else INK))
    out.append(rect(112, floor, 1338, 6, INK))
    return "".join(out)


SCHOOLS = ("النبع", "البيدر", "الميزان", "التلة", "الجسر", "المرج", "الساقية", "الحصاد")


def _box(x: float, y: float, words: str, ground: str, ink: str) -> str:
    frame = rect(x - 150, y - 42, 300, 84, ground, r=12)
    return frame + (label(x, y + 15, words, 46, ink) if words else "")


@emblem("cup-draw")
def cup_draw(k: Inks, rnd: random.Random) -> str:
    """Figure: the draw of eight schools from the right to the cup on the left."""
    board, chalk = oklch(0.36, 0.06, 165), oklch(0.94, 0.02, 110)
    open_slot = oklch(0.46, 0.06, 165)
    out = [rect(0, 0, W, H, oklch(0.58, 0.08, 58)), rect(34, 34, W - 68, H - 68, board, r=14)]
    ys = [152 + 109 * j for j in range(8)]
    columns = [(1330, ys)]
    for x in (950, 640):
        before = columns[-1][1]
        columns.append(
            (x, [round((a + b) / 2) for a, b in zip(before[::2], before[1::2], strict=True)])
        )
    cup_y = round(sum(columns[-1][1]) / 2)
    for (x, heights), (nx, nexts) in zip(columns, [*columns[1:], (330, [cup_y])], strict=True):
        for j, y in enumerate(heights):
            half = 150 if x > 1000 else 105
            mid = (x - half + nx + (105 if nx != 330 else 130)) / 2
            to = nexts[j // 2]
            end = nx + (105 if nx != 330 else 130)
            out.append(polyline([(x - half, y), (mid, y), (mid, to), (end, to)], chalk, 5))
    for j, (name, y) in enumerate(zip(SCHOOLS, ys, strict=True)):
        first = j < 2
        out.append(_box(1330, y, name, GOLD if first else chalk, INK))
    for x, heights in columns[1:]:
        out += [rect(x - 105, y - 40, 210, 80, open_slot, chalk, 3, 12) for y in heights]
    cup = path("M-92 -150H92C92 -20 60 40 0 56C-60 40 -92 -20 -92 -150Z", GOLD)
    cup += path(
        "M-88 -120h-52c0 80 30 110 80 116M88 -120h52c0 80 -30 110 -80 116", "none", GOLD, 18
    )
    cup += rect(-14, 50, 28, 70, GOLD) + path("M-70 150V132q0 -18 18 -18H52q18 0 18 18V150Z", GOLD)
    cup += rect(-92, 150, 184, 40, WOOD, r=6) + path(
        "M-58 -132C-58 -40 -44 0 -22 18", "none", oklch(0.9, 0.1, 92), 14
    )
    cup += ellipse(0, -150, 92, 15, oklch(0.62, 0.12, 75))
    return "".join(out) + group(cup, f"translate(240 {cup_y}) scale(0.98)")


@emblem("leaking-main")
def leaking_main(k: Inks, rnd: random.Random) -> str:
    """Figure: of 100 litres that the station pumps 30 leak from an old main and 70 reach houses."""
    soil, deep, pipe = oklch(0.60, 0.07, 62), oklch(0.50, 0.07, 58), oklch(0.42, 0.02, 250)
    flow, sky = oklch(0.62, 0.11, 235), oklch(0.93, 0.03, 220)
    out = [
        rect(0, 0, W, H, sky),
        rect(0, 500, W, H, soil),
        rect(0, 500, W, 34, oklch(0.56, 0.11, 140)),
    ]
    out.append(path("M0 820C300 770 620 870 900 820S1400 780 1600 840V1067H0Z", deep))
    out += [
        ellipse(
            rnd.uniform(0, W), rnd.uniform(570, 1040), rnd.uniform(10, 26), rnd.uniform(6, 14), deep
        )
        for _ in range(34)
    ]
    wall, shade = oklch(0.80, 0.06, 70), oklch(0.66, 0.07, 55)
    out.append(
        rect(1210, 290, 300, 214, wall) + polygon([(1190, 292), (1360, 206), (1530, 292)], shade)
    )
    out.append(
        rect(1316, 372, 90, 132, shade)
        + circle(1460, 370, 34, oklch(0.5, 0.06, 240))
        + circle(1258, 370, 34, oklch(0.5, 0.06, 240))
    )
    for x, h in ((60, 190), (250, 250), (430, 170)):
        out.append(house(x, 506, 150, h, wall, shade, oklch(0.5, 0.06, 240), rnd))
    out.append(tree(690, 512, 230, oklch(0.50, 0.10, 145), oklch(0.6, 0.11, 140)))
    for d, ink in ((62, pipe), (44, flow)):
        out.append(polyline([(1360, 500), (1360, 680), (860, 680)], ink, d))
    for d, ink in ((52, pipe), (32, flow)):
        out.append(polyline([(860, 680), (135, 680)], ink, d))
        out += [polyline([(x, 680), (x, 516)], ink, d) for x in (135, 325, 505)]
    for x in (1150, 960, 760, 600):
        out.append(rect(x - 14, 640, 28, 80, oklch(0.34, 0.02, 250), r=5))
    for x, n in ((1150, 7), (960, 9), (760, 6)):
        for j in range(n):
            dx, y = rnd.uniform(-50, 50), 726 + 18 * j
            out.append(
                path(
                    f"M{num(x + dx)} {y}c12 18 14 26 14 32a14 14 0 0 1 -28 0c0 -6 2 -14 14 -32Z",
                    flow,
                )
            )
        out.append(ellipse(x, 745 + 15 * n, 120, 24, oklch(0.55, 0.08, 220), opacity=0.7))
    halo = PAPER
    out.append(label(1340, 168, "100 لتر تُضخ", 66, INK, halo=halo))
    out.append(label(330, 196, "70 تصل", 66, TEAL, halo=halo))
    out.append(label(970, 945, "30 لترًا تتسرب في الطريق", 66, RED, halo=halo))
    return "".join(out)


# The line from the market to the school, as corners of cubic curves, and how many stops it has.
LINE: tuple[Point, ...] = (
    (330, 560), (480, 530), (600, 520), (700, 505), (800, 490), (930, 460), (1010, 440),
    (1090, 420), (1180, 400), (1230, 430), (1280, 460), (1310, 470), (1330, 500),
)  # fmt: skip
STOPS = 14


def _along(t: float) -> Point:
    """The point of `LINE` at ``t``, from 0 to the number of its curves."""
    n = min(int(t), (len(LINE) - 1) // 3 - 1)
    u, (a, b, c, d) = t - n, LINE[3 * n : 3 * n + 4]
    weights = ((1 - u) ** 3, 3 * u * (1 - u) ** 2, 3 * u * u * (1 - u), u**3)
    found = list(zip(weights, (a, b, c, d), strict=True))
    return sum(w * p[0] for w, p in found), sum(w * p[1] for w, p in found)


def _stops() -> list[Point]:
    """`STOPS` points at equal ways along the line."""
    way = [_along(4 * j / 400) for j in range(401)]
    far = [0.0]
    for a, b in pairwise(way):
        far.append(far[-1] + math.dist(a, b))
    return [way[bisect_left(far, far[-1] * j / (STOPS - 1) - 1e-9)] for j in range(STOPS)]


def _streets(rnd: random.Random) -> str:
    """Blocks of houses on both banks, some of them green."""
    blocks, river = [], lambda y: 800 + 70 * (1 if y > 560 else -1) * abs((y - 560) / 560) ** 1.2
    for i in range(13):
        for j in range(9):
            x, y = 40 + 122 * i + 10 * (j % 2), 40 + 116 * j
            if abs(x + 52 - river(y)) < 150:
                continue
            green = rnd.random() < 0.1
            ink = oklch(0.83, 0.07, 140) if green else oklch(0.90 - 0.04 * rnd.random(), 0.03, 75)
            blocks.append(rect(x, y, 104, 98, ink, r=6))
            if not green:
                blocks += [
                    rect(
                        x + rnd.uniform(6, 62),
                        y + rnd.uniform(6, 58),
                        rnd.uniform(22, 36),
                        rnd.uniform(20, 32),
                        oklch(0.80, 0.045, 65),
                    )
                    for _ in range(3)
                ]
    return "".join(blocks)


@emblem("bus-line-map")
def bus_line_map(k: Inks, rnd: random.Random) -> str:
    """Figure: a town map with a river, and the bus line from the market over the new bridge."""
    bed = "M735 -20C700 180 900 330 810 540S760 820 880 1090"
    out = [rect(0, 0, W, H, oklch(0.965, 0.012, 85)), _streets(rnd)]
    out += [
        path(bed, "none", ink, wide) for ink, wide in ((oklch(0.90, 0.05, 140), 190), (WATER, 138))
    ]
    out.append(path(bed, "none", oklch(0.80, 0.07, 230), 8, stroke_dasharray="60 46"))
    out.append(polyline([(700, 830), (980, 810)], oklch(0.62, 0.03, 70), 26))
    way = [_along(4 * j / 200) for j in range(201)]
    out.append(polyline(way, PAPER, 34) + polyline(way, RED, 20))
    stops = _stops()
    out += [circle(x, y, 13, PAPER, RED, 6) for x, y in stops]
    for x, y in (stops[0], stops[-1]):
        out.append(circle(x, y, 30, RED) + circle(x, y, 14, PAPER))
    names = (
        (330, 655, "محطة السوق", 50, INK), (560, 452, "المكتبة", 42, INK),
        (1330, 600, "مدرسة البيدر", 50, INK), (855, 396, "الجسر الجديد", 46, RED),
        (880, 905, "الجسر القديم", 40, QUIET),
        (300, 240, "حي النبع", 56, QUIET), (1240, 220, "الحي الشرقي", 56, QUIET),
    )  # fmt: skip
    out += [label(x, y, words, size, ink, halo=PAPER) for x, y, words, size, ink in names]
    north = polygon([(0, -62), (26, 30), (0, 12), (-26, 30)], INK) + label(
        0, 84, "شمال", 36, INK, halo=PAPER
    )
    out.append(group(circle(0, 10, 96, PAPER, RULE, 3) + north, "translate(1450 880)"))
    out.append(rect(90, 930, 300, 90, PAPER, r=10) + polyline([(120, 995), (360, 995)], INK, 6))
    return "".join(out) + label(240, 975, "500 متر", 38, INK)
