"""A stored picture as the editor's page shows it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from flask import url_for

from khabarayn.article.story import Picture


@dataclass(frozen=True)
class Pictured:
    """``src`` is a small rendition's address, empty when none was made."""

    id: str
    src: str
    alt: str
    caption: str
    credit: str
    width: int
    height: int

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def pictured(picture: Picture) -> Pictured:
    """Return ``picture`` with the address of its smallest whole rendition."""
    made = [n for n in picture.renditions if n.endswith((".webp", ".jpg"))] or list(
        picture.renditions
    )
    whole = [name for name in made if name.split(".")[0].isdigit()] or made
    name = min(whole, key=_width, default="")
    src = url_for("reader.media", media_id=picture.address, rendition=name) if name else ""
    return Pictured(
        picture.id, src, picture.alt, picture.caption, picture.credit,
        picture.width, picture.height,
    )  # fmt: skip


def _width(name: str) -> int:
    digits = name.rsplit(".", 1)[0].rsplit("-", 1)[-1]
    return int(digits) if digits.isdigit() else 10_000
