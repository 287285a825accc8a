"""Rows of the faces that a paper has had."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from factories.rows import added
from khabarayn.face.value import Face
from khabarayn.store.models import FaceFileRow, FaceRow

MADE = datetime(2026, 3, 1, 9, tzinfo=UTC)


def face_row(**given: Any) -> FaceRow:
    face = Face("صحيفة الاختبار")
    return added(
        FaceRow, given, digest=face.digest, content=face.to_json(), made_at=MADE, made_by="سمر"
    )


def face_file_row(**given: Any) -> FaceFileRow:
    return added(
        FaceFileRow, given, digest="0" * 32, mime="image/png", width=1, height=1, data=b"x"
    )
