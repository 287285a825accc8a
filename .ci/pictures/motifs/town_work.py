"""Scenes of a town at work and play: the cup final in a school's yard, the reading room, the
baker's table.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from pictures.motifs.registry import emblem
from pictures.palette import Inks, oklch
from pictures.scenery import IRON, SKIN, WOOD, WOOD_DARK, Dress, H, W, bands, person, window
from pictures.svg import Point, circle, ellipse, group, line, num, path, polygon, polyline, rect

CREAM, GLOW = oklch(0.95, 0.03, 85), oklch(0.86, 0.13, 82)
GRASS, GRASS_LIGHT, CHALK = oklch(0.58, 0.12, 140), oklch(0.63, 0.12, 138), oklch(0.97, 0.01, 110)
RED, BLUE = oklch(0.55, 0.18, 25), oklch(0.48, 0.13, 255)
BOOKS = tuple(
    oklch(*c)
    for c in (
        (0.50, 0.13, 25), (0.44, 0.08, 200), (0.72, 0.12, 80), (0.40, 0.09, 290), (0.55, 0.09, 145),
        (0.85, 0.04, 85), (0.60, 0.12, 50), (0.35, 0.06, 250),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Pose:
    """Where a player's limbs are: heights from the feet, forward of the hips; in heights."""

    back_leg: Sequence[Point]
    front_leg: Sequence[Point]
    back_arm: Sequence[Point]
    front_arm: Sequence[Point]
    lean: float = 0.0


SHOT = Pose(
    ((-0.03, 0.24), (-0.02, 0.0)),
    ((0.17, 0.34), (0.33, 0.22)),
    ((-0.16, 0.62), (-0.24, 0.72)),
    ((0.14, 0.60), (0.2, 0.48)),
    -0.05,
)
RUN = Pose(
    ((-0.12, 0.30), (-0.26, 0.20)),
    ((0.14, 0.28), (0.08, 0.02)),
    ((-0.12, 0.58), (-0.03, 0.48)),
    ((0.12, 0.58), (0.20, 0.66)),
    0.06,
)
DIVE = Pose(
    ((-0.08, 0.24), (-0.16, 0.02)),
    ((0.10, 0.24), (0.16, 0.0)),
    ((-0.16, 0.80), (-0.24, 0.98)),
    ((0.15, 0.80), (0.24, 0.98)),
    0.0,
)


def _player(x: float, y: float, h: float, pose: Pose, dress: Dress, turned: int = 1) -> str:
    def at(p: Point) -> Point:
        return x + turned * p[0] * h, y - p[1] * h

    hip, neck = (0.0, 0.46), (pose.lean, 0.78)
    head = (pose.lean * 1.25 + 0.01, 0.9)

    def limb(start: Point, joints: Sequence[Point], ink: str, end: str) -> str:
        bare = polyline([at(joints[0]), at(joints[1])], end, h * 0.062)
        return bare + polyline([at(start), at(joints[0])], ink, h * 0.075)

    boot = "".join(
        ellipse(*at((leg[1][0] + 0.02, leg[1][1] + 0.005)), h * 0.055, h * 0.028, IRON)
        for leg in (pose.back_leg, pose.front_leg)
    )
    torso = polygon(
        [
            at((hip[0] - 0.085, hip[1])),
            at((neck[0] - 0.1, neck[1])),
            at((neck[0] + 0.1, neck[1])),
            at((hip[0] + 0.085, hip[1])),
        ],
        dress.top,
        dress.top,
        h * 0.03,
    )
    return (
        ellipse(x, y + 4, h * 0.22, h * 0.03, oklch(0.42, 0.09, 142))
        + limb((neck[0] - 0.08, 0.75), pose.back_arm, dress.top, dress.skin)
        + limb(hip, pose.back_leg, dress.bottom, dress.skin)
        + limb(hip, pose.front_leg, dress.bottom, dress.skin)
        + boot
        + torso
        + limb((neck[0] + 0.08, 0.75), pose.front_arm, dress.top, dress.skin)
        + circle(*at((head[0] - 0.02, head[1] + 0.015)), h * 0.078, dress.hair)
        + ellipse(*at((head[0] + 0.01, head[1])), h * 0.062, h * 0.07, dress.skin)
    )


