"""Colour: OKLCH to hex, and the small sets of inks a picture is printed with (ground, tone,
figure, accent).
"""

from __future__ import annotations

import colorsys
import math
from dataclasses import dataclass

BRASS, POMEGRANATE, PETROL, TERRACOTTA, TURQUOISE, SAFFRON, INDIGO = (
    (0.74, 0.115, 80),
    (0.45, 0.165, 20),
    (0.43, 0.075, 200),
    (0.60, 0.135, 42),
    (0.68, 0.10, 195),
    (0.80, 0.145, 78),
    (0.40, 0.11, 275),
)
ACCENTS = {
    "brass": BRASS,
    "pomegranate": POMEGRANATE,
    "petrol": PETROL,
    "terracotta": TERRACOTTA,
    "turquoise": TURQUOISE,
    "saffron": SAFFRON,
    "indigo": INDIGO,
}


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """Hex colour of an OKLCH triple; chroma is lowered until it fits sRGB.

    >>> oklch(1, 0, 0)
    '#ffffff'
    """
    linear = (0.0, 0.0, 0.0)
    for step in range(12):
        c = chroma * (1 - step / 12)
        a, b = c * math.cos(math.radians(hue)), c * math.sin(math.radians(hue))
        l3 = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        m3 = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        s3 = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        linear = (
            4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3,
            -1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3,
            -0.0041960863 * l3 - 0.7034186147 * m3 + 1.7076147010 * s3,
        )
        if all(-1e-3 <= v <= 1.001 for v in linear):
            break
    shown = [max(0.0, min(1.0, v)) for v in linear]
    gamma = [12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in shown]
    return "#" + "".join(f"{round(min(1, v) * 255):02x}" for v in gamma)


def ok_hue(hsl_hue: float) -> float:
    """OKLCH hue in degrees of an HSL hue at middle lightness."""
    rgb = colorsys.hls_to_rgb((hsl_hue % 360) / 360, 0.5, 0.6)
    r, g, b = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in rgb)
    lms = (
        0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
        0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
        0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b,
    )
    long, medium, short = (v ** (1 / 3) for v in lms)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    bb = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return math.degrees(math.atan2(bb, a)) % 360


@dataclass(frozen=True)
class Inks:
    """The inks of one surface: what lies on ``ground`` is drawn in the others."""

    ground: str
    tone: str  # pattern on the ground, a step away from it
    tone2: str  # second step
    fig: str  # main figure
    fig2: str  # its second tone
    lit: str  # brightest part
    dark: str  # darkest part
    acc: str  # the one accent
    acc2: str  # accent, shaded
    is_dark: bool


def accent_for(hue: float, name: str | None = None) -> tuple[float, float, float]:
    """An accent at a good distance from the hue (degrees in OKLCH), unless named."""
    if name:
        return ACCENTS[name]
    order = ("brass", "terracotta", "turquoise", "pomegranate", "saffron", "petrol")
    far = [n for n in order if abs((ACCENTS[n][2] - hue + 180) % 360 - 180) > 55]
    return ACCENTS[far[int(hue) % len(far)]]


def inks(hue: float, scheme: str, accent: str | None = None) -> Inks:
    """Inks for an HSL ``hue`` in a scheme: paper, tint, clay, mid, deep or night."""
    h = ok_hue(hue)
    if scheme in ("deep", "night", "mid") and 65 < h < 125:
        h = (
            65 + (h - 65) * 0.15 if h < 100 else h + 18
        )  # deep yellows turn to mud: lean to brown or green
    al, ac, ah = accent_for(h, accent)
    strong = oklch(al, ac, ah)
    shade = oklch(al * 0.78, ac * 0.95, ah)
    warm = 85
    if scheme in ("paper", "tint", "clay"):
        if al > 0.7:  # a bright accent must hold on a light ground
            strong, shade = oklch(al - 0.08, ac * 1.08, ah), oklch(al - 0.24, ac * 0.95, ah)
        calm = 0.5 if h < 35 or h > 300 else 1.0  # pale reds and violets turn to sweets
        base = {
            "paper": ((0.965, 0.014, warm), (0.905, 0.032 * calm, h), (0.845, 0.052 * calm, h)),
            "tint": ((0.885, 0.045 * calm, h), (0.83, 0.062 * calm, h), (0.765, 0.078 * calm, h)),
            "clay": ((0.845, 0.058, 72), (0.785, 0.07, 68), (0.73, 0.078, 62)),
        }[scheme]
        return Inks(
            oklch(*base[0]),
            oklch(*base[1]),
            oklch(*base[2]),
            oklch(0.37, 0.105, h),
            oklch(0.60, 0.115, h),
            oklch(0.985, 0.008, warm),
            oklch(0.245, 0.05, h),
            strong,
            shade,
            False,
        )
    if al < 0.5:
        strong, shade = oklch(al + 0.16, ac, ah), oklch(al + 0.04, ac, ah)
    base = {
        "mid": ((0.545, 0.115, h), (0.49, 0.112, h), (0.435, 0.105, h)),
        "deep": ((0.30, 0.078, h), (0.355, 0.085, h), (0.41, 0.09, h)),
        "night": ((0.205, 0.035, h), (0.255, 0.045, h), (0.31, 0.055, h)),
    }[scheme]
    second = (0.80, 0.07, h) if scheme == "mid" else (0.69, 0.105, h)
    return Inks(
        oklch(*base[0]),
        oklch(*base[1]),
        oklch(*base[2]),
        oklch(0.94, 0.026, warm),
        oklch(*second),
        oklch(0.985, 0.012, warm),
        oklch(0.19, 0.04, h),
        strong,
        shade,
        True,
    )
