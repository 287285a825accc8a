"""Scenes of a small town's morning: the bus stop, the oven before sunrise."""

from __future__ import annotations

import random

from pictures.motifs.registry import emblem
from pictures.palette import Inks, oklch
from pictures.scenery import (
    IRON,
    SKIN,
    WOOD,
    WOOD_DARK,
    Dress,
    W,
    bands,
    bicycle,
    house,
    lamp,
    person,
    tree,
)
from pictures.svg import circle, ellipse, line, num, path, polygon, rect

GLASS, CREAM = oklch(0.86, 0.045, 220), oklch(0.95, 0.03, 85)
LEAF, LEAF_LIGHT = oklch(0.50, 0.10, 145), oklch(0.60, 0.11, 140)
NIGHT, GLOW = oklch(0.27, 0.06, 265), oklch(0.86, 0.13, 82)


def _bus(x: float, y: float) -> str:
    yellow, dark = oklch(0.82, 0.15, 88), oklch(0.62, 0.13, 75)
    out = [
        rect(x, y - 330, 640, 290, yellow, r=34),
        rect(x, y - 120, 640, 30, dark),
        rect(x + 24, y - 300, 592, 14, dark, r=7),
    ]
    out += [rect(x + 150 + 118 * j, y - 268, 100, 112, GLASS, r=12) for j in range(4)]
    out.append(path(f"M{num(x + 12)} {num(y - 156)}V{num(y - 250)}q4 -18 22 -18h86v112Z", GLASS))
    out += [circle(x + 196 + 118 * j, y - 176, 26, oklch(0.45, 0.05, 250)) for j in (0, 1, 3)]
    for cx in (x + 140, x + 510):
        out.append(circle(cx, y - 40, 62, dark) + circle(cx, y - 40, 52, IRON))
        out.append(circle(cx, y - 40, 22, oklch(0.8, 0.01, 250)))
    out.append(rect(x + 8, y - 96, 34, 20, CREAM, r=8))
    out.append(rect(x + 176, y - 322, 200, 40, IRON, r=8))
    out += [rect(x + 196 + 24 * j, y - 308, 14, 12, GLOW) for j in range(7)]
    return "".join(out)


def _shelter(x: float, y: float) -> str:
    return (
        rect(x + 20, y - 330, 300, 250, GLASS, opacity=0.55)
        + rect(x, y - 356, 360, 28, IRON, r=8)
        + rect(x + 12, y - 330, 14, 330, IRON)
        + rect(x + 322, y - 330, 14, 330, IRON)
        + rect(x + 60, y - 106, 220, 18, WOOD, r=6)
        + rect(x + 80, y - 90, 12, 90, IRON)
        + rect(x + 248, y - 90, 12, 90, IRON)
        + rect(x + 392, y - 400, 12, 400, IRON)
        + circle(x + 398, y - 430, 52, oklch(0.52, 0.17, 25))
        + rect(x + 370, y - 448, 56, 34, CREAM, r=8)
        + circle(x + 382, y - 410, 7, CREAM)
        + circle(x + 414, y - 410, 7, CREAM)
    )


@emblem("bus-stop")
def bus_stop(k: Inks, rnd: random.Random) -> str:
    """Scene: a yellow bus comes to a shelter under a tree; three people wait, the bridge and the
    quarter behind.
    """
    sky = bands(
        tuple(oklch(*c) for c in ((0.87, 0.05, 225), (0.91, 0.04, 215), (0.95, 0.03, 90))), 0, 640
    )
    out = [sky, circle(1270, 190, 86, oklch(0.95, 0.09, 95))]
    hill = oklch(0.78, 0.06, 130)
    out.append(path("M0 560C300 430 560 520 820 470S1320 400 1600 500V760H0Z", hill))
    walls = ((0.88, 0.04, 75), (0.83, 0.06, 60), (0.91, 0.03, 90), (0.80, 0.06, 45))
    for n, (x, w, h) in enumerate(
        (
            (-30, 200, 250),
            (150, 160, 320),
            (320, 190, 220),
            (1130, 170, 260),
            (1300, 150, 330),
            (1440, 190, 240),
        )
    ):
        c = walls[n % 4]
        out.append(
            house(
                x, 740, w, h, oklch(*c), oklch(c[0] - 0.09, c[1], c[2]), oklch(0.5, 0.06, 235), rnd
            )
        )
    stone = oklch(0.72, 0.035, 70)
    arches = "".join(f"M{x} 740V680a62 62 0 0 1 124 0V740Z" for x in (560, 715, 870))
    out.append(path("M500 740V610Q790 560 1130 610V740Z" + arches, stone, fill_rule="evenodd"))
    out.append(path("M500 612Q790 562 1130 612", "none", oklch(0.6, 0.035, 70), 14))
    out.append(
        rect(0, 738, W, 120, oklch(0.83, 0.025, 80)) + rect(0, 738, W, 12, oklch(0.72, 0.03, 80))
    )
    out.append(
        rect(0, 856, W, 211, oklch(0.47, 0.015, 260)) + rect(0, 850, W, 18, oklch(0.88, 0.01, 90))
    )
    out += [rect(60 + 270 * j, 985, 150, 14, oklch(0.92, 0.02, 90), r=7) for j in range(6)]
    out.append(tree(1330, 800, 620, LEAF, LEAF_LIGHT))
    out.append(_shelter(930, 822))
    red, blue = oklch(0.52, 0.15, 25), oklch(0.46, 0.09, 240)
    out.append(person(1010, 836, 232, Dress(blue, IRON, SKIN[1]), (0.16, 0.5), -1))
    out.append(
        person(
            1108,
            836,
            222,
            Dress(oklch(0.47, 0.09, 330), IRON, SKIN[0], robe=True, scarf=CREAM),
            (0.12, 0.46),
            -1,
        )
    )
    out.append(person(1196, 838, 168, Dress(red, blue, SKIN[0]), (0.05, 0.45), -1))
    out.append(rect(1201, 734, 40, 54, oklch(0.72, 0.14, 75), r=12))
    out.append(_bus(190, 940))
    return "".join(out)


