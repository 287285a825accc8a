"""Real picture files, made as each test needs them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from PIL import Image

Make = Callable[..., bytes]


def scene(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture whose four corners are red, green, blue and yellow, with some noise."""
    image = Image.new("RGB", (width, height), "#cc2233")
    image.paste("#22aa44", (width // 2, 0, width, height // 2))
    image.paste("#2244cc", (0, height // 2, width // 2, height))
    image.paste("#ddcc22", (width // 2, height // 2, width, height))
    noise = Image.effect_noise((max(1, width // 4), max(1, height // 4)), 30)
    grain = noise.resize((width, height)).convert("RGB")
    return Image.blend(image, grain, 0.1).convert(mode)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