def _goal(x: float, y: float) -> str:
    net = "".join(line(x + 22 * j, y - 330, x + 22 * j - 40, y, CHALK, 1.6) for j in range(3, 14))
    net += "".join(line(x + 20, y - 30 * j, x + 300, y - 30 * j, CHALK, 1.6) for j in range(1, 11))
    return group(net, opacity=0.6) + path(
        f"M{num(x)} {num(y)}V{num(y - 340)}H{num(x + 310)}V{num(y - 20)}", "none", CHALK, 13
    )


def _ball(x: float, y: float, r: float) -> str:
    spots = "".join(
        circle(x + dx * r, y + dy * r, r * 0.24, IRON)
        for dx, dy in ((0, 0), (0.62, -0.4), (-0.6, -0.45), (0.2, 0.72), (-0.5, 0.5))
    )
    return circle(x, y, r, CHALK) + spots + circle(x, y, r, "none", IRON, 2)


def _stand(y: float, rnd: random.Random) -> str:
    out = [rect(360, y - 190, 900, 190, oklch(0.70, 0.03, 70))]
    hats = (RED, BLUE, CREAM, GLOW, oklch(0.5, 0.1, 330), oklch(0.5, 0.08, 170))
    for row in range(5):
        floor = y - 150 + 36 * row
        out.append(rect(360, floor, 900, 8, oklch(0.60, 0.03, 65)))
        x = 374.0 + 9 * (row % 2)
        while x < 1246:
            out.append(
                path(f"M{num(x - 11)} {num(floor)}v-12a11 12 0 0 1 22 0v12Z", rnd.choice(hats))
            )
            out.append(circle(x, floor - 30, 8.5, rnd.choice(SKIN)))
            x += rnd.uniform(25, 33)
    return "".join(out)


@emblem("cup-final")
def cup_final(k: Inks, rnd: random.Random) -> str:
    """Scene: the final in a school's yard at dusk: a shot on goal, a full stand, floodlights."""
    sky = tuple(oklch(*c) for c in ((0.70, 0.08, 270), (0.80, 0.08, 330), (0.88, 0.08, 55)))
    out = [bands(sky, 0, 510)]
    wall, shade = oklch(0.84, 0.06, 75), oklch(0.70, 0.07, 60)
    out.append(rect(200, 170, 1220, 320, wall) + rect(180, 152, 1260, 26, shade))
    out += [
        window(270 + 96 * i, 282, 52, 76, oklch(0.52, 0.06, 240), shade, False) for i in range(12)
    ]
    out.append(rect(1330, 40, 8, 120, IRON) + polygon([(1338, 44), (1430, 66), (1338, 92)], RED))
    out.append(_stand(500, rnd))
    for x in (110, 1490):
        out.append(rect(x - 7, 90, 14, 420, IRON) + rect(x - 70, 60, 140, 56, IRON, r=8))
        out += [circle(x - 48 + 32 * j, 88, 14, CREAM) for j in range(4)]
        out.append(circle(x, 88, 150, CREAM, opacity=0.2))
    out.append(rect(0, 498, W, 569, GRASS))
    out += [
        polygon([(a - 40, 500), (a + 80, 500), (a * 1.6 - 400, H), (a * 1.6 - 640, H)], GRASS_LIGHT)
        for a in range(-200, 1900, 260)
    ]
    out.append(path(f"M0 560H{W}M250 560L-60 980", "none", CHALK, 7))
    out.append(path("M470 700H-20M470 700L330 940H-20", "none", CHALK, 7))
    out.append(_goal(40, 800))
    green = oklch(0.72, 0.14, 130)
    out.append(_player(300, 820, 270, DIVE, Dress(green, IRON, SKIN[0])))
    out.append(_player(1340, 740, 240, RUN, Dress(BLUE, CHALK, SKIN[0]), -1))
    out.append(_player(720, 830, 300, RUN, Dress(BLUE, CHALK, SKIN[2]), 1))
    out.append(path("M905 948Q760 690 560 640", "none", CHALK, 5, stroke_dasharray="2 18"))
    out.append(_player(1060, 1000, 360, SHOT, Dress(RED, IRON, SKIN[1]), -1))
    out.append(_ball(545, 632, 30))
    return "".join(out)


