"""Scenes of a small town's noon and evening: the market, the bridge, the library at night."""

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
    H,
    W,
    bands,
    bicycle,
    lamp,
    palm,
    person,
    tree,
    window,
)
from pictures.svg import circle, group, line, num, path, polygon, rect

CREAM, NIGHT, GLOW = oklch(0.95, 0.03, 85), oklch(0.27, 0.06, 265), oklch(0.86, 0.13, 82)
SUNSET = tuple(
    oklch(*c) for c in ((0.62, 0.09, 300), (0.72, 0.10, 350), (0.79, 0.11, 40), (0.87, 0.10, 75))
)


def _basket(x: float, y: float, ink: str, rnd: random.Random, kind: str = "fruit") -> str:
    heap = (
        path(
            f"M{num(x - 78)} {num(y - 58)}L{num(x)} {num(y - 165)}L{num(x + 78)} {num(y - 58)}Z",
            ink,
        )
        if kind == "spice"
        else "".join(
            circle(x - 56 + 28 * i + (14 if j % 2 else 0), y - 74 - 24 * j, 20, ink, CREAM, 1.2)
            for j in range(3)
            for i in range(5 - j)
        )
    )
    return (
        heap
        + path(
            f"M{num(x - 92)} {num(y - 62)}H{num(x + 92)}L{num(x + 70)} {num(y)}H{num(x - 70)}Z",
            WOOD,
        )
        + "".join(
            line(x - 84 + 9 * j, y - 48 + 16 * j, x + 84 - 9 * j, y - 48 + 16 * j, WOOD_DARK, 3)
            for j in range(3)
        )
    )


@emblem("covered-market")
def covered_market(k: Inks, rnd: random.Random) -> str:
    """Scene: a vaulted market lane at noon, awnings and baskets on both sides, shafts of light."""
    out = [rect(0, 0, W, H, oklch(0.42, 0.06, 50))]
    tones = (
        (0.50, 0.07, 55),
        (0.58, 0.075, 60),
        (0.67, 0.075, 65),
        (0.78, 0.07, 72),
        (0.93, 0.06, 85),
    )
    for j, c in enumerate(tones):
        w, top, base = 760 - 142 * j, 60 + 78 * j, 960 - 62 * j
        foot = f"{top + w * 0.72:.0f}"
        vault = (
            f"M{800 - w} {H}V{foot}Q{800 - w} {top} 800 {top}Q{800 + w} {top} {800 + w} {foot}V{H}Z"
        )
        out.append(path(vault, oklch(*c)))
        if j < 4:
            out.append(rect(800 - w, base, 2 * w, H - base, oklch(c[0] + 0.06, 0.05, 70)))
    out.append(polygon([(612, H), (988, H), (870, 712), (730, 712)], oklch(0.90, 0.05, 82)))
    for x, y, s in ((800, 726, 100), (742, 744, 118)):
        dress = Dress(
            oklch(0.45, 0.08, 250 if x == 800 else 20),
            IRON,
            SKIN[1],
            robe=x == 800,
            scarf=CREAM if x == 800 else "",
        )
        out.append(person(x, y, s, dress))
    out += [
        polygon([(x, 40), (x + 70, 40), (x - 130, H), (x - 330, H)], CREAM, opacity=0.13)
        for x in (640, 900, 1180)
    ]
    cloths = ((0.52, 0.15, 25), (0.45, 0.09, 200), (0.72, 0.14, 75))
    for side in (0, 1):
        stalls = []
        for n, (x, y, w) in enumerate(((0, 470, 430), (300, 540, 260))):
            ink = oklch(*cloths[(n + side) % 3])
            stalls += [
                path(
                    f"M{num(x + i * w / 6)} {y}h{num(w / 6)}v60"
                    f"a{num(w / 12)} 26 0 0 1 {num(-w / 6)} 0Z",
                    ink if i % 2 == 0 else CREAM,
                )
                for i in range(6)
            ]
            stalls.append(rect(x, y - 18, w, 20, WOOD_DARK))
        flip = f"translate({W} 0) scale(-1 1)" if side else None
        out.append(group(stalls, flip))
    fruit = (
        (0.66, 0.17, 50),
        (0.58, 0.17, 28),
        (0.70, 0.15, 120),
        (0.72, 0.14, 75),
        (0.52, 0.14, 35),
        (0.62, 0.12, 90),
    )
    for n, (x, y) in enumerate(
        ((120, 1010), (330, 1000), (505, 960), (1480, 1010), (1270, 1000), (1095, 960))
    ):
        out.append(_basket(x, y, oklch(*fruit[n]), rnd, "spice" if n in (1, 3, 5) else "fruit"))
    out.append(
        person(430, 900, 300, Dress(oklch(0.88, 0.03, 90), IRON, SKIN[2], robe=True), (0.2, 0.55))
    )
    out.append(
        person(
            1210,
            905,
            290,
            Dress(oklch(0.44, 0.09, 330), IRON, SKIN[0], robe=True, scarf=oklch(0.6, 0.1, 200)),
            (0.18, 0.5),
            -1,
        )
    )
    return "".join(out)


@emblem("stone-bridge")
def stone_bridge(k: Inks, rnd: random.Random) -> str:
    """Scene: three stone arches over a river at sunset, people going home, the town behind."""
    out = [bands(SUNSET, 0, 700), circle(1050, 420, 120, oklch(0.93, 0.12, 85))]
    far = oklch(0.52, 0.08, 330)
    x = -20.0
    while x < W:
        w, h = rnd.uniform(70, 150), rnd.uniform(70, 190)
        out.append(rect(x, 620 - h, w, h + 100, far))
        out.append(
            "".join(
                rect(x + 16 + 30 * i, 640 - h, 12, 20, GLOW)
                for i in range(int(w // 42))
                if rnd.random() < 0.6
            )
        )
        x += w + rnd.uniform(-4, 12)
    out.append(
        rect(356, 300, 54, 330, far)
        + path("M346 300h74l-37 -96Z", far)
        + circle(383, 190, 9, far)
        + rect(344, 380, 78, 14, far)
    )
    out.append(
        palm(1420, 640, 270, oklch(0.36, 0.07, 330), far)
        + palm(1500, 650, 210, oklch(0.36, 0.07, 330), far)
    )
    river = oklch(0.56, 0.08, 280)
    out.append(rect(0, 690, W, 377, river))
    for _ in range(58):
        y = rnd.uniform(730, 1050)
        near = abs(rnd.gauss(0, 1)) < 0.9
        x = rnd.gauss(1050, 90) if near else rnd.uniform(0, W)
        out.append(
            rect(
                x,
                y,
                rnd.uniform(50, 190),
                7,
                oklch(0.86, 0.11, 75) if near else oklch(0.64, 0.09, 290),
                r=3.5,
            )
        )
    stone, dark = oklch(0.50, 0.05, 45), oklch(0.40, 0.05, 40)
    arches = "".join(
        f"M{x} 860V740a{r} {r} 0 0 1 {2 * r} 0V860Z"
        for x, r in ((170, 150), (600, 200), (1130, 150))
    )
    out.append(path("M-10 860V610Q800 430 1610 610V860Z" + arches, stone, fill_rule="evenodd"))
    for cx, r in ((320, 150), (800, 200), (1280, 150)):
        out.append(path(f"M{cx - r} 740a{r} {r} 0 0 1 {2 * r} 0", "none", dark, 16))
    for cx in (535, 1065):
        out.append(polygon([(cx - 46, 880), (cx - 36, 700), (cx + 36, 700), (cx + 46, 880)], dark))
    walkers = (
        (500, 544, 190, 1, (0.45, 0.10, 200)),
        (640, 533, 150, 1, (0.6, 0.15, 35)),
        (900, 531, 196, -1, (0.40, 0.10, 330)),
        (1150, 545, 186, -1, (0.38, 0.06, 260)),
    )
    for n, (x, y, h, way, c) in enumerate(walkers):
        out.append(
            person(
                x,
                y,
                h,
                Dress(oklch(*c), IRON, SKIN[n % 3], robe=n == 2, scarf=CREAM if n == 2 else ""),
                (0.1, 0.45),
                way,
            )
        )
    out.append(bicycle(310, 565, 1.0, dark, WOOD))
    out.append(path("M-10 612Q800 432 1610 612V578Q800 398 -10 578Z", dark))
    return "".join(out)


def _book(x: float, y: float, h: float, ink: str) -> str:
    """The back of a book, 12 wide, that stands on ``y``."""
    return rect(x, y - h, 12, h, ink)


@emblem("library-night")
def library_night(k: Inks, rnd: random.Random) -> str:
    """Scene: the library at night, its windows lit and a reader in one of them."""
    out = [bands((oklch(0.22, 0.05, 265), NIGHT, oklch(0.34, 0.07, 260)), 0, 920)]
    out += [
        circle(rnd.uniform(0, W), rnd.uniform(0, 420), rnd.uniform(1.5, 3.4), CREAM)
        for _ in range(60)
    ]
    out.append(circle(300, 190, 70, GLOW) + circle(330, 176, 62, oklch(0.22, 0.05, 265)))
    wall, shade = oklch(0.56, 0.06, 60), oklch(0.45, 0.06, 55)
    out.append(
        rect(330, 300, 960, 570, wall)
        + rect(300, 268, 1020, 42, shade)
        + rect(330, 575, 960, 16, shade)
    )
    out.append(
        polygon([(640, 268), (810, 150), (980, 268)], wall)
        + polygon([(660, 262), (810, 158), (960, 262)], shade)
    )
    out.append(circle(810, 225, 26, GLOW))
    for j, y in enumerate((540, 820)):
        for i in range(5):
            x = 430 + 190 * i
            if j == 1 and i == 2:
                continue
            out.append(window(x, y, 116, 186, GLOW, shade))
            out += [
                _book(
                    x - 44 + 15 * b, y - 4, rnd.uniform(26, 50), oklch(0.6, 0.10, 50 + 40 * (b % 4))
                )
                for b in range(6)
            ]
    out.append(
        circle(622, 428, 27, oklch(0.35, 0.05, 40))
        + path("M574 540c0 -70 20 -86 48 -86s48 16 48 86Z", oklch(0.42, 0.10, 20))
    )
    out.append(
        polygon([(580, 512), (620, 522), (660, 512), (660, 486), (620, 496), (580, 486)], CREAM)
    )
    out.append(
        path("M725 870V700a85 85 0 0 1 170 0V870Z", shade)
        + path("M742 870V704a68 68 0 0 1 136 0V870Z", GLOW)
    )
    out.append(rect(806, 640, 8, 230, shade))
    out.append(
        "".join(
            rect(690 - 24 * j, 868 + 16 * j, 240 + 48 * j, 17, oklch(0.62 - 0.05 * j, 0.04, 65))
            for j in range(3)
        )
    )
    out.append(rect(0, 914, W, 153, oklch(0.29, 0.04, 265)))
    out.append(polygon([(700, 914), (920, 914), (1060, 1067), (560, 1067)], GLOW, opacity=0.22))
    out.append(
        tree(170, 930, 560, oklch(0.33, 0.06, 165), oklch(0.39, 0.07, 160), oklch(0.25, 0.04, 50))
    )
    out.append(lamp(1430, 950, 470, oklch(0.18, 0.03, 265), GLOW))
    out.append(
        person(
            1200,
            985,
            230,
            Dress(oklch(0.45, 0.09, 200), oklch(0.24, 0.03, 265), SKIN[1]),
            (0.1, 0.5),
            -1,
        )
    )
    out.append(rect(1162, 862, 34, 46, oklch(0.6, 0.14, 30), r=4))
    return "".join(out)
