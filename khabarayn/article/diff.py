"""What changed between two texts of a story: word by word, and block by block.

Words stay whole, with their vowel marks. What is gone stands before what came in its place, so
that the line reads in the text's own direction from its first word to its last.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from khabarayn.article import align
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
# Two blocks that share this much of their words are one that was rewritten.
ALIKE = 0.45
# A word or a sign, and the white space behind it; the first may be white space alone.
_TOKEN = re.compile(r"([\w\u064b-\u065f\u0670ـ]+|\S|\A)(\s*)")
# Of two rewritten texts this many blocks are looked through for a block's earlier form.
_LOOKED_THROUGH = 30


class Piece(NamedTuple):
    """A run of words that is in both texts, only in the first, or only in the second."""

    kind: Kind
    text: str


class Change(NamedTuple):
    """One block of either text: ``markup`` says that its words stayed and its markup did not."""

    kind: Literal["same", "gone", "new", "rewritten", "markup"]
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
    steps = _steps(_TOKEN.findall(before), _TOKEN.findall(after))
    pieces: list[Piece] = []
    removed_text = new = ""
    for at, (old, fresh, same) in enumerate(steps):
        # A lone space between two changes belongs to them: phrases read better than crumbs.
        if same and not (0 < at < len(steps) - 1 and not old.strip()):
            pieces += _changed_pieces(removed_text, new)
            pieces.append(Piece("same", old))
            removed_text = new = ""
        else:
            removed_text, new = removed_text + old, new + fresh
    return tuple(pieces + _changed_pieces(removed_text, new))


def _steps(
    first: Sequence[tuple[str, str]], second: Sequence[tuple[str, str]]
) -> list[tuple[str, str, bool]]:
    """Return the texts in turn: what ``first`` says there, what ``second`` says, whether alike.

    Words are matched without the white space behind them, which else would match everywhere.
    """
    steps: list[tuple[str, str, bool]] = []
    at = (0, 0)
    for a, b, size in _runs([word for word, _ in first], [word for word, _ in second]):
        old = "".join(map("".join, first[at[0] : a]))
        fresh = "".join(map("".join, second[at[1] : b]))
        # White space that both end in stays: it stands before what comes next.
        space = _ending(old)
        if space and space == _ending(fresh):
            old, fresh = old.removesuffix(space), fresh.removesuffix(space)
        else:
            space = ""
        steps += [(old, fresh, False), (space, space, True)]
        at = a + size, b + size
        if first[a : at[0]] == second[b : at[1]]:
            same = "".join(map("".join, first[a : at[0]]))
            steps.append((same, same, True))
            continue
        for (word, behind), (_, also) in zip(first[a : at[0]], second[b : at[1]], strict=True):
            steps += [(word, word, True), (behind, also, behind == also)]
    return _join_steps(steps)


def _runs(first: Sequence[str], second: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield where runs of words stand that both have, and how long they are; an empty one ends."""
    start = end = None
    for pair in align.common_positions(first, second):
        if start is None or end is None:
            start = pair
        elif pair != (end[0] + 1, end[1] + 1):
            yield start[0], start[1], end[0] - start[0] + 1
            start = pair
        end = pair
    if start is not None and end is not None:
        yield start[0], start[1], end[0] - start[0] + 1
    yield len(first), len(second), 0


def _ending(text: str) -> str:
    return text[len(text.rstrip()) :]


def _join_steps(steps: Sequence[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    """Return ``steps`` with neighbours of one kind made one, and without those that say nothing."""
    non_empty = [step for step in steps if step[0] or step[1]]
    runs: list[tuple[str, str, bool]] = []
    for same, run in groupby(non_empty, key=lambda step: step[2]):
        members = list(run)
        runs.append(("".join(s[0] for s in members), "".join(s[1] for s in members), same))
    return runs


def _changed_pieces(removed_text: str, new: str) -> list[Piece]:
    kinds: tuple[tuple[Kind, str], ...] = (("gone", removed_text), ("new", new))
    return [Piece(kind, text) for kind, text in kinds if text]


def editable_text(block: Block) -> str:
    """Return everything of ``block`` that an editor can change, as plain text."""
    match block:
        case Image():
            return "\n".join(filter(None, (block.alt, block.caption, block.credit)))
        case Gallery():
            return "\n".join(filter(None, map(editable_text, block.images)))
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
    changes: list[Change] = []
    at = (0, 0)
    for a, b in [*align.common_positions(before, after), (len(before), len(after))]:
        changes += _match_blocks(before[at[0] : a], after[at[1] : b])
        changes += [Change("same", x.kind, _only("same", x)) for x in before[a : a + 1]]
        at = a + 1, b + 1
    return tuple(changes)


def _only(kind: Kind, block: Block) -> tuple[Piece, ...]:
    text = editable_text(block)
    return (Piece(kind, text),) if text else ()


def _match_blocks(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Change]:
    old_words = [_words_of(block) for block in old]
    start = 0
    for block in new:
        own = _words_of(block)
        near = range(start, min(len(old), start + _LOOKED_THROUGH))
        at = next((i for i in near if _alike(old[i], block, old_words[i], own)), None)
        if at is None:
            yield Change("new", block.kind, _only("new", block))
            continue
        for old_block in old[start:at]:
            yield Change("gone", old_block.kind, _only("gone", old_block))
        pieces = words(editable_text(old[at]), editable_text(block))
        same_words = all(piece.kind == "same" for piece in pieces)
        yield Change("markup" if same_words else "rewritten", block.kind, pieces)
        start = at + 1
    for old_block in old[start:]:
        yield Change("gone", old_block.kind, _only("gone", old_block))


def _words_of(block: Block) -> Counter[str]:
    return Counter(editable_text(block).split())


def _alike(one: Block, other: Block, first: Counter[str], second: Counter[str]) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, Heading):
        return True
    both = (first & second).total()
    return 2 * both >= ALIKE * (first.total() + second.total())
