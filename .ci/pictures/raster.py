"""SVG to JPEG, with resvg for drawing and Pillow for encoding."""

from __future__ import annotations

import io
from pathlib import Path

import resvg_py
from PIL import Image


def jpeg(svg: str, target: Path, quality: int = 86, limit: int = 200_000) -> int:
    """Write the picture; quality steps down, not below 66, until the file is at most ``limit``
    bytes.

    Returns the size in bytes.
    """
    wordless = "<text" not in svg
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=wordless))
    image = Image.open(io.BytesIO(png)).convert("RGB")
    while True:
        image.save(
            target,
            "JPEG",
            quality=quality,
            optimize=True,
            progressive=True,
            subsampling=2 if quality < 78 else 1,
        )
        size = target.stat().st_size
        if size <= limit or quality <= 66:
            return size
        quality -= 4
