"""The decoding process of `khabarayn.media.child`, writing AVIF files as quickly as Pillow can."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

from PIL import Image

CHILD = Path(__file__).resolve().parents[1] / "khabarayn/media/child.py"
_save = Image.Image.save


def _saved(image: Image.Image, out: Any, kind: str | None = None, **how: Any) -> None:
    _save(image, out, kind, **(how | {"speed": 9} if kind == "AVIF" else how))


if __name__ == "__main__":
    Image.Image.save = _saved  # type: ignore[method-assign]
    runpy.run_path(str(CHILD), run_name="__main__")
