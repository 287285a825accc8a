"""The faces of the paper: any by its digest, its files, and those that readers have seen."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select

from khabarayn.face.value import DrawnFace, Face, FaceFile
from khabarayn.store.db import db
from khabarayn.store.models import FaceFileRow, FaceRow

Value = TypeVar("Value")
EARLIER = 30
# What a digest names never changes: it is read once in the life of a process.
_CACHE_SIZE = 64
_faces: OrderedDict[str, Face] = OrderedDict()
_files: OrderedDict[str, FaceFile] = OrderedDict()


@dataclass(frozen=True)
class TakenFace:
    """A face that readers have seen: since when, and who made it."""

    digest: str
    face: Face
    taken_at: datetime
    made_by: str


def face_by_digest(digest: str) -> Face | None:
    """Return the face that is kept under this digest."""
    if digest in _faces:
        return _faces[digest]
    with db.session.no_autoflush:
        content = db.session.scalar(select(FaceRow.content).where(FaceRow.digest == digest))
    return _remember(_faces, digest, Face.from_json(content)) if content else None


def face_file(digest: str) -> FaceFile | None:
    """Return a file of a face; None for no digest and for one that nobody keeps."""
    if not digest:
        return None
    if digest in _files:
        return _files[digest]
    with db.session.no_autoflush:
        row = db.session.get(FaceFileRow, digest)
    if row is None:
        return None
    return _remember(_files, digest, FaceFile(row.mime, row.width, row.height, row.data))


def with_files(face: Face) -> DrawnFace:
    """Return ``face`` with the files by which it is drawn."""
    return DrawnFace(face, face_file(face.wordmark), face_file(face.drawing))


def faces_taken() -> tuple[TakenFace, ...]:
    """Return the faces that readers have seen, the newest first."""
    rows = db.session.scalars(
        select(FaceRow)
        .where(FaceRow.taken_at.is_not(None))
        .order_by(FaceRow.taken_at.desc())
        .limit(EARLIER)
    )
    return tuple(
        TakenFace(row.digest, Face.from_json(row.content), row.taken_at, row.made_by)
        for row in rows
        if row.taken_at is not None
    )


def _remember(cache: OrderedDict[str, Value], digest: str, face: Value) -> Value:
    cache[digest] = face
    if len(cache) > _CACHE_SIZE:
        cache.popitem(last=False)
    return face
