"""A last pass over parsed blocks: lists, table sources and credits that only their neighbours
reveal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from khabarayn.article import tables
from khabarayn.article.blocks import Block, Credit, ListBlock, Paragraph, Table
from khabarayn.article.plain import plain

_BULLET = re.compile(r"^[•·▪◦‣●■]\s*")
_CONTRIBUTORS = re.compile(
    r"(?:ساهم|أسهم|اسهم|شارك)ت?(?:وا)? في (?:إعداد|اعداد|الإعداد|كتابة|تحرير|تغطية|التغطية)"
)
_HELPED_WORDS = 60


def _text(block: Block) -> str:
    return plain(block.html) if isinstance(block, Paragraph) else ""


def _item(block: Block) -> str:
    """The line after its bullet; where the bullet stands inside a tag, the words alone."""
    if isinstance(block, Paragraph) and _BULLET.match(block.html):
        return _BULLET.sub("", block.html).replace("<br>", " ")
    return escape(_BULLET.sub("", _text(block)), quote=False)


def _lists(blocks: Sequence[Block]) -> list[Block]:
    result: list[Block] = []
    for has_bullet, run in groupby(blocks, key=lambda block: bool(_BULLET.match(_text(block)))):
        members = list(run)
        items = tuple(item for item in map(_item, members) if item)
        result += [ListBlock(items)] if has_bullet and len(items) > 1 else members
    return result


def _sources(blocks: Sequence[Block]) -> list[Block]:
    result: list[Block] = []
    for block in blocks:
        before, text = result[-1] if result else None, _text(block)
        if isinstance(before, Table) and not before.source and text.startswith("المصدر:"):
            unit, source = tables.read_note(text)
            result[-1] = replace(before, source=source, unit=before.unit or unit)
        else:
            result.append(block)
    return result


def infer_kinds(blocks: Sequence[Block]) -> list[Block]:
    """Return ``blocks`` with lists that were typed with bullets, a table's source that stood
    under it, and a closing line of thanks to helpers, each as what it is.

    >>> infer_kinds([Paragraph("• أول"), Paragraph("• ثانٍ"), Paragraph("شاركت في التغطية سلمى.")])
    [ListBlock(items=('أول', 'ثانٍ'), ordered=False), Credit(html='شاركت في التغطية سلمى.')]
    """
    result = _sources(_lists(blocks))
    last = result[-1] if result else None
    text = _text(last) if last else ""
    if (
        isinstance(last, Paragraph)
        and _CONTRIBUTORS.match(text)
        and len(text.split()) <= _HELPED_WORDS
    ):
        result[-1] = Credit(last.html)
    return result