def _shelf(x: float, y: float, w: float, rows: int, rnd: random.Random) -> str:
    """A bookcase with its foot at ``y``; each row is 150 high."""
    tall = rows * 150 + 26
    out = [
        rect(x - 14, y - tall, w + 28, tall, WOOD_DARK),
        rect(x, y - tall + 16, w, tall - 30, oklch(0.28, 0.04, 45)),
    ]
    for j in range(rows):
        floor = y - 14 - 150 * j
        at = x + 6
        while at < x + w - 30:
            wide, high = rnd.choice((16, 20, 24, 30)), rnd.uniform(88, 124)
            if rnd.random() < 0.08:
                at += 26
                continue
            ink = rnd.choice(BOOKS)
            out.append(
                rect(at, floor - high, wide, high, ink)
                + rect(at + 3, floor - high + 14, wide - 6, 6, CREAM, opacity=0.7)
            )
            at += wide + 2
        out.append(rect(x - 6, floor, w + 12, 13, WOOD))
    return "".join(out)


@emblem("reading-room")
def reading_room(k: Inks, rnd: random.Random) -> str:
    """Scene: high shelves, a ladder, and the librarian pushing the cart of returned books."""
    out = [rect(0, 0, W, H, oklch(0.90, 0.04, 85))]
    for x, w in ((40, 380), (480, 380), (1180, 380)):
        out.append(_shelf(x, 900, w, 5, rnd))
    out.append(window(1020, 760, 220, 520, oklch(0.90, 0.06, 220), WOOD_DARK))
    out.append(circle(1060, 430, 44, oklch(0.95, 0.09, 95)))
    out.append(rect(0, 895, W, 172, oklch(0.66, 0.07, 60)))
    out += [line(0, 930 + 40 * j, W, 930 + 40 * j, oklch(0.60, 0.07, 58), 4) for j in range(4)]
    out.append(polygon([(900, 895), (1140, 895), (1320, 1067), (860, 1067)], GLOW, opacity=0.28))
    for dx in (0, 92):
        out.append(line(250 + dx, 930, 330 + dx, 210, WOOD, 15))
    out += [
        line(254 + 8.6 * j, 892 - 77 * j, 346 + 8.6 * j, 892 - 77 * j, WOOD, 12) for j in range(9)
    ]
    cart = [
        rect(560, 690, 330, 16, IRON),
        rect(560, 845, 330, 16, IRON),
        rect(566, 690, 12, 250, IRON),
        rect(872, 690, 12, 250, IRON),
    ]
    cart += [circle(x, 952, 22, IRON) + circle(x, 952, 8, CREAM) for x in (586, 864)]
    for floor in (690, 845):
        at = 584.0
        while at < 850:
            wide, high = rnd.choice((18, 24, 30)), rnd.uniform(84, 118)
            cart.append(rect(at, floor - high, wide, high, rnd.choice(BOOKS)))
            at += wide + 2
    dress = Dress(
        oklch(0.44, 0.09, 200),
        oklch(0.30, 0.05, 250),
        SKIN[0],
        robe=True,
        scarf=oklch(0.86, 0.06, 60),
    )
    out.append(person(990, 985, 440, dress, (0.22, 0.60), -1))
    out += cart
    out.append(line(884, 694, 902, 720, IRON, 10))
    return "".join(out)


def _loaf(x: float, y: float, r: float, seeds: bool) -> str:
    crust, light, flour = oklch(0.62, 0.12, 58), oklch(0.72, 0.12, 68), oklch(0.93, 0.03, 85)
    out = ellipse(x, y + r * 0.42, r * 1.05, r * 0.16, oklch(0.45, 0.06, 50)) + path(
        f"M{num(x - r)} {num(y + r * 0.42)}C{num(x - r * 1.12)} {num(y - r * 0.5)}"
        f" {num(x + r * 1.12)} {num(y - r * 0.5)} {num(x + r)} {num(y + r * 0.42)}Z",
        crust,
    )
    out += ellipse(x - r * 0.1, y + r * 0.02, r * 0.7, r * 0.2, light)
    for j in (-1, 0, 1):
        out += path(
            f"M{num(x + j * r * 0.4 - r * 0.2)} {num(y + r * 0.16)}"
            f"q{num(r * 0.1)} {num(-r * 0.3)} {num(r * 0.34)} {num(-r * 0.34)}",
            "none",
            flour,
            r * 0.06,
        )
    if seeds:
        out += "".join(
            ellipse(x + dx * r, y + dy * r, 5, 3, flour)
            for dx, dy in ((-0.6, 0.1), (-0.3, -0.05), (0.1, 0.05), (0.45, 0.14), (0.62, 0.02))
        )
    return out


