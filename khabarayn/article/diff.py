"""What changed between two texts of a story: word by word, and block by block.

Words stay whole, with their vowel marks. What is gone stands before what came in its place, so
that the line reads in the text's own direction from its first word to its last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from khabarayn.article.blocks import (
    Block,
    Embed,
    Gallery,
    Heading,
    Image,
    PinnedSeeAlso,
    Table,
)
from khabarayn.article.plain import block_text

Kind = Literal["same", "gone", "new"]
# Two blocks this alike are one that was rewritten.
ALIKE = 0.4
_TOKEN = re.compile(r"[\w\u064b-\u065f\u0670ـ]+|\s+|.", re.DOTALL)


class Piece(NamedTuple):
    """A run of words that is in both texts, only in the first, or only in the second."""

    kind: Kind
    text: str


class Change(NamedTuple):
    """One block of either text: ``dress`` says that its words stayed and its markup did not."""

    kind: Literal["same", "gone", "new", "rewritten", "dress"]
    block: str
    pieces: tuple[Piece, ...]


def words(before: str, after: str) -> tuple[Piece, ...]:
    """Return how ``before`` became ``after``, in words.

    >>> for kind, text in words("زار الوزير مدينة طنجة", "زار الرئيس مدينة طنجة أمس"):
    ...     print(kind, text.strip())
    same زار
    gone الوزير
    new الرئيس
    same مدينة طنجة
    new أمس
    """
    first, second = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    steps = [
        ("".join(first[a:b]), "".join(second[c:d]), tag == "equal")
        for tag, a, b, c, d in matcher.get_opcodes()
    ]
    pieces: list[Piece] = []
    gone = new = ""
    for at, (old, fresh, same) in enumerate(steps):
        # A lone space between two changes belongs to them: phrases read better than crumbs.
        if same and not (0 < at < len(steps) - 1 and not old.strip()):
            pieces += _changed(gone, new)
            pieces.append(Piece("same", old))
            gone = new = ""
        else:
            gone, new = gone + old, new + fresh
    return tuple(pieces + _changed(gone, new))


def _changed(gone: str, new: str) -> list[Piece]:
    kinds: tuple[tuple[Kind, str], ...] = (("gone", gone), ("new", new))
    return [Piece(kind, text) for kind, text in kinds if text]


def told(block: Block) -> str:
    """Return everything of ``block`` that an editor can change, as plain text."""
    match block:
        case Image():
            return "\n".join(filter(None, (block.alt, block.caption, block.credit)))
        case Gallery():
            return "\n".join(filter(None, map(told, block.images)))
        case Embed():
            return "\n".join(filter(None, (block.title, block.text, block.url)))
        case Table():
            return "\n".join(filter(None, (block_text(block), block.unit, block.source)))
        case PinnedSeeAlso():
            return block.headline or block.target
        case _:
            return block_text(block)


def blocks(before: Sequence[Block], after: Sequence[Block]) -> tuple[Change, ...]:
    """Return how the body ``before`` became ``after``, in the order of the second."""
    found: list[Change] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found += [Change("same", x.kind, _only("same", x)) for x in before[a:b]]
        else:
            found += _replaced(before[a:b], after[c:d])
    return tuple(found)


def _only(kind: Kind, block: Block) -> tuple[Piece, ...]:
    text = told(block)
    return (Piece(kind, text),) if text else ()


def _replaced(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Change]:
    waiting = list(old)
    for block in new:
        at = next((i for i, one in enumerate(waiting) if _alike(one, block)), None)
        if at is None:
            yield Change("new", block.kind, _only("new", block))
            continue
        for gone in waiting[:at]:
            yield Change("gone", gone.kind, _only("gone", gone))
        pieces = words(told(waiting[at]), told(block))
        dressed = all(piece.kind == "same" for piece in pieces)
        yield Change("dress" if dressed else "rewritten", block.kind, pieces)
        del waiting[: at + 1]
    for gone in waiting:
        yield Change("gone", gone.kind, _only("gone", gone))


def _alike(one: Block, other: Block) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, Heading):
        return True
    first, second = told(one).split(), told(other).split()
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE
