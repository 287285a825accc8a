"""What a story has to show beside its lead picture: figures that are drawn, or a gallery."""

from __future__ import annotations

from collections.abc import Iterable

from khabarayn.article.blocks import Block, Gallery, Table
from khabarayn.article.chart import Chart, chart

CHART, GALLERY = "chart", "gallery"
# The fewest pictures of a strip; the most bars, which fill the reserved height.
STRIP, BARS = 3, 8


def chart_in(blocks: Iterable[Block]) -> Table | None:
    """Return the first table among ``blocks`` whose figures are drawn in no more room than a list
    keeps for them, or None."""
    tables = (block for block in blocks if isinstance(block, Table))
    return next((table for table in tables if _fits(chart(table))), None)


def _fits(candidate: Chart | None) -> bool:
    return candidate is not None and sum(len(row.bars) for row in candidate.rows) <= BARS


def gallery_in(blocks: Iterable[Block]) -> Gallery | None:
    """Return the first gallery among ``blocks`` that is long enough for a strip, or None."""
    galleries = (block for block in blocks if isinstance(block, Gallery))
    return next((one for one in galleries if len(one.images) >= STRIP), None)


def visual_of(blocks: Iterable[Block]) -> str:
    """Return which of `CHART` and `GALLERY` a story with these ``blocks`` can be shown by, the
    gallery before the figures; empty for most stories.

    >>> visual_of([Table((("عطارد", "2,440"), ("الأرض", "6,371")), chart="bar")])
    'chart'
    >>> visual_of([Table((("أ", "كثير"), ("ب", "2")), chart="bar")]), visual_of([])
    ('', '')
    >>> visual_of([Table(tuple((str(n), "2") for n in range(9)), chart="bar")])
    ''
    """
    block_list = tuple(blocks)
    if gallery_in(block_list):
        return GALLERY
    return CHART if chart_in(block_list) else ""