def _ear(x: float, y: float, turn: float) -> str:
    gold = oklch(0.76, 0.13, 85)
    grains = "".join(
        ellipse(
            s * 13,
            -150 - 26 * j,
            9,
            18,
            gold,
            transform=f"rotate({s * 24} {s * 13} {-150 - 26 * j})",
        )
        for j in range(7)
        for s in (-1, 1)
    )
    beard = "".join(line(s * 8, -300, s * 46, -390, gold, 3) for s in (-1, -0.3, 0.3, 1))
    return group(
        path("M0 0Q8 -80 0 -330", "none", gold, 6) + grains + beard,
        f"translate({num(x)} {num(y)}) rotate({num(turn)})",
    )


@emblem("baker-table")
def baker_table(k: Inks, rnd: random.Random) -> str:
    """Scene: loaves, dough, a rolling pin and ears of wheat on a floured table before an oven."""
    out = [rect(0, 0, W, H, oklch(0.70, 0.07, 45))]
    for j in range(12):
        out += [
            rect(
                -60 + 170 * i + (85 if j % 2 else 0),
                6 + 58 * j,
                160,
                50,
                oklch(0.62 + 0.025 * rnd.random(), 0.09, 40),
            )
            for i in range(11)
        ]
    out.append(
        path("M520 660V360a280 260 0 0 1 560 0V660Z", oklch(0.48, 0.07, 35))
        + path("M580 640V380a220 210 0 0 1 440 0V640Z", oklch(0.24, 0.04, 35))
    )
    out.append(ellipse(800, 630, 210, 60, oklch(0.68, 0.17, 50)) + ellipse(800, 640, 150, 40, GLOW))
    out.append(
        path(
            "M660 640C650 540 720 560 715 470C780 520 760 560 800 530"
            "C830 500 820 470 850 440C850 540 940 540 930 640Z",
            oklch(0.72, 0.17, 55),
            opacity=0.85,
        )
    )
    out.append(
        path("M740 640C740 590 780 590 790 545C815 590 850 590 850 640Z", oklch(0.90, 0.13, 92))
    )
    out.append(
        rect(0, 660, W, 407, oklch(0.58, 0.08, 60)) + rect(0, 660, W, 22, oklch(0.66, 0.08, 65))
    )
    out += [line(0, 760 + 90 * j, W, 760 + 90 * j, oklch(0.53, 0.08, 57), 4) for j in range(4)]
    out.append(ellipse(690, 930, 420, 70, CREAM, opacity=0.5))
    out.append(
        ellipse(640, 900, 170, 74, oklch(0.92, 0.04, 88))
        + ellipse(610, 882, 110, 40, oklch(0.96, 0.025, 90))
    )
    pin = (
        rect(-210, -26, 420, 52, oklch(0.72, 0.08, 70), r=20)
        + rect(-290, -12, 90, 24, WOOD_DARK, r=12)
        + rect(200, -12, 90, 24, WOOD_DARK, r=12)
    )
    out.append(group(pin, "translate(830 960) rotate(-12)"))
    for x, y, r, seeds in (
        (1150, 700, 130, False),
        (1380, 720, 140, True),
        (1260, 810, 150, False),
        (180, 720, 120, True),
        (370, 735, 125, False),
    ):
        out.append(_loaf(x, y, r, seeds))
    out += [_ear(1330 + 36 * j, 1080, -34 + 15 * j) for j in range(4)]
    out.append(
        path("M60 1067C60 900 110 850 220 850S380 900 380 1067Z", oklch(0.80, 0.04, 80))
        + ellipse(220, 856, 120, 30, CREAM)
    )
    return "".join(out)
