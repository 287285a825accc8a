"""The blurred placeholder of a picture, from its thumbhash: a few squares of colour."""

from __future__ import annotations

import base64
import binascii
import math
from functools import lru_cache

# The decoder of the thumbhash package gives every pixel one colour, and prints; this follows
# the format's reference instead, and only at the points that are asked for.


class _Channel:
    """One channel's cosine waves: ``scale`` times each step, ``nx`` by ``ny`` of them at most."""

    def __init__(self, dc: float, nx: int, ny: int, steps: list[int], scale: float) -> None:
        self.dc = dc
        self.waves = [
            (cx, cy, (steps.pop(0) / 7.5 - 1) * scale)
            for cy in range(ny)
            for cx in range(0 if cy else 1, nx)
            if cx * ny < nx * (ny - cy)
        ]

    def at(self, x: float, y: float) -> float:
        return self.dc + 2 * sum(
            strength * math.cos(math.pi * x * cx) * math.cos(math.pi * y * cy)
            for cx, cy, strength in self.waves
        )


def _channels(data: bytes) -> tuple[_Channel, _Channel, _Channel]:
    header = int.from_bytes(data[:3], "little")
    more = int.from_bytes(data[3:5], "little")
    alpha, landscape = bool(header >> 23), bool(more >> 15)
    longer, shorter = (5 if alpha else 7), more & 7
    steps = [half for byte in data[6 if alpha else 5 :] for half in (byte & 15, byte >> 4)]
    nx, ny = (longer, shorter) if landscape else (shorter, longer)
    light = _Channel((header & 63) / 63, max(3, nx), max(3, ny), steps, ((header >> 18) & 31) / 31)
    warm = _Channel(((header >> 6) & 63) / 31.5 - 1, 3, 3, steps, ((more >> 3) & 63) / 63 * 1.25)
    red = _Channel(((header >> 12) & 63) / 31.5 - 1, 3, 3, steps, ((more >> 9) & 63) / 63 * 1.25)
    return light, warm, red


@lru_cache(maxsize=4096)
def grid(thumbhash: str, columns: int, rows: int) -> tuple[tuple[str, ...], ...]:
    """Return ``rows`` rows of ``columns`` colours («#rgb») that a base64 thumbhash describes.

    The first of a row is the picture's left. Finer colours are not seen in so few cells, and cost
    every page. An empty or broken hash gives no rows.

    >>> grid("", 4, 3)
    ()
    """
    try:
        light, warm, red = _channels(base64.b64decode(thumbhash, validate=True))
    except (binascii.Error, IndexError, ValueError):
        return ()

    def colour(x: float, y: float) -> str:
        lightness, p, q = light.at(x, y), warm.at(x, y), red.at(x, y)
        b = lightness - 2 / 3 * p
        r = (3 * lightness - b + q) / 2
        return "#" + "".join(f"{max(0, min(15, round(15 * c))):x}" for c in (r, r - q, b))

    return tuple(
        tuple(colour((i + 0.5) / columns, (j + 0.5) / rows) for i in range(columns))
        for j in range(rows)
    )
