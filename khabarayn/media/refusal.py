"""Why a picture is refused: codes, which `khabarayn.messages.pictures` puts into words."""

from __future__ import annotations

import re

MAX_BYTES = 30 * 1024 * 1024

_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*+>|<!--.*?-->|<!doctype[^>]*+>|\s++)*+<(\w+)",
    re.IGNORECASE | re.DOTALL,
)
_HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}


class PictureRefused(ValueError):
    """A picture or a file that is not taken.

    ``code`` is a key of `khabarayn.messages.pictures.REFUSALS`; ``values`` are its numbers:
    ``width`` and ``height`` in pixels, ``size`` in bytes.
    """

    def __init__(self, code: str, **values: int) -> None:
        super().__init__(" ".join([code, *(f"{name}={n}" for name, n in values.items())]))
        self.code = code
        self.values = values


def refuse_at_sight(data: bytes) -> None:
    """Raise `PictureRefused` for files whose first bytes are not those of an accepted format."""
    if not data:
        raise PictureRefused("empty")
    if len(data) > MAX_BYTES:
        raise PictureRefused("too_big", size=len(data))
    head = data[:4096]
    if markup := _MARKUP.match(head):
        raise PictureRefused("svg" if markup[1].lower() == b"svg" else "html")
    if head[:2] == b"\x1f\x8b":  # SVGZ is the only picture that comes gzipped
        raise PictureRefused("svg")
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC and b"avif" not in head[8:40]:
        raise PictureRefused("heic")
    if head[:5] == b"%PDF-":
        raise PictureRefused("pdf")
    if head[:2] == b"BM" or head[:4] in {b"II*\x00", b"MM\x00*", b"8BPS"}:
        raise PictureRefused("other")
