"""The register of emblems: name to drawing function, filled by the decorator."""

from __future__ import annotations

import random
from collections.abc import Callable

from pictures.palette import Inks

Emblem = Callable[[Inks, random.Random], str]
EMBLEMS: dict[str, Emblem] = {}


def emblem(name: str) -> Callable[[Emblem], Emblem]:
    """Register a drawing under a name; emblems live in a square from -100 to 100, scenes in
    pixels.
    """

    def keep(function: Emblem) -> Emblem:
        EMBLEMS[name] = function
        return function

    return keep
