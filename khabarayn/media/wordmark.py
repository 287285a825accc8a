"""A wordmark or a sign that comes as a picture: decoded like any other, kept as a small PNG."""

from __future__ import annotations

import io

from PIL import Image

from khabarayn.face.value import FaceFile
from khabarayn.media.refusal import PictureRefused
from khabarayn.media.render import render

# Three times what the largest screen shows of it.
ROOM = (1200, 240)
SIGN_ROOM = (512, 512)
MAX_BYTES = 120 * 1024


def wordmark_picture(data: bytes, room: tuple[int, int] = ROOM) -> FaceFile:
    """Return the picture as a PNG that fits ``room``, its empty margins cut away. Raises
    `PictureRefused`."""
    original = render(data).original
    with Image.open(io.BytesIO(original.data)) as source:
        picture = source.convert("RGBA")
    box = picture.getchannel("A").getbbox()
    if box is None:
        raise PictureRefused("unreadable")
    picture = picture.crop(box)
    picture.thumbnail(room, Image.Resampling.LANCZOS)
    file = _png(picture)
    if len(file) > MAX_BYTES:
        file = _png(picture.quantize(128, method=Image.Quantize.FASTOCTREE))
    return FaceFile("image/png", picture.width, picture.height, file)


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()
