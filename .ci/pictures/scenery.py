"""What the scenes of a town are built of: people, houses, trees, words; flat shapes without
outlines, in pixels.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from pictures.palette import oklch
from pictures.svg import Point, circle, ellipse, group, num, path, polygon, polyline, rect

W, H = 1600, 1067
SKIN = (oklch(0.72, 0.07, 60), oklch(0.62, 0.08, 55), oklch(0.50, 0.07, 50))
WOOD, WOOD_DARK, IRON = oklch(0.52, 0.08, 55), oklch(0.36, 0.06, 50), oklch(0.34, 0.02, 250)


def label(
    x: float, y: float, words: str, size: float, ink: str, anchor: str = "middle", halo: str = ""
) -> str:
    """Arabic words on the base line ``y``; ``halo`` is the ground they must stand out from. A mark
    before them makes their line run from the right even where it begins with a number."""
    words = "\u200f" + words
    given = (
        f'x="{num(x)}" y="{num(y)}" text-anchor="{anchor}" direction="rtl" font-size="{num(size)}"'
        ' font-family="Noto Sans Arabic" font-weight="700"'
    )
    under = (
        f'<text {given} fill="none" stroke="{halo}" stroke-width="{num(size * 0.24)}"'
        f' stroke-linejoin="round">{escape(words)}</text>'
        if halo
        else ""
    )
    return f'{under}<text {given} fill="{ink}">{escape(words)}</text>'


def bands(inks: Sequence[str], top: float, bottom: float) -> str:
    """A sky of flat bands with soft waves between them, from ``top`` down."""
    step = (bottom - top) / len(inks)
    out = [rect(0, top - 2, W, bottom - top + 4, inks[0])]
    for j, ink in enumerate(inks[1:], 1):
        y = top + j * step
        out.append(
            path(
                f"M0 {num(y)}C400 {num(y - 46)} 700 {num(y + 40)} 1060 {num(y)}"
                f"S1500 {num(y - 30)} {W} {num(y + 12)}V{num(bottom + 2)}H0Z",
                ink,
            )
        )
    return "".join(out)


def window(x: float, y: float, w: float, h: float, pane: str, bar: str, arched: bool = True) -> str:
    """A window whose sill is at (x, y), its middle."""
    top = y - h
    if arched:
        r = num(w / 2)
        shape = f"M{num(x - w / 2)} {num(y)}V{num(top + w / 2)}a{r} {r} 0 0 1 {num(w)} 0V{num(y)}Z"
    else:
        shape = f"M{num(x - w / 2)} {num(y)}V{num(top)}H{num(x + w / 2)}V{num(y)}Z"
    return (
        path(shape, pane)
        + rect(x - 1.6, top, 3.2, h, bar)
        + rect(x - w / 2, y - h * 0.45, w, 3.2, bar)
        + rect(x - w / 2 - 5, y - 2, w + 10, 7, bar)
    )


def house(
    x: float, y: float, w: float, h: float, wall: str, shade: str, pane: str, rnd: random.Random
) -> str:
    """A flat-roofed house on the ground line ``y``, its left wall at ``x``."""
    out = [
        rect(x, y - h, w, h, wall),
        rect(x + w * 0.78, y - h, w * 0.22, h, shade),
        rect(x - 6, y - h - 10, w + 12, 14, shade),
    ]
    columns, rows = max(1, int(w // 74)), max(1, int(h // 96))
    for i in range(columns):
        for j in range(rows):
            at = x + w * (i + 0.5) / columns
            out.append(window(at, y - h + 74 + 92 * j, 30, 48, pane, shade, rnd.random() < 0.6))
    if rnd.random() < 0.5:
        out.append(rect(x + w * 0.2, y - h - 42, 40, 32, shade, r=5))
    return "".join(out)


def tree(x: float, y: float, h: float, leaf: str, light: str, trunk: str = WOOD_DARK) -> str:
    """A round tree with its foot at (x, y)."""
    r = h * 0.3
    balls = ((0, -0.72, 1.0), (-0.24, -0.58, 0.72), (0.25, -0.57, 0.76), (0.02, -0.48, 0.8))
    return (
        path(
            f"M{num(x - h * 0.035)} {num(y)}L{num(x - h * 0.02)} {num(y - h * 0.5)}"
            f"H{num(x + h * 0.02)}L{num(x + h * 0.035)} {num(y)}Z",
            trunk,
        )
        + "".join(circle(x + dx * h, y + dy * h, r * s, leaf) for dx, dy, s in balls)
        + circle(x - r * 0.35, y - h * 0.8, r * 0.48, light)
        + circle(x - r * 0.75, y - h * 0.6, r * 0.3, light)
    )


def palm(x: float, y: float, h: float, leaf: str, trunk: str = WOOD) -> str:
    """A date palm with its foot at (x, y)."""
    top = y - h
    fronds = "".join(
        path(
            f"M0 0C{num(h * 0.12)} {num(-h * 0.1)} {num(h * 0.27)} {num(-h * 0.08)}"
            f" {num(h * 0.34)} {num(h * 0.07)}"
            f"C{num(h * 0.22)} {num(-h * 0.01)} {num(h * 0.1)} {num(0.01 * h)} 0 0Z",
            leaf,
            transform=f"translate({num(x)} {num(top)}) rotate({a})",
        )
        for a in (-150, -118, -86, -54, -22, 6, 172, 196)
    )
    return (
        path(
            f"M{num(x - 9)} {num(y)}Q{num(x - 2)} {num(y - h / 2)} {num(x - 5)} {num(top)}"
            f"H{num(x + 5)}Q{num(x + 9)} {num(y - h / 2)} {num(x + 11)} {num(y)}Z",
            trunk,
        )
        + fronds
    )


@dataclass(frozen=True)
class Dress:
    """What somebody wears, and how they look; colours."""

    top: str
    bottom: str
    skin: str = SKIN[0]
    hair: str = WOOD_DARK
    robe: bool = False
    scarf: str = ""


def person(
    x: float, y: float, h: float, dress: Dress, arm: Point = (0.12, 0.42), turned: int = 1
) -> str:
    """Somebody standing at (x, y), ``h`` high; ``arm`` is where the front hand is, in heights
    from the feet, to the side of ``turned``.
    """

    def at(dx: float, dy: float) -> Point:
        return x + turned * dx * h, y - dy * h

    hand, shoulder = at(*arm), at(0.04, 0.74)
    limb = h * 0.062
    out = []
    if dress.robe:
        out.append(
            polygon([at(-0.12, 0.03), at(-0.095, 0.76), at(0.095, 0.76), at(0.13, 0.03)], dress.top)
        )
        out.append(
            rect(x - h * 0.08, y - h * 0.035, h * 0.17, h * 0.035, dress.bottom, r=h * 0.015)
        )
    else:
        out.append(polyline([at(-0.045, 0.45), at(-0.055, 0.03)], dress.bottom, h * 0.08))
        out.append(polyline([at(0.045, 0.45), at(0.06, 0.03)], dress.bottom, h * 0.08))
        out.append(rect(x - h * 0.1, y - h * 0.79, h * 0.2, h * 0.39, dress.top, r=h * 0.06))
    out.append(polyline([at(-0.085, 0.72), at(-0.125, 0.56), at(-0.11, 0.42)], dress.top, limb))
    out.append(circle(*at(-0.11, 0.41), h * 0.03, dress.skin))
    elbow = (shoulder[0] + hand[0]) / 2 - turned * h * 0.01, (shoulder[1] + hand[1]) / 2 + h * 0.04
    out.append(rect(x - h * 0.03, y - h * 0.84, h * 0.06, h * 0.08, dress.skin))
    if dress.scarf:
        out.append(ellipse(*at(-0.012, 0.885), h * 0.092, h * 0.105, dress.scarf))
        out.append(
            polygon([at(-0.1, 0.86), at(-0.13, 0.68), at(0.1, 0.7), at(0.08, 0.84)], dress.scarf)
        )
        out.append(ellipse(*at(0.025, 0.89), h * 0.058, h * 0.072, dress.skin))
    else:
        out.append(circle(*at(-0.012, 0.912), h * 0.08, dress.hair))
        out.append(ellipse(*at(0.016, 0.893), h * 0.066, h * 0.074, dress.skin))
    out.append(polyline([shoulder, elbow, hand], dress.top, limb))
    out.append(circle(*hand, h * 0.032, dress.skin))
    return "".join(out)


def lamp(x: float, y: float, h: float, ink: str, light: str) -> str:
    """A street lamp with its foot at (x, y)."""
    return (
        circle(x, y - h, h * 0.42, light, opacity=0.16)
        + circle(x, y - h, h * 0.24, light, opacity=0.24)
        + rect(x - 5, y - h, 10, h, ink)
        + rect(x - 16, y - 12, 32, 12, ink)
        + polygon(
            [(x - 20, y - h), (x - 12, y - h - 46), (x + 12, y - h - 46), (x + 20, y - h)], light
        )
        + polygon([(x - 20, y - h - 46), (x, y - h - 70), (x + 20, y - h - 46)], ink)
    )


def bicycle(x: float, y: float, s: float, ink: str, basket: str = "") -> str:
    """A bicycle on the ground line ``y``, ``s`` times a wheel of 46 pixels."""
    tyres = circle(-70, -46, 43, "none", ink, 6) + circle(70, -46, 43, "none", ink, 6)
    frame = path(
        "M-70 -46L-24 -110H44L-4 -46H-70M-4 -46L-30 -128M70 -46L40 -134H62M-46 -130H-14",
        "none",
        ink,
        7,
    )
    load = polygon([(54, -138), (112, -138), (102, -92), (64, -92)], basket) if basket else ""
    return group(tyres + frame + load, f"translate({num(x)} {num(y)}) scale({num(s)})")
