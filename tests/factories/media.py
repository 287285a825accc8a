"""Rows of stored pictures, their files' bytes, and of which story shows which."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from PIL import Image, ImageDraw

from factories.article import NOON, article
from factories.rows import added, number
from khabarayn.store.models import ArticleMedia, FingerprintRow, MediaRow


def media(**given: Any) -> MediaRow:
    """A row whose renditions are said, not made."""
    n = next(number)
    return added(
        MediaRow,
        given,
        public_id=f"{n:012d}",
        digest=hashlib.sha256(str(n).encode()).hexdigest(),
        mime="image/jpeg",
        width=1200,
        height=800,
        renditions=[{"name": "800.avif", "width": 800, "height": 533, "bytes": 41_022}],
        created_at=NOON,
    )


def look(**given: Any) -> FingerprintRow:
    if "media_id" not in given:
        given["media_id"] = media().id
    return added(FingerprintRow, given, band=next(number))


def article_media(**given: Any) -> ArticleMedia:
    if "article_id" not in given:
        given["article_id"] = article().id
    if "media_id" not in given:
        given["media_id"] = media().id
    return added(ArticleMedia, given, position=0)


def picture_bytes(
    width: int = 1200, height: int = 800, kind: str = "JPEG", hue: int = 200
) -> bytes:
    """Return a picture file of coloured bands, different for each size and hue."""
    picture = Image.new("RGB", (width, height), f"hsl({hue}, 60%, 40%)")
    draw = ImageDraw.Draw(picture)
    for band in range(0, width, max(width // 12, 1)):
        colour = f"hsl({(hue + band * 7) % 360}, 55%, 60%)"
        draw.rectangle((band, height // 4, band + width // 30, height), fill=colour)
    out = io.BytesIO()
    picture.save(out, kind, quality=85)
    return out.getvalue()
