"""Compute fingerprints of pictures that were stored before there were any, a few at a time."""

from __future__ import annotations

import logging

from sqlalchemy import select

from khabarayn.desk.pictures.upload import found_by, store_fingerprint
from khabarayn.media.port import MediaStore, MediaStoreError
from khabarayn.media.refusal import PictureRefused
from khabarayn.media.render import Renderer
from khabarayn.store.db import commit, db, writing
from khabarayn.store.models import MediaRow

# The fingerprint of a picture whose file is lost or broken, so that it is not opened again.
_BLIND = "0" * 16
log = logging.getLogger(__name__)


def fingerprint_older(store: MediaStore, limit: int = 20) -> int:
    """Store the fingerprint and the search words of up to ``limit`` pictures that have none; return
    how many.

    Each is its own transaction, so that it may be stopped at any moment.
    """
    rows = list(
        db.session.scalars(
            select(MediaRow).where(MediaRow.dhash.is_(None)).order_by(MediaRow.id).limit(limit)
        )
    )
    if not rows:
        return 0
    with Renderer(1) as renderer:
        for number in [row.id for row in rows]:
            dhash = _fingerprint_of(db.session.get_one(MediaRow, number), store, renderer)
            with writing():
                row = db.session.get_one(MediaRow, number, with_for_update=True)
                # Another worker may have been quicker.
                if row.dhash is None:
                    store_fingerprint(row, dhash)
                    row.words = found_by(row)
                    commit()
    return len(rows)


def _fingerprint_of(row: MediaRow, store: MediaStore, renderer: Renderer) -> str:
    whole = [item for item in row.renditions if "-" not in item["name"]]
    try:
        for item in sorted(whole, key=lambda item: item["bytes"]):
            if data := store.read(f"{row.folder}/{item['name']}"):
                return renderer.render(data).dhash
    except (PictureRefused, MediaStoreError) as error:
        log.warning("picture %s: %s", row.public_id, error)
    return _BLIND
