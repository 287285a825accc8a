"""Hues that can be read: contrast after WCAG 2, and the nearest hue that holds."""

from __future__ import annotations

import re
from importlib import import_module

LEAST = 4.5
# What hues are written on, by scheme: the paper and what lies on it, as in ``tokens.css``.
GROUNDS = {
    "light": ("#fbfaf7", "#ffffff"),
    "sepia": ("#f4ead8", "#fbf4e7"),
    "dark": ("#111315", "#191c1f"),
}
_HEX = re.compile(r"#?([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


def hue_of(text: str) -> str:
    """Return a colour as «#rrggbb», or nothing for what is none.

    >>> hue_of(" #9E1B32 "), hue_of("0f6"), hue_of("red;}")
    ('#9e1b32', '#00ff66', '')
    """
    match = _HEX.fullmatch(text.strip())
    if not match:
        return ""
    digits = match[1].lower()
    return "#" + ("".join(one * 2 for one in digits) if len(digits) == 3 else digits)


def contrast(hue: str, ground: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21.

    https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio

    >>> round(contrast("#000000", "#ffffff")), round(contrast("#767676", "#ffffff"), 2)
    (21, 4.54)
    """
    one, other = sorted((_luminance(hue), _luminance(ground)))
    return (other + 0.05) / (one + 0.05)


def least_contrast(hue: str, *schemes: str) -> float:
    """Return the contrast of ``hue`` on whichever ground of the schemes it holds worst."""
    return min(contrast(hue, ground) for scheme in schemes for ground in GROUNDS[scheme])


def nearest(hue: str, *schemes: str) -> str:
    """Return ``hue`` where it holds in the schemes, else the one nearest to it that does: of the
    same hue, darker by as little as is needed, or lighter for the dark scheme."""
    if least_contrast(hue, *schemes) >= LEAST:
        return hue
    # Imported late: hues are chosen rarely, and the library takes a while to load.
    return import_module("khabarayn.face.lightness").nearest_hue(
        hue, "dark" in schemes, lambda candidate: least_contrast(candidate, *schemes) >= LEAST
    )


def _luminance(hue: str) -> float:
    channels = (int(hue[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
