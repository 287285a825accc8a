"""Text as an outline, from the very faces that the pages use."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module

from khabarayn.face.value import Outline


@lru_cache(maxsize=32)
def outline(text: str, lettering: str) -> Outline:
    """Return ``text`` as one outline in a face of `khabarayn.face.value.LETTERING`."""
    # Imported late: outlines are drawn rarely, and HarfBuzz takes a while to load.
    return import_module("khabarayn.face.outlines").outline_of(text, lettering)
