"""A hue made darker or lighter, by as little as is needed to be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coloraide import Color

STEPS = 14


def nearest_hue(hue: str, lighter: bool, holds: Callable[[str], bool]) -> str:
    """Return the hue nearest to ``hue`` in lightness that ``holds``: darker, or ``lighter``."""
    start: Any = Color(hue).convert("oklch")
    end, nearest = (1.0, "#ffffff") if lighter else (0.0, "#000000")
    near, far = float(start["lightness"]), end
    for _ in range(STEPS):
        middle = (near + far) / 2
        colour = start.clone().set("lightness", middle).convert("srgb")
        candidate = colour.fit(method="oklch-chroma").to_string(hex=True)
        if holds(candidate):
            nearest, far = candidate, middle
        else:
            near = middle
    return nearest
