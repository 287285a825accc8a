"""Add a picture to the library: validated, re-encoded, stored under one id."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from sqlalchemy import select

from khabarayn.arabic.hygiene import clean_line
from khabarayn.arabic.stem import stems
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log
from khabarayn.media.port import MediaStore
from khabarayn.media.render import RenderedPicture, render
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import FingerprintRow, MediaRow
from khabarayn.store.queries.pictures import as_signed, bands

ALT, CAPTION, CREDIT, NAME = 500, 1000, 200, 200
_ID_BYTES = 10


@dataclass(frozen=True)
class UploadResult:
    """``known`` says that the paper had the very same picture already."""

    public_id: str
    known: bool


def public_id_of(digest: str) -> str:
    """Return the id of the picture with this SHA-256 (hex): 16 lower-case letters and digits.

    The same picture has the same id everywhere, so a file written before a crash is written
    again under its own name, never beside it.

    >>> public_id_of("00" * 32)
    'aaaaaaaaaaaaaaaa'
    """
    return base64.b32encode(bytes.fromhex(digest)[:_ID_BYTES]).decode("ascii").lower()


def _id_of_digest(digest: str) -> str | None:
    return db.session.scalar(select(MediaRow.public_id).where(MediaRow.digest == digest))


def store_picture(
    picture: RenderedPicture,
    by: By,
    *,
    store: MediaStore,
    alt: str = "",
    caption: str = "",
    credit: str = "",
    name: str = "",
) -> str:
    """Store a picture that is rendered already and return its public id; commits.

    A picture that the paper has is not kept twice: its id is returned, and its own texts and
    focal point stay. Files are durable before the row is, so no row ever lacks its files.
    Raises `khabarayn.media.port.MediaStoreError`.
    """
    require(by, "picture.add")
    if existing_id := _id_of_digest(picture.digest):
        return existing_id
    public_id = public_id_of(picture.digest)
    for file in (*picture.renditions, picture.original):
        store.put(f"{public_id}/{file.name}", file.data, file.mime)
    row = MediaRow(
        public_id=public_id,
        digest=picture.digest,
        mime=picture.original.mime,
        width=picture.width,
        height=picture.height,
        focal_x=picture.focal[0],
        focal_y=picture.focal[1],
        thumbhash=picture.thumbhash,
        alt=clean_line(alt, ALT).text,
        caption=clean_line(caption, CAPTION).text,
        credit=clean_line(credit, CREDIT).text,
        name=clean_line(name, NAME).text,
        added_by="" if by.is_system else by.name,
        renditions=rendition_list(picture),
        created_at=now(),
    )
    row.words = found_by(row)
    with writing(f"picture {picture.digest}"):
        # Another request may have stored the same picture meanwhile: then its row is used.
        if existing_id := _id_of_digest(picture.digest):
            return existing_id
        db.session.add(row)
        db.session.flush()
        store_fingerprint(row, picture.dhash)
        log("upload", by, picture=public_id, name=row.name)
        commit()
    return public_id


def rendition_list(picture: RenderedPicture) -> list[dict[str, str | int]]:
    """Return the renditions as a row names them."""
    return [
        {"name": r.name, "width": r.width, "height": r.height, "bytes": len(r.data)}
        for r in picture.renditions
    ]


def found_by(row: MediaRow) -> str:
    """Return the stems that a picture is found by, each between spaces."""
    name = (row.name or "").replace("-", " ")
    text = " ".join(filter(None, (row.alt, row.caption, row.credit, row.decorative, name)))
    return f" {' '.join(dict.fromkeys(stems(text)))} "


def store_fingerprint(row: MediaRow, dhash: str) -> None:
    """Store a picture's fingerprint, by which similar ones are found; the caller commits."""
    fingerprint = as_signed(dhash)
    row.dhash = fingerprint
    db.session.add_all(FingerprintRow(band=band, media_id=row.id) for band in bands(fingerprint))


def upload(
    data: bytes,
    by: By,
    *,
    store: MediaStore,
    alt: str = "",
    caption: str = "",
    credit: str = "",
    focal: tuple[float, float] | None = None,
) -> str:
    """Add the picture file ``data`` and return its public id; commits.

    ``focal`` is the point that crops keep, as fractions from the top left of the picture as it
    is seen; None: the usual point of a picture of this shape. Raises
    `khabarayn.media.refusal.PictureRefused` or `khabarayn.media.port.MediaStoreError`.
    """
    return store_picture(
        render(data, focal), by, store=store, alt=alt, caption=caption, credit=credit
    )


def take(data: bytes, by: By, *, store: MediaStore, name: str) -> UploadResult:
    """Add the picture file that a person sends, and say whether the library had it already;
    commits.

    Raises as `upload` does.
    """
    picture = render(data)
    exists = _id_of_digest(picture.digest) is not None
    return UploadResult(store_picture(picture, by, store=store, name=name), exists)
