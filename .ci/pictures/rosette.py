"""Rosettes and medallions: many-petalled geometric roses, ringed discs, sunbursts."""

from __future__ import annotations

import math

from pictures.palette import Inks
from pictures.svg import circle, outline, path, polar, polygon, regular, star, wedge


def rose(
    n: int,
    r: float,
    k: Inks,
    petal: str | None = None,
    heart: str | None = None,
    lines: str | None = None,
) -> str:
    """An n-petalled geometric rose of radius r about the origin: star, petals, outer kites."""
    petal, heart, lines = petal or k.fig2, heart or k.acc, lines or k.ground
    gap = r * 0.016
    half = math.degrees(math.pi / n)
    tip, shoulder, waist, notch = r * 0.86, r * 0.66, r * 0.40, r * 0.27
    out = []
    petals = []
    for j in range(n):
        phi = (j + 0.5) * 360 / n - 90
        spread = math.degrees(math.atan((waist * math.tan(math.radians(half)) * 0.86) / waist))
        wide = math.degrees(math.atan((waist * math.tan(math.radians(spread)) * 1.25) / shoulder))
        petals.append(
            outline(
                [
                    polar(notch, phi),
                    polar(waist, phi - spread),
                    polar(shoulder, phi - wide),
                    polar(tip, phi),
                    polar(shoulder, phi + wide),
                    polar(waist, phi + spread),
                ]
            )
        )
    out.append(path("".join(petals), petal, lines, gap, stroke_linejoin="miter"))
    kites = []
    for j in range(n):
        a = j * 360 / n - 90
        kites.append(
            outline(
                [
                    polar(r * 0.50, a),
                    polar(r * 0.80, a - half * 0.55),
                    polar(r, a),
                    polar(r * 0.80, a + half * 0.55),
                ]
            )
        )
    out.append(path("".join(kites), k.tone2, lines, gap, stroke_linejoin="miter"))
    out.append(polygon(star(n, r * 0.38, r * 0.24), heart, lines, gap, stroke_linejoin="miter"))
    out.append(polygon(star(n, r * 0.16, r * 0.105), lines))
    return "".join(out)


def ringed(r: float, k: Inks, inside: Inks, style: str) -> str:
    """A disc of radius r that carries a picture, with a border ring outside it. Styles: plain,
    beads, rays, teeth, petals, double, chain."""
    disc = circle(0, 0, r, inside.ground)
    hair = circle(0, 0, r * 0.955, "none", inside.fig2, r * 0.008)
    if style == "beads":
        beads = "".join(
            circle(
                *polar(r * 1.075, 360 * j / 48),
                r * (0.024 if j % 2 else 0.036),
                k.acc if j % 2 == 0 else k.fig2,
            )
            for j in range(48)
        )
        return (
            circle(0, 0, r * 1.15, k.ground)
            + circle(0, 0, r * 1.15, "none", k.fig2, r * 0.012)
            + disc
            + hair
            + beads
        )
    if style == "rays":
        rays = "".join(
            wedge(r * 1.03, r * (1.30 if j % 2 else 1.18), 7.5 * j - 2.2, 7.5 * j + 2.2)
            for j in range(48)
        )
        return circle(0, 0, r * 1.36, k.ground) + path(rays, k.acc) + disc + hair
    if style == "teeth":
        return (
            polygon(star(32, r * 1.17, r * 1.07), k.acc)
            + circle(0, 0, r * 1.035, k.ground)
            + disc
            + hair
        )
    if style == "petals":
        petals = ""
        for j in range(24):
            a = 15 * j
            p, q = polar(r * 1.0, a - 7.5), polar(r * 1.0, a + 7.5)
            t = polar(r * 1.24, a)
            m, o = polar(r * 1.17, a - 8.5), polar(r * 1.17, a + 8.5)
            petals += (
                f"M{p[0]:.1f} {p[1]:.1f}Q{m[0]:.1f} {m[1]:.1f} {t[0]:.1f} {t[1]:.1f}"
                f"Q{o[0]:.1f} {o[1]:.1f} {q[0]:.1f} {q[1]:.1f}Z"
            )
        return (
            circle(0, 0, r * 1.27, k.ground)
            + path(petals, k.fig2, k.ground, r * 0.014)
            + "".join(circle(*polar(r * 1.09, 15 * j), r * 0.026, k.acc) for j in range(24))
            + disc
            + hair
        )
    if style == "chain":
        links = "".join(
            circle(*polar(r * 1.12, 360 * j / 30), r * 0.135, "none", k.fig2, r * 0.022)
            for j in range(30)
        )
        return (
            circle(0, 0, r * 1.29, k.ground)
            + links
            + "".join(
                circle(*polar(r * 1.12, 360 * (j + 0.5) / 30), r * 0.02, k.acc) for j in range(30)
            )
            + circle(0, 0, r * 1.275, "none", k.acc, r * 0.016)
            + disc
            + hair
        )
    if style == "double":
        return (
            circle(0, 0, r * 1.14, k.ground)
            + circle(0, 0, r * 1.12, "none", k.acc, r * 0.03)
            + circle(0, 0, r * 1.06, "none", k.fig2, r * 0.012)
            + disc
            + hair
        )
    return disc


def seal_frame(r: float, k: Inks, inside: Inks, n: int = 8) -> str:
    """An n-pointed seal that carries a picture; r is the radius of the round place inside it."""
    share = math.cos(math.pi / n) / math.cos(math.pi / n * (1 if n < 6 else 2) - math.pi / n)
    inner = {8: 0.7654, 12: 0.78, 6: 0.5774, 10: 0.74, 16: 0.88}.get(n, share)
    outer = r / inner
    return (
        polygon(star(n, outer * 1.13, outer * 1.13 * inner), k.ground)
        + polygon(
            star(n, outer * 1.07, outer * 1.07 * inner),
            "none",
            k.acc,
            r * 0.022,
            stroke_linejoin="miter",
        )
        + polygon(star(n, outer, outer * inner), inside.ground)
        + polygon(
            star(n, outer * 0.95, outer * 0.95 * inner),
            "none",
            inside.fig2,
            r * 0.008,
            stroke_linejoin="miter",
        )
    )


def sunburst(r0: float, r1: float, n: int, colour: str, share: float = 0.5) -> str:
    """n flat rays between two radii about the origin."""
    half = 180 / n * share
    return path(
        "".join(
            outline(
                [
                    polar(r0, 360 * j / n - half),
                    polar(r1, 360 * j / n - half),
                    polar(r1, 360 * j / n + half),
                    polar(r0, 360 * j / n + half),
                ]
            )
            for j in range(n)
        ),
        colour,
    )


def polygons_of(n: int, r: float, count: int, turn: float, colour: str, width: float) -> str:
    """Nested regular polygons, each turned a little: a drawn vortex of lines."""
    return "".join(
        polygon(regular(n, r * (1 - j / count), turn * j), "none", colour, width)
        for j in range(count)
    )