@emblem("dawn-oven")
def dawn_oven(k: Inks, rnd: random.Random) -> str:
    """Scene: a bakery before sunrise, the oven glowing in the open front, the street still dark."""
    wall, shade = oklch(0.38, 0.05, 290), oklch(0.31, 0.05, 285)
    out = [bands((NIGHT, oklch(0.33, 0.07, 275), oklch(0.42, 0.08, 300)), 0, 520)]
    out += [
        circle(rnd.uniform(0, W), rnd.uniform(0, 300), rnd.uniform(1.5, 3.2), CREAM)
        for _ in range(46)
    ]
    for x, w, h in ((-20, 260, 560), (1280, 340, 620)):
        out.append(house(x, 900, w, h, shade, oklch(0.27, 0.05, 285), oklch(0.22, 0.04, 280), rnd))
    out.append(rect(220, 210, 1080, 690, wall) + rect(200, 190, 1120, 36, shade))
    out.append(
        rect(290, 400, 940, 500, GLOW)
        + rect(290, 400, 940, 500, oklch(0.78, 0.14, 65), opacity=0.5)
    )
    stripe = "".join(
        path(
            f"M{280 + 96 * j} 330H{376 + 96 * j}V420a48 40 0 0 1 -96 0Z",
            (oklch(0.52, 0.15, 25), CREAM)[j % 2],
        )
        for j in range(10)
    )
    brick = oklch(0.60, 0.10, 45)
    oven = (
        path("M380 900V640a220 200 0 0 1 440 0V900Z", brick)
        + path("M430 900V650a170 150 0 0 1 340 0V900Z", oklch(0.52, 0.10, 40))
        + path("M480 820V700a120 110 0 0 1 240 0V820Z", oklch(0.28, 0.05, 35))
        + path(
            "M505 820C500 740 560 760 560 690C610 730 590 760 620 740C640 720 640 760 690 820Z",
            oklch(0.76, 0.17, 60),
        )
        + path("M545 820C550 770 590 780 600 740C620 780 650 780 655 820Z", oklch(0.90, 0.14, 95))
        + rect(460, 818, 280, 22, oklch(0.42, 0.06, 40))
    )
    shelves = "".join(
        rect(900, 560 + 110 * j, 300, 14, WOOD_DARK)
        + "".join(
            ellipse(940 + 55 * i, 547 + 110 * j, 30, 19, oklch(0.70, 0.11, 65))
            + path(f"M{924 + 55 * i} {545 + 110 * j}q16 -12 32 0", "none", oklch(0.86, 0.08, 80), 5)
            for i in range(5)
        )
        for j in range(3)
    )
    out += [oven, shelves, stripe]
    out.append(
        person(
            800,
            915,
            300,
            Dress(CREAM, oklch(0.5, 0.04, 250), SKIN[1], hair=CREAM),
            (0.30, 0.62),
            -1,
        )
    )
    out.append(
        line(716, 724, 600, 812, WOOD, 12) + ellipse(584, 818, 44, 12, oklch(0.74, 0.11, 68))
    )
    out.append(rect(0, 895, W, 172, oklch(0.30, 0.04, 280)))
    out.append(
        polygon(
            [(290, 897), (1230, 897), (1420, 1067), (100, 1067)],
            oklch(0.78, 0.13, 75),
            opacity=0.32,
        )
    )
    out.append(bicycle(1120, 1000, 1.5, oklch(0.2, 0.03, 280), oklch(0.62, 0.10, 70)))
    return "".join(out) + lamp(120, 960, 430, oklch(0.2, 0.03, 280), GLOW)
