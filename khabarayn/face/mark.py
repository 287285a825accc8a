"""The wordmark: drawn from the name, and turned into pixels for pictures and covers."""

from __future__ import annotations

from functools import lru_cache

import resvg_py

from khabarayn.face.icons import inside
from khabarayn.face.letters import outline
from khabarayn.face.value import FaceFile, Hues

SVG = "image/svg+xml"
# The class of every mark in a page: by it a mark follows the reader's colour scheme.
LINE = 290
FIRST, SECOND = 'class="dot-a"', 'class="dot-b"'


def drawn_name(name: str, lettering: str) -> tuple[FaceFile, str]:
    """Return the name as a drawing in the ink of the page, and the characters the face lacks."""
    letters = outline(name, lettering)
    # At least a line's height, so that a name without tall letters is not drawn larger.
    height = max(LINE, letters.height)
    path = f'<path fill="currentColor" d="{letters.path}"/>'
    if down := (height - letters.height) // 2:
        path = f'<g transform="translate(0 {down})">{path}</g>'
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {letters.width} {height}">'
        f"{path}</svg>"
    )
    return FaceFile(SVG, letters.width, height, text.encode()), letters.lacking


@lru_cache(maxsize=16)
def mark_pixels(wordmark: FaceFile, hues: Hues, ink: str, height: int) -> bytes:
    """Return the wordmark as a PNG ``height`` pixels high, on nothing, in ink and hues."""
    if wordmark.mime != SVG:
        return wordmark.data
    inner = inside(wordmark.data.decode())
    inner = inner.replace(FIRST, f'fill="{hues.first}"').replace(SECOND, f'fill="{hues.second}"')
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wordmark.width} {wordmark.height}"'
        f' color="{ink}">{inner}</svg>'
    )
    width = max(1, round(height * wordmark.width / max(1, wordmark.height)))
    return bytes(
        resvg_py.svg_to_bytes(svg_string=text, width=width, height=height, skip_system_fonts=True)
    )
