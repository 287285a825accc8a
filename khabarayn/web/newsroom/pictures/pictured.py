"""A library picture as scripts and the editor's page get it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from flask import url_for

from khabarayn.store.queries.pictures import LibraryPicture
from khabarayn.web.request import whole


@dataclass(frozen=True)
class PictureSummary:
    """``src`` is a small rendition's address, empty when none was made; ``url`` the picture's page
    in the newsroom."""

    id: str
    name: str
    src: str
    alt: str
    decorative: str
    caption: str
    credit: str
    width: int
    height: int
    url: str

    def to_json(self) -> dict[str, Any]:
        """Return the value as the editor's script reads it."""
        return asdict(self)


def picture_summary(item: LibraryPicture) -> PictureSummary:
    """Return ``item`` with the address of its smallest whole rendition."""
    image = item.picture
    candidates = [n for n in image.renditions if n.endswith((".webp", ".jpg"))] or list(
        image.renditions
    )
    whole_images = [
        name for name in candidates if whole(name.split(".")[0]) is not None
    ] or candidates
    name = min(whole_images, key=_width, default="")
    src = url_for("reader.media", media_id=image.address, rendition=name) if name else ""
    return PictureSummary(
        id=item.id,
        name=item.name,
        src=src,
        alt=image.alt,
        decorative=item.decorative,
        caption=image.caption,
        credit=image.credit,
        width=image.width,
        height=image.height,
        url=url_for("newsroom.picture", media_id=item.id),
    )


def _width(name: str) -> int:
    width = whole(name.rsplit(".", 1)[0].rsplit("-", 1)[-1])
    return 10_000 if width is None else width
