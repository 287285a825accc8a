"""A newsroom that takes stories in: an application with pictures, sections and an intake."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from wire.samples import FIXTURES

from khabarayn import Khabarayn
from khabarayn.ingest.accept import Intake
from khabarayn.ingest.adapt import Places
from khabarayn.ingest.report import Row
from khabarayn.ingest.sources import files_in, stories_in
from khabarayn.store.db import db
from khabarayn.store.queries.sections import section_tree

Take = Callable[..., list[Row]]


def picture(hue: int = 200, size: tuple[int, int] = (640, 360)) -> bytes:
    """A small real JPEG; another ``hue`` is another picture."""
    out = io.BytesIO()
    Image.new("HSV", size, (hue % 256, 160, 200)).convert("RGB").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def fixtures() -> Path:
    return FIXTURES


@pytest.fixture
def newsroom(app: Khabarayn) -> Iterator[Khabarayn]:
    with app.test_request_context():
        yield app
        db.session.remove()


@pytest.fixture
def take(newsroom: Khabarayn) -> Take:
    """Take in a file or a folder and return the rows of the report."""

    def take(path: Path, section: str = "", **how: object) -> list[Row]:
        intake = Intake(
            store=newsroom.extensions["khabarayn.media"],
            places=Places(section_tree().by_id.values(), always=section),
            **how,  # type: ignore[arg-type]
        )
        root = path if path.is_dir() else path.parent
        rows = [row for file in files_in(path) for row in intake.take(stories_in(file, root))]
        intake.finish()
        return rows

    return take
