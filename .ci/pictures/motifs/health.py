"""Emblems of health and food: the label, the pulse, the water jar, sleep waves, the memory of
shapes.
"""

from __future__ import annotations

import random
from dataclasses import replace

from pictures import fields
from pictures.border import strip
from pictures.motifs.body import drop
from pictures.motifs.registry import emblem
from pictures.palette import Inks
from pictures.rosette import sunburst
from pictures.svg import (
    blade,
    circle,
    clipped,
    group,
    khatam,
    line,
    num,
    outline,
    path,
    place,
    polar,
    polygon,
    rect,
    star,
)


@emblem("food-label")
def food_label(k: Inks, rnd: random.Random) -> str:
    """An upright label of stacked bands: grains, drops and leaves, in a scalloped edge."""
    scallops = "".join(circle(x, y, 8, k.fig) for x in (-54, 54) for y in range(-88, 89, 16))
    scallops += "".join(circle(x, y, 8, k.fig) for x in range(-48, 49, 16) for y in (-94, 94))
    out = [scallops, rect(-54, -94, 108, 188, k.fig), rect(-48, -88, 96, 176, k.lit)]
    y = -88
    for n, (h, ink) in enumerate(
        ((36, k.acc), (26, k.lit), (30, k.fig2), (24, k.lit), (30, k.tone2), (30, k.fig))
    ):
        out.append(rect(-48, y, 96, h, ink))
        mid = y + h / 2
        front = {k.lit: k.fig}.get(ink, k.lit if ink != k.tone2 else k.fig)
        for i in range(6):
            x = -40 + 16 * i
            if n % 3 == 0:
                out.append(
                    place(path(blade(15, 5), front), x - 5, mid + 6, 1, -50)
                    + place(path(blade(11, 4), front), x + 3, mid + 8, 1, -80)
                )
            elif n % 3 == 1:
                out.append(place(drop(4.6, front), x, mid + 2))
            else:
                out.append(
                    group(
                        path(blade(20, 5.5), front) + line(0, 0, 20, 0, ink, 1),
                        f"translate({x - 8} {num(mid + 5)}) rotate(-28)",
                    )
                )
        out.append(line(-48, y + h, 48, y + h, k.fig, 2.4))
        y += h
    return "".join(out)


@emblem("pulse-stars")
def pulse_stars(k: Inks, rnd: random.Random) -> str:
    """Scene: one pulse line through a row of eight-pointed stars that swell at each beat."""
    out = [
        rect(0, 0, 1600, 1067, k.ground),
        group(fields.draw("lines8", k, rnd, (1600, 1067), 1.15), opacity=0.75),
        rect(0, 268, 1600, 530, k.ground),
        rect(0, 268, 1600, 6, k.fig2),
        rect(0, 792, 1600, 6, k.fig2),
    ]
    points, mid = [(-20.0, 533.0)], 533
    beats = (150, 500, 850, 1200, 1550)
    for n, x in enumerate(beats):
        big = n in (1, 2, 3)
        r = {0: 150, 1: 190, 2: 240, 3: 190, 4: 150}[n]
        out.append(
            polygon(khatam(r, x, mid), k.tone2 if n != 2 else k.acc)
            + polygon(khatam(r * 0.8, x, mid, 22.5), k.tone if n != 2 else k.acc2)
            + polygon(khatam(r * 0.5, x, mid), k.ground if n != 2 else k.acc)
        )
        if n < 4:
            out.append(polygon(khatam(56, x + 175, mid), k.fig2))
        points += [
            (x - 96, mid),
            (x - 72, mid - 40),
            (x - 50, mid),
            (x - 32, mid + 46),
            (x, mid - (370 if n == 2 else 300 if big else 220)),
            (x + 34, mid + (240 if big else 170)),
            (x + 56, mid),
            (x + 84, mid - 56),
            (x + 112, mid),
        ]
    points.append((1640, mid))
    d = outline(points, False)
    return "".join(out) + path(d, "none", k.ground, 30) + path(d, "none", k.fig, 13)


