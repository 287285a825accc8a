"""Take a picture into the paper: checked, re-encoded, kept, and known by one id."""

from __future__ import annotations

import base64

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from khabarayn.arabic.hygiene import clean_line
from khabarayn.media.port import MediaStore
from khabarayn.media.render import Rendered, render
from khabarayn.store.db import db, now
from khabarayn.store.models.media import MediaRow

_ALT, _CAPTION, _CREDIT = 500, 1000, 200
_ID_BYTES = 10


def public_id_of(digest: str) -> str:
    """Return the id of the picture with this SHA-256 (hex): 16 lower-case letters and digits.

    The same picture has the same id everywhere, so a file written before a crash is written
    again under its own name, never beside it.

    >>> public_id_of("00" * 32)
    'aaaaaaaaaaaaaaaa'
    """
    return base64.b32encode(bytes.fromhex(digest)[:_ID_BYTES]).decode("ascii").lower()


def _known(digest: str) -> str | None:
    return db.session.scalar(select(MediaRow.public_id).where(MediaRow.digest == digest))


def keep(
    rendered: Rendered,
    *,
    store: MediaStore,
    alt: str = "",
    caption: str = "",
    credit: str = "",
) -> str:
    """Keep a picture that is rendered already and return its public id; commits.

    A picture that the paper has is not kept twice: its id is returned, and its own texts and
    focal point stay. Files are durable before the row is, so no row ever lacks its files.
    Raises `khabarayn.media.port.MediaStoreError`.
    """
    if known := _known(rendered.digest):
        return known
    public_id = public_id_of(rendered.digest)
    for file in (*rendered.renditions, rendered.original):
        store.put(f"{public_id}/{file.name}", file.data, file.mime)
    db.session.add(
        MediaRow(
            public_id=public_id,
            digest=rendered.digest,
            mime=rendered.original.mime,
            width=rendered.width,
            height=rendered.height,
            focal_x=rendered.focal[0],
            focal_y=rendered.focal[1],
            thumbhash=rendered.thumbhash,
            alt=clean_line(alt, _ALT).text,
            caption=clean_line(caption, _CAPTION).text,
            credit=clean_line(credit, _CREDIT).text,
            renditions=[
                {"name": r.name, "width": r.width, "height": r.height, "bytes": len(r.data)}
                for r in rendered.renditions
            ],
            created_at=now(),
        )
    )
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        # Somebody else kept the same picture in the meantime: then theirs is ours.
        known = _known(rendered.digest)
        if known is None:
            raise
        return known
    return public_id


def upload(
    data: bytes,
    *,
    store: MediaStore,
    alt: str = "",
    caption: str = "",
    credit: str = "",
    focal: tuple[float, float] = (0.5, 0.5),
) -> str:
    """Take the picture file ``data`` and return its public id; commits.

    ``focal`` is the point that crops keep, as fractions from the top left of the picture as it
    is seen. Raises `khabarayn.media.refusal.PictureRefused` or
    `khabarayn.media.port.MediaStoreError`, each with an Arabic message.
    """
    return keep(render(data, focal), store=store, alt=alt, caption=caption, credit=credit)
