"""Store faces of the paper for a preview, and choose the one that readers see."""

from __future__ import annotations

from collections.abc import Iterable

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.face.value import Face, FaceFile, file_digest
from khabarayn.settings import settings_of
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import FaceFileRow, FaceRow, SettingRow
from khabarayn.store.queries.site import current_face, forget_site

SETTING = "face"


@writing("site")
def save_face(face: Face, files: Iterable[FaceFile], by: By) -> str:
    """Store a face with the files it names, without showing it to readers; return its digest."""
    require(by, "site.face")
    for file in files:
        _save_file(file)
    _save(face, by)
    log("keep_face", by, name=face.name, face=face.digest)
    commit()
    return face.digest


@writing("site")
def take_face(digest: str, by: By) -> Face:
    """Show readers a stored face from the next page on. Raises `Refused` when there is none of this
    digest."""
    require(by, "site.face")
    row = db.session.scalar(select(FaceRow).where(FaceRow.digest == digest).with_for_update())
    if row is None:
        raise Refused("face", _("لم تُحفظ هوية كهذه."))
    usual = settings_of(current_app.config)
    before, face = current_face(usual), Face.from_json(row.content)
    if before.digest == digest and row.taken_at:
        return face
    if db.session.get(SettingRow, SETTING) is None and before.digest != digest:
        # The face of the environment has no row: it gets one, so that it can be chosen again.
        _save(before, by).taken_at = now()
        db.session.flush()
    row.taken_at = now()
    db.session.merge(SettingRow(name=SETTING, value=digest))
    log("take_face", by, name=face.name, face=digest, before=before.digest)
    commit()
    forget_site()
    return face


def _save(face: Face, by: By) -> FaceRow:
    row = db.session.get(FaceRow, face.digest)
    if row is None:
        row = FaceRow(digest=face.digest, content=face.to_json(), made_at=now(), made_by=by.name)
        db.session.add(row)
    return row


def _save_file(file: FaceFile) -> None:
    digest = file_digest(file.data)
    if db.session.get(FaceFileRow, digest) is None:
        db.session.add(
            FaceFileRow(
                digest=digest, mime=file.mime, width=file.width, height=file.height, data=file.data
            )
        )
