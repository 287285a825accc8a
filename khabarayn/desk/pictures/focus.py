"""Set the focal point that every crop of a picture keeps."""

from __future__ import annotations

import hashlib
from math import isfinite

from flask_babel import gettext as _

from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.pictures.describe import picture_row
from khabarayn.desk.pictures.upload import public_id_of, rendition_list
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.media.port import MediaStore
from khabarayn.media.render import render
from khabarayn.store.db import commit, writing

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


def focus(public_id: str, by: By, x: float, y: float, *, store: MediaStore) -> None:
    """Crop the picture anew around the point, fractions from its top left as it is seen.

    The new crops have a new address, since what stands at the old one is kept for ever by
    phones and caches; the old files stay for them. Raises `Refused`, or
    `khabarayn.media.refusal.PictureRefused` or `khabarayn.media.port.MediaStoreError`.
    """
    require(by, "picture.edit")
    if not (isfinite(x) and isfinite(y)):
        raise Refused("focus", _("نقطة غير مفهومة."))
    # Hundredths: two taps beside each other are one point, and one set of files.
    point = tuple(round(min(max(value, 0.0), 1.0), 2) for value in (x, y))
    row = picture_row(public_id)
    if point == (row.focal_x, row.focal_y):
        return
    original = store.read(f"{public_id}/original.{_ENDINGS.get(row.mime, 'jpg')}")
    if original is None:
        raise Refused("picture", _("أصل هذه الصورة مفقود، فلا تُقصّ من جديد. ارفعها مرة أخرى."))
    picture = render(original, (point[0], point[1]))
    folder = folder_of(row.digest, (point[0], point[1]))
    for file in picture.renditions:
        store.put(f"{folder}/{file.name}", file.data, file.mime)
    # The crops are made and stored before the lock is taken; of two writers the last one wins.
    with writing():
        row = picture_row(public_id)
        row.folder = folder
        row.focal_x, row.focal_y = point
        row.renditions = rendition_list(picture)
        log("focus_picture", by, picture=public_id, point=list(point))
        commit()


def folder_of(digest: str, point: tuple[float, float]) -> str:
    """Return where the crops around ``point`` lie, of the picture with the SHA-256 ``digest``."""
    return public_id_of(hashlib.sha256(f"{digest}:{point[0]}:{point[1]}".encode()).hexdigest())
