"""A story as it stands in the editor's form: every field as it was typed, nothing cleaned yet.

The body is the HTML that `khabarayn.article.markup` writes and `khabarayn.article.parse` reads,
with ``media:<public id>`` for the address of a stored picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from html import escape
from typing import Any

from khabarayn.article.blocks import Block, Gallery, Image
from khabarayn.article.markup import to_html
from khabarayn.article.parse import parse

MEDIA = "media:"
NAMES = "، "
_BETWEEN_NAMES = re.compile(r"[،,؛;\n]")
_TAG = re.compile(r"<[a-zA-Z/!]|&[a-z]+;")
_EMPTY_LINE = re.compile(r"\n\s*\n")
_TRUE = {"1", "on", "true", "True"}


@dataclass(frozen=True)
class StoryForm:
    """``tags`` and ``authors`` are names with commas between them; ``lead`` is a picture's id."""

    headline: str = ""
    short_headline: str = ""
    standfirst: str = ""
    body: str = ""
    teaser: str = ""
    section: str = ""
    tags: str = ""
    authors: str = ""
    source_name: str = ""
    source_link: str = ""
    source_licence: str = ""
    source_url: str = ""
    genre: str = ""
    language: str = "ar"
    lead: str = ""
    lead_alt: str = ""
    lead_caption: str = ""
    lead_credit: str = ""
    breaking: bool = False
    sensitive: bool = False
    evergreen: bool = False

    @classmethod
    def of(cls, fields_in: Mapping[str, Any]) -> StoryForm:
        """Return what a form or a kept draft says; what it does not name is empty.

        >>> StoryForm.of({"headline": " خبر ", "breaking": "1", "else": "x"}).breaking
        True
        """
        values: dict[str, Any] = {}
        for field in fields(cls):
            value = fields_in.get(field.name, field.default)
            if isinstance(field.default, bool):
                values[field.name] = str(value) in _TRUE
            else:
                values[field.name] = str(value).replace("\r\n", "\n")
        return cls(**values)

    def to_json(self) -> dict[str, Any]:
        """Return the fields that say something."""
        return {name: value for name, value in asdict(self).items() if value}

    def blocks(self) -> tuple[Block, ...]:
        """Return the body's blocks, cleaned. Raises `TooLarge` or `TooDeep`.

        A body without a tag is plain text, its paragraphs parted by empty lines.
        """
        body = self.body
        if not _TAG.search(body):
            parts = _EMPTY_LINE.split(body)
            body = "".join(f"<p>{escape(part, quote=False)}</p>" for part in parts)
        return tuple(_with_current_kind(block) for block in parse(body))


def _with_current_kind(block: Block) -> Block:
    if isinstance(block, Image):
        return replace(block, media=block.media.removeprefix(MEDIA))
    if isinstance(block, Gallery):
        images = (replace(i, media=i.media.removeprefix(MEDIA)) for i in block.images)
        return replace(block, images=tuple(images))
    return block


def body_of(blocks: Iterable[Block]) -> str:
    """Return ``blocks`` as the editor's form holds them: `StoryForm.blocks` undone."""
    return to_html(blocks, picture=lambda media: MEDIA + media)


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a field of names, each once.

    >>> names_in("مدن، #جسور_قديمة, مدن")
    ('مدن', '#جسور_قديمة')
    """
    names = (" ".join(name.split()) for name in _BETWEEN_NAMES.split(text))
    return tuple(dict.fromkeys(name for name in names if name))
