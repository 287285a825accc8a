"""The body of a story: a list of typed blocks, and their JSON form.

``html`` fields and the items of a list hold inline markup already cleaned by
`khabarayn.article.sanitise`; every other field is plain text and is escaped where it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeAlias

# What `json` reads, and the same with tuples in place of lists.
Json: TypeAlias = (
    "bool | int | float | str | list[Json] | tuple[Json, ...] | dict[str, Json] | None"
)


@dataclass(frozen=True)
class Block:
    """One part of a story's body; ``kind`` names it in what is stored."""

    kind: ClassVar[str] = ""


@dataclass(frozen=True)
class Paragraph(Block):
    """Running text as safe inline HTML."""

    kind: ClassVar[str] = "paragraph"
    html: str


@dataclass(frozen=True)
class Heading(Block):
    """A subhead inside the story; ``level`` is 2, 3 or 4 (the page owns the only h1)."""

    kind: ClassVar[str] = "heading"
    html: str
    level: int = 2


@dataclass(frozen=True)
class ListBlock(Block):
    """``items`` hold inline markup, as ``html`` does, without line breaks."""

    kind: ClassVar[str] = "list"
    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Quote(Block):
    """``html`` is the quotation (one or more inline runs), ``cite`` the speaker as plain text."""

    kind: ClassVar[str] = "quote"
    html: str
    cite: str = ""


@dataclass(frozen=True)
class Image(Block):
    """A picture inside the story; ``media`` is the public id of a stored picture."""

    kind: ClassVar[str] = "image"
    media: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Gallery(Block):
    """Pictures that are looked through one after another."""

    kind: ClassVar[str] = "gallery"
    images: tuple[Image, ...]


@dataclass(frozen=True)
class Embed(Block):
    """Something that lives elsewhere, shown as a link card: nothing of it is ever loaded."""

    kind: ClassVar[str] = "embed"
    url: str
    title: str
    site: str = ""
    text: str = ""


@dataclass(frozen=True)
class KeyPoints(Block):
    """What the story comes to, a line of safe inline HTML a point."""

    kind: ClassVar[str] = "key_points"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Table(Block):
    """Cells are plain text. ``head`` may be empty. ``chart`` ('', 'bar', 'line') asks for the
    same figures drawn above the table: the first column labels, the others are series."""

    kind: ClassVar[str] = "table"
    rows: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = ()
    caption: str = ""
    chart: str = ""
    unit: str = ""
    source: str = ""


@dataclass(frozen=True)
class Credit(Block):
    """Who helped with the report; the last line of many stories, never counted as a paragraph."""

    kind: ClassVar[str] = "credit"
    html: str


@dataclass(frozen=True)
class PinnedSeeAlso(Block):
    """An editor's «شاهد أيضًا» at exactly this place; ``target`` is a story's public id."""

    kind: ClassVar[str] = "see_also"
    target: str
    headline: str = ""


KINDS: dict[str, type[Block]] = {
    kind.kind: kind
    for kind in (
        Paragraph,
        Heading,
        ListBlock,
        Quote,
        Image,
        Gallery,
        Embed,
        KeyPoints,
        Table,
        Credit,
        PinnedSeeAlso,
    )
}


_DEFAULTS = {name: {f.name: f.default for f in fields(kind)} for name, kind in KINDS.items()}


def to_json(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Return ``blocks`` as JSON-ready dictionaries, the kind first; defaults are left out."""
    dictionaries: list[dict[str, Any]] = []
    for block in blocks:
        values = vars(block)
        if isinstance(block, Gallery):
            values = {**values, "images": tuple([dict(vars(image)) for image in block.images])}
        defaults = _DEFAULTS[block.kind]
        lean = {name: value for name, value in values.items() if value != defaults[name]}
        dictionaries.append({"kind": block.kind, **lean})
    return dictionaries


def _freeze(value: Json) -> Json:
    """``value`` as JSON gives it, with tuples in place of its lists, at every depth."""
    return tuple(_freeze(v) for v in value) if isinstance(value, list | tuple) else value


def from_json(items: Iterable[Mapping[str, Any]]) -> tuple[Block, ...]:
    """Return the blocks that ``items`` describe; `to_json` undone.

    Raises ``ValueError`` on an unknown kind or a missing field.
    """
    blocks: list[Block] = []
    for item in items:
        values: dict[str, Any] = {k: _freeze(v) for k, v in item.items() if k != "kind"}
        kind = KINDS.get(str(item.get("kind")))
        if kind is None:
            raise ValueError(f"unknown block kind: {item.get('kind')!r}")
        if kind is Gallery:
            values["images"] = tuple(Image(**image) for image in item["images"])
        try:
            blocks.append(kind(**values))
        except TypeError as error:
            raise ValueError(f"{kind.kind} block: {error}") from error
    return tuple(blocks)
