"""The words of a body without its markup, and how many there are."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from khabarayn.arabic.reading import word_count
from khabarayn.article.blocks import (
    Block,
    Credit,
    Embed,
    Gallery,
    Heading,
    Image,
    KeyPoints,
    ListBlock,
    Paragraph,
    Quote,
    Table,
)

# Matches from every «<» on, to the end of the text if need be, so nothing is looked through twice.
_TAG = re.compile(r'<(?:[^>"]++|"[^"]*+(?:"|\Z))*+(?:>|\Z)')


def plain(inline: str) -> str:
    """Return one block's inline markup as plain text on one line.

    >>> plain('قال <strong>الوزير</strong>:<br>«لا &amp; نعم»')
    'قال الوزير: «لا & نعم»'
    """
    if "<" in inline or "&" in inline:
        inline = html.unescape(_TAG.sub(_tag_as_text, inline))
    return " ".join(inline.split())


def _tag_as_text(tag: re.Match[str]) -> str:
    text = tag.group()
    if not text.endswith(">"):
        return text  # no tag: its end is missing
    return " " if text.startswith("<br") else ""


def block_text(block: Block) -> str:
    """Return what a reader can read in ``block``, as plain text; a line an item or a row."""
    match block:
        case Paragraph() | Heading() | Credit():
            return plain(block.html)
        case ListBlock():
            return "\n".join(map(plain, block.items))
        case KeyPoints():
            return "\n".join(block.items)
        case Quote():
            return "\n".join(filter(None, (plain(block.html), block.cite)))
        case Image():
            return block.caption
        case Gallery():
            return "\n".join(filter(None, (image.caption for image in block.images)))
        case Embed():
            return "\n".join(filter(None, (block.title, block.text)))
        case Table():
            rows = (" ".join(filter(None, row)) for row in (block.head, *block.rows))
            return "\n".join(filter(None, (block.caption, *rows)))
        case _:
            return ""


def text_of(blocks: Iterable[Block]) -> str:
    """Return a body as plain text, a line a block, list item or table row."""
    return "\n".join(filter(None, map(block_text, blocks)))


def words_of(block: Block) -> int:
    """Return the number of running words of ``block``: captions, tables, link cards and the
    credit line are looked at, not read through, and count nothing."""
    if isinstance(block, Paragraph | Heading | ListBlock | Quote | KeyPoints):
        return word_count(block_text(block))
    return 0


def words_in(blocks: Iterable[Block]) -> int:
    """Return the number of running words of a body: what a reading time is made from."""
    return sum(map(words_of, blocks))
