"""Pictures for the tests of the media room."""

from __future__ import annotations

from typing import Any

import pytest
from media.pictures import Make, saved, scene


@pytest.fixture
def photo() -> Make:
    """Make a picture file: ``photo(width, height, "JPEG", …)``."""

    def make(width: int = 640, height: int = 400, kind: str = "JPEG", **options: Any) -> bytes:
        return saved(scene(width, height), kind, **options)

    return make
