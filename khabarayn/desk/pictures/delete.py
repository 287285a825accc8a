"""Delete a picture: from every story, from the library, and its files."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, or_, select, update

from khabarayn.article.pictures import left_without
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.pictures.describe import picture_row
from khabarayn.desk.pictures.focus import folder_of
from khabarayn.desk.pictures.replace import replace, showing
from khabarayn.desk.record import enqueue, log
from khabarayn.desk.stories.amend import amend, readers_get, waiting, without_pictures
from khabarayn.jobs.outbox import close, not_before
from khabarayn.media.port import MediaStore, MediaStoreError
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import ArticleMedia, AuthorRow, LogRow, MediaRow

trouble = logging.getLogger(__name__)
# Files that are still to be wiped. The worker does it so long after the deletion, because whoever
# deleted the picture has not: the process was killed, or the store could not be reached.
WIPE, PATIENCE = "wipe", timedelta(minutes=1)


def delete_picture(public_id: str, by: By, *, store: MediaStore, instead: str = "") -> int:
    """Delete the picture and its files; return how many stories showed it. Commits once.

    With ``instead``, another picture stands wherever it was; else these places are empty: a lead
    is none, a gallery shows the others. Each story gets a revision. A picture that it had replaced
    is in the library again. Editions that are made keep their own copies. Raises `Refused`, and
    `khabarayn.media.port.MediaStoreError` when it is deleted but files of it are left: the worker
    tries to wipe them again.
    """
    require(by, "picture.delete")
    with writing():
        row = picture_row(public_id)
        folders = _folders(row)
        count = replace(public_id, instead, by) if instead else _take_out(row, by)
        log("delete_picture", by, picture=public_id, name=row.name, new=instead, stories=count)
        db.session.delete(row)
        later = not_before(now() + PATIENCE)
        word = enqueue(WIPE, None, folders=sorted(folders), **later)
        db.session.flush()
        number = word.id
        commit()
    wipe(number, {"folders": sorted(folders)}, store=store)
    return count


def wipe(number: int, payload: Mapping[str, Any], *, store: MediaStore) -> None:
    """Delete the files of the folders that ``payload`` names, and close the row ``number`` of the
    outbox. A folder that a picture of the library has is left: the same picture may have come
    again. Raises `khabarayn.media.port.MediaStoreError` with the row still open.
    """
    folders = set(payload.get("folders", ()))
    _wipe(folders - _in_use(folders), store)
    with writing():
        close([number])
        commit()


def _in_use(folders: Collection[str]) -> set[str]:
    pictures = db.session.execute(
        select(MediaRow.public_id, MediaRow.folder).where(
            or_(MediaRow.public_id.in_(folders), MediaRow.folder.in_(folders))
        )
    ).all()
    return {name for picture in pictures for name in picture}


def _take_out(picture: MediaRow, by: By) -> int:
    note = _("حُذفت صورة")
    rows = showing(picture)
    for row in rows:
        amend(row, lambda content: without_pictures(content, picture.public_id), by, note)
        row.body = left_without(row.body, picture.public_id)
        if row.lead_id == picture.id:
            row.lead_id = None
            row.lead_alt = row.lead_caption = row.lead_credit = ""
        readers_get(row)
    for row in waiting(but=[row.id for row in rows]):
        amend(row, lambda content: without_pictures(content, picture.public_id), by, note)
    db.session.execute(delete(ArticleMedia).where(ArticleMedia.media_id == picture.id))
    db.session.execute(
        update(AuthorRow).where(AuthorRow.portrait_id == picture.id).values(portrait_id=None)
    )
    db.session.execute(
        update(MediaRow).where(MediaRow.replaced_by == picture.id).values(replaced_by=None)
    )
    db.session.flush()
    return len(rows)


def _folders(row: MediaRow) -> set[str]:
    """Return every folder that files of the picture lie in: crops around a former focal point stay
    for the phones that have kept their addresses."""
    points = db.session.scalars(select(LogRow.detail).where(LogRow.verb == "focus_picture"))
    crop_points = [one["point"] for one in points if one.get("picture") == row.public_id]
    former = {folder_of(row.digest, (x, y)) for x, y in crop_points}
    return {row.public_id, row.folder, *former}


def _wipe(folders: set[str], store: MediaStore) -> None:
    failure: MediaStoreError | None = None
    for folder in sorted(folders):
        try:
            for name in list(store.names(f"{folder}/")):
                store.delete(name)
        except MediaStoreError as error:
            trouble.error("files of the deleted picture in %s are left: %s", folder, error.code)
            failure = error
    if failure:
        raise failure
