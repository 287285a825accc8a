"""Fields by name: every ornament that can cover a ground, drawn at a size, with its Arabic name."""

from __future__ import annotations

import random

from pictures import arabesque, girih, kufic, lattice, muqarnas, zellige
from pictures.palette import Inks
from pictures.svg import Point, circle, path, place, rect

NAMES = {
    "girih8": "شبكة نجوم ثمانية",
    "girih6": "شبكة نجوم سداسية",
    "girih12": "شبكة نجوم ذات اثني عشر رأسًا",
    "girih46": "شبكة نجوم كبيرة وصغيرة",
    "girih36": "شبكة سداسيات ومثلثات",
    "girih10": "شبكة نجوم عشارية",
    "girih34": "شبكة نجوم سداسية ومربعات",
    "lines8": "نجوم ثمانية مخطوطة",
    "lines12": "نجوم مخطوطة بخيوط رفيعة",
    "lines10": "نجوم عشارية مخطوطة",
    "lines6": "نجوم سداسية مخطوطة",
    "fading12": "نجوم متناثرة الألوان",
    "fading10": "نجوم عشارية متناثرة الألوان",
    "inlay8": "ترصيع نجوم ثمانية",
    "inlay12": "ترصيع نجوم كبيرة",
    "zellige": "زليج من نجوم وصلبان",
    "mosaic8": "فسيفساء نجوم ثمانية",
    "mosaic12": "فسيفساء نجوم كبيرة",
    "harlequin": "معينات متناوبة",
    "mashrabiya": "مشربية خشبية",
    "scales": "حراشف متراكبة",
    "sadu": "أشرطة سدو منسوجة",
    "contours": "خطوط تضاريس",
    "dots": "نقاط متدرجة الحجم",
    "maze": "متاهة خطوط مربعة",
    "brick": "معينات من الآجر",
    "vine": "أغصان ملتفة",
    "vault": "قبة مقرنصة",
    "stripes": "أشرطة متناوبة",
    "plain": "أرضية صافية",
}
_GIRIH = {
    "8": ("4.8.8", 76),
    "6": ("6.6.6", 84),
    "12": ("3.12.12", 66),
    "46": ("4.6.12", 66),
    "36": ("3.6.3.6", 88),
    "10": ("10", 74),
    "34": ("3.4.6.4", 84),
}


def draw(
    name: str,
    k: Inks,
    rnd: random.Random,
    size: Point = (1600, 1067),
    scale: float = 1,
    at: Point = (800, 533),
) -> str:
    """The named field from (0, 0) to ``size``; ``scale`` enlarges it, ``at`` is where it is
    centred.
    """
    ground = rect(0, 0, *size, k.ground)
    turn = rnd.choice((0, 0, 15, 30, 45, -12))
    for mode in ("girih", "lines", "fading", "inlay"):
        if name.startswith(mode):
            kind, edge = _GIRIH[name[len(mode) :]]
            drawn = girih.field(
                kind,
                edge * scale,
                k,
                "straps" if mode == "girih" else mode,
                size,
                turn,
                at,
                rnd=rnd,
            )
            return ground + drawn
    match name:
        case "zellige":
            return zellige.star_and_cross(k, rnd, 150 * scale, size, at)
        case "mosaic8":
            return zellige.mosaic("4.8.8", 76 * scale, k, rnd, size, turn, at)
        case "mosaic12":
            return zellige.mosaic("3.12.12", 66 * scale, k, rnd, size, turn, at)
        case "harlequin":
            return zellige.harlequin(k, rnd, 130 * scale, size)
        case "mashrabiya":
            return ground + lattice.mashrabiya(k.tone, 76 * scale, size)
        case "scales":
            return ground + lattice.scales(k, 130 * scale, size)
        case "sadu":
            return lattice.sadu(k, rnd, size, 46 * scale)
        case "contours":
            return ground + lattice.contours(k.tone2, rnd, size, 36 * scale)
        case "dots":
            return ground + lattice.dots(
                k.tone2,
                30 * scale,
                size,
                (rnd.choice((0.05, 0.95)) * size[0], rnd.random() * size[1]),
                size[0] * 0.9,
            )
        case "maze":
            return ground + kufic.maze(k, rnd, 20 * scale, size, k.tone, k.tone2)
        case "brick":
            return ground + kufic.brick(k, 54 * scale, size, k.tone, k.tone2)
        case "vine":
            return ground + arabesque.field(k, 250 * scale, size, k.tone2, k.acc)
        case "vault":
            return ground + place(muqarnas.vault(1150 * scale, 12, k, 6), *at)
        case "stripes":
            n = int(14 / scale)
            return ground + "".join(
                rect(i * size[0] / n, 0, size[0] / n / 2, size[1], k.tone) for i in range(n)
            )
    return ground


def spray_corners(k: Inks, size: Point, r: float) -> str:
    """Quarter flowers in the four corners."""
    flower = arabesque.spray(r, 8, k, k.tone2, k.acc)
    return "".join(place(flower, x, y) for x in (0, size[0]) for y in (0, size[1]))


def seeds(k: Inks, rnd: random.Random, size: Point, count: int, colour: str) -> str:
    """Sparse four-pointed glints, for night grounds."""
    out = []
    for _ in range(count):
        x, y, r = rnd.random() * size[0], rnd.random() * size[1], rnd.choice((4, 6, 6, 9, 14))
        if r > 8:
            out.append(
                path(
                    f"M{x:.0f} {y - r:.0f}Q{x:.0f} {y:.0f} {x + r:.0f} {y:.0f}Q{x:.0f} {y:.0f}"
                    f" {x:.0f} {y + r:.0f}Q{x:.0f} {y:.0f} {x - r:.0f} {y:.0f}Q{x:.0f} {y:.0f}"
                    f" {x:.0f} {y - r:.0f}Z",
                    colour,
                )
            )
        else:
            out.append(circle(x, y, r / 2, colour))
    return "".join(out)
