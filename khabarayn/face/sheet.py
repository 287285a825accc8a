"""The style sheet of a face: what differs from the sheet of the site, and nothing else."""

from __future__ import annotations

from functools import lru_cache

from khabarayn.face.value import PAIRS, Face, Hues

_PAIRS = {
    PAIRS[1]: "--head:var(--read)",
    PAIRS[2]: "--read:var(--head)",
}


@lru_cache(maxsize=64)
def sheet(face: Face) -> str:
    """Return the sheet, or nothing for a face whose hues and faces are those of the site's own.

    It follows the site's sheet, in the same layer and with the same selectors, so that it wins.
    """
    plain = Face(face.name)
    rules: list[str] = []
    if (face.light, face.sepia, face.dark) != (plain.light, plain.sepia, plain.dark):
        dark = _hues(face.dark)
        rules += [
            f":root{{{_hues(face.light)}}}",
            f'[data-scheme="sepia"]{{{_hues(face.sepia)}}}',
            f'[data-scheme="dark"]{{{dark}}}',
            f"@media (prefers-color-scheme:dark){{:root:not([data-scheme]){{{dark}}}}}",
        ]
    if face.pair in _PAIRS:
        # Lite mode sets text in the device's own typefaces, whatever the paper's are.
        rules.append(f":root:not([data-lite]){{{_PAIRS[face.pair]}}}")
    return f"@layer tokens{{{''.join(rules)}}}" if rules else ""


def _hues(hues: Hues) -> str:
    return f"--rumman:{hues.first};--petrol:{hues.second}"
