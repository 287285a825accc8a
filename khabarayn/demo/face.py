"""The face of the demo edition, set through the same verbs as any paper's, and only where none was
set."""

from __future__ import annotations

import io

from flask import current_app
from PIL import Image

from khabarayn.demo import FOLDER
from khabarayn.desk.arrange.face import save_face, take_face
from khabarayn.desk.by import By
from khabarayn.face.clean import clean_drawing
from khabarayn.face.value import DOTS, Face, FaceFile, file_digest
from khabarayn.settings import Settings, settings_of
from khabarayn.store.queries.faces import faces_taken

NAME = Settings.site_name


def give_face(by: By) -> bool:
    """Give the paper the demo's face unless it has a name or a face of its own; say whether."""
    usual = settings_of(current_app.config)
    if faces_taken() or usual.site_name != NAME:
        return False
    folder = FOLDER / "face"
    wordmark = clean_drawing((folder / "wordmark.svg").read_bytes())
    shots = tuple(_shot((folder / f"{name}.webp").read_bytes()) for name in ("narrow", "wide"))
    face = Face(
        NAME,
        wordmark=file_digest(wordmark.data),
        sign=DOTS,
        shots=tuple(file_digest(shot.data) for shot in shots),
    )
    take_face(save_face(face, (wordmark, *shots), by), by)
    return True


def _shot(data: bytes) -> FaceFile:
    with Image.open(io.BytesIO(data)) as picture:
        return FaceFile("image/webp", picture.width, picture.height, data)