@emblem("sweating-jar")
def sweating_jar(k: Inks, rnd: random.Random) -> str:
    """A tall jar filled with lattice that turns to drops at its edge, under a sixteen-rayed sun."""
    shape = (
        "M-20 -34H20L17 -22C52 -8 56 34 34 66C26 80 16 90 12 96H-12C-16 90 -26 80 -34 66C-56 34 -52"
        " -8 -17 -22Z"
    )
    mesh = []
    for i in range(-6, 7):
        for j in range(-5, 11):
            x, y = i * 11 + (j % 2) * 5.5, j * 9.5 - 14
            mesh.append(polygon(khatam(4.6, x, y, 22.5), k.lit if not k.is_dark else k.ground))
    out = [
        place(sunburst(15, 27, 16, k.acc, 0.55), 0, -70),
        circle(0, -70, 13, k.acc),
        polygon(star(8, 10, 5.5, 0, 0, -70), k.ground),
        path(shape, k.fig),
        clipped("".join(mesh), path(shape, "#000"), "jar"),
        path(shape, "none", k.fig, 4),
        rect(-25, -40, 50, 8, k.fig2, r=3),
    ]
    for side in (-1, 1):
        for n, (x, y, r) in enumerate(
            (
                (60, 10, 4.2),
                (66, 30, 3.4),
                (57, 46, 4.2),
                (68, 58, 3),
                (50, 70, 3.6),
                (60, 80, 2.8),
                (40, 88, 3.2),
                (76, 20, 2.4),
                (76, 44, 2.6),
                (52, 96, 2.6),
            )
        ):
            out.append(place(drop(r, k.fig2 if n % 3 else k.acc), side * x, y))
    out.append(path("M-34 99H34", "none", k.fig, 4))
    return "".join(out)


@emblem("sleep-waves")
def sleep_waves(k: Inks, rnd: random.Random) -> str:
    """Scene: a crescent over five wave arcs that deepen and then shallow, each with a finer star
    lattice.
    """
    out = [rect(0, 0, 1600, 1067, k.ground), fields.seeds(k, rnd, (1600, 420), 70, k.fig2)]
    cx, cy, r = 1030, 270, 176
    out.append(
        circle(cx, cy, 235, k.tone)
        + path(
            f"M{cx + 40} {cy - r}A{r} {r} 0 1 0 {cx + 40} {cy + r}A{r * 1.16:.0f} {r * 1.16:.0f} 0"
            f" 0 1 {cx + 40} {cy - r}Z",
            k.acc,
        )
    )
    depth = (250, 380, 440, 320, 210)
    base, w = 520, 330
    for n, d in enumerate(depth):
        x = -20 + n * w
        bowl = (
            f"M{x} {base}C{x + 40} {base + d * 1.35:.0f} {x + w - 40} {base + d * 1.35:.0f} {x + w}"
            f" {base}Z"
        )
        bright = replace(k, ground=k.tone2, tone=k.fig2, tone2=k.fig, fig2=k.fig2)
        pattern = fields.draw(
            "inlay8",
            bright,
            random.Random(0),
            (w, 480),
            (1.25, 1.0, 0.8, 0.62, 0.46)[n],
            (w / 2, 90),
        )
        out.append(
            path(bowl, k.tone2)
            + clipped(group(pattern, f"translate({x} {base - 10})"), path(bowl, "#000"), f"bowl{n}")
            + path(bowl, "none", k.ground, 16)
            + path(bowl.replace("Z", ""), "none", k.fig, 9)
            + polygon(khatam(26, x, base), k.acc)
        )
    return (
        "".join(out)
        + rect(0, base - 4, 1600, 7, k.fig)
        + strip("beads", 1600, 46, k).join(('<g transform="translate(0 1021)">', "</g>"))
    )


@emblem("shape-memory")
def shape_memory(k: Inks, rnd: random.Random) -> str:
    """A ring of key and lock shapes in mesh; one shape repeats smaller and smaller inward."""
    out = [circle(0, 0, 98, "none", k.fig2, 1)]
    key = [(-9, 12), (-9, -2), (-16, -8), (-9, -16), (0, -11), (9, -16), (16, -8), (9, -2), (9, 12)]
    for j in range(12):
        a = 30 * j
        ink = k.acc if j == 9 else (k.fig, k.fig2)[j % 2]
        x, y = polar(79, a)
        flip = 1 if j % 2 else -1
        out.append(
            place(
                polygon([(px * 1.05, py * flip * 1.15) for px, py in key], ink)
                + circle(0, -7 * flip, 3, k.ground),
                x,
                y,
                1,
                a + 90,
            )
        )
    for s, y, o in ((2.5, 18, k.tone2), (1.75, 14, k.fig2), (1.2, 10, k.fig), (0.75, 6, k.acc)):
        out.append(place(polygon(key, o, k.ground, 1.4), 0, y - 6, s))
    return "".join(out) + circle(0, -3, 3.4, k.ground)
