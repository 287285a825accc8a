"""A hue made darker or lighter, by as little as is needed to be read."""

from __future__ import annotations

from typing import Any

from coloraide import Color

from khabarayn.face.colour import LEAST, least_contrast

STEPS = 14


def nearest_hue(hue: str, schemes: tuple[str, ...]) -> str:
    """Return the hue nearest to ``hue`` in lightness that holds in the schemes: darker, or lighter
    where one of them is dark."""
    start: Any = Color(hue).convert("oklch")
    end, nearest = (1.0, "#ffffff") if "dark" in schemes else (0.0, "#000000")
    near, far = float(start["lightness"]), end
    for _ in range(STEPS):
        middle = (near + far) / 2
        colour = start.clone().set("lightness", middle).convert("srgb")
        candidate = colour.fit(method="oklch-chroma").to_string(hex=True)
        if least_contrast(candidate, *schemes) >= LEAST:
            nearest, far = candidate, middle
        else:
            near = middle
    return nearest
