"""Two people's texts of one story made one, as far as they did not touch the same place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from khabarayn.article import align

Item = TypeVar("Item")


@dataclass(frozen=True)
class MergeResult:
    """``items`` holds both texts where they disagree, mine first; ``clashes`` counts the places."""

    items: tuple[Any, ...]
    clashes: int


def line(base: str, mine: str, theirs: str) -> str | None:
    """Return the one text of a field, or None when both changed it and not alike.

    >>> line("خبر", "خبر عاجل", "خبر"), line("أ", "ب", "ج")
    ('خبر عاجل', None)
    """
    if mine == theirs or theirs == base:
        return mine
    return theirs if mine == base else None


def _matches(base: Sequence[Item], other: Sequence[Item]) -> dict[int, int]:
    return dict(align.common_positions(base, other))


def merge(base: Sequence[Item], mine: Sequence[Item], theirs: Sequence[Item]) -> MergeResult:
    """Return ``mine`` and ``theirs`` as one, by what each changed in ``base``.

    >>> merge("abcd", "aXbcd", "abcY")
    MergeResult(items=('a', 'X', 'b', 'c', 'Y'), clashes=0)
    >>> merge("abc", "aXc", "aYc")
    MergeResult(items=('a', 'X', 'Y', 'c'), clashes=1)
    """
    in_mine, in_theirs = _matches(base, mine), _matches(base, theirs)
    result: list[Item] = []
    clashes = 0
    at = (0, 0, 0)
    # Blocks that both kept from the base are anchors; between two anchors the texts are compared.
    anchors = [(i, in_mine[i], in_theirs[i]) for i in sorted(in_mine.keys() & in_theirs.keys())]
    for anchor in [*anchors, (len(base), len(mine), len(theirs))]:
        before, first, second = (
            tuple(text[start:end])
            for text, start, end in zip((base, mine, theirs), at, anchor, strict=True)
        )
        if first == second or second == before:
            result += first
        elif first == before:
            result += second
        else:
            result += [*first, *second]
            clashes += 1
        result += base[anchor[0] : anchor[0] + 1]
        at = (anchor[0] + 1, anchor[1] + 1, anchor[2] + 1)
    return MergeResult(tuple(result), clashes)
