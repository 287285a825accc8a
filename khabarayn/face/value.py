"""The face of a paper as one frozen value, and the digest that names all that is drawn of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from typing import Any

# Headlines and text: three pairs of the faces that every page carries already.
PAIRS = ("plex-naskh", "naskh-naskh", "plex-plex")
# The faces in which a name can be drawn, by file in ``static/fonts``.
LETTERING = {
    "plex": "plex-700.woff2",
    "naskh": "naskh-700.woff2",
    "amiri": "print/amiri-700.woff2",
}
LETTER, DOTS, DRAWING = "letter", "dots", "drawn"
SIGNS = (LETTER, DOTS, DRAWING)
NAME, SHORT, LINE = 60, 24, 120


@dataclass(frozen=True)
class Hues:
    """The first and the second hue («#9e1b32») on one kind of paper."""

    first: str
    second: str


LIGHT = Hues("#9e1b32", "#0f5c63")
SEPIA = Hues("#8c182d", "#0d4f55")
DARK = Hues("#f27c93", "#63c5cb")


@dataclass(frozen=True)
class Face:
    """What readers know the paper by.

    ``wordmark``, ``drawing`` and ``shots`` (narrow, wide) are digests of files; an empty
    ``wordmark`` is the name set in type. ``pair`` is one of `PAIRS`; ``sign``, one of `SIGNS`, is
    what stands on icons: the first letter of the short name, two dots, or a drawing of its own.
    """

    name: str
    short_name: str = ""
    line: str = ""
    wordmark: str = ""
    light: Hues = LIGHT
    sepia: Hues = SEPIA
    dark: Hues = DARK
    pair: str = PAIRS[0]
    sign: str = LETTER
    drawing: str = ""
    shots: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """What stands under an icon."""
        return self.short_name or self.name

    @property
    def digest(self) -> str:
        """Twelve hex digits that differ whenever anything of the face differs."""
        return _digest(self)

    @property
    def files(self) -> tuple[str, ...]:
        """The digests of the files that this face names."""
        return tuple(name for name in (self.wordmark, self.drawing, *self.shots) if name)

    def to_json(self) -> str:
        """Return the face as it is kept: what is as usual is left out."""
        plain = Face(self.name)
        names = {f.name for f in fields(self) if getattr(self, f.name) != getattr(plain, f.name)}
        values = {name: value for name, value in asdict(self).items() if name in names | {"name"}}
        return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Face:
        """Return the face that `to_json` wrote; what this version does not know is left out."""
        data: dict[str, Any] = json.loads(text)
        field_names = {f.name for f in fields(cls)}
        values = {name: value for name, value in data.items() if name in field_names}
        for name in ("light", "sepia", "dark"):
            if name in values:
                values[name] = Hues(**values[name])
        if "shots" in values:
            values["shots"] = tuple(values["shots"])
        return replace(cls(data["name"]), **values)


@lru_cache(maxsize=64)
def _digest(face: Face) -> str:
    return hashlib.sha256(face.to_json().encode()).hexdigest()[:12]


def file_digest(data: bytes) -> str:
    """Return the name of a file of a face: 32 hex digits of its content's SHA-256."""
    return hashlib.sha256(data).hexdigest()[:32]


@dataclass(frozen=True)
class FaceFile:
    """A file of a face; ``mime`` is image/svg+xml, image/png or image/webp; sizes in pixels, or in
    the units of the drawing."""

    mime: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class DrawnFace:
    """A face with its files at hand: the wordmark, and the drawing of its sign."""

    face: Face
    wordmark: FaceFile | None = None
    drawing: FaceFile | None = None


@dataclass(frozen=True)
class Outline:
    """Path data whose box begins at 0,0; ``lacking`` are the characters the face does not have."""

    path: str
    width: int
    height: int
    lacking: str = ""
