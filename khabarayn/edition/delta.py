"""Pages of one paper repeat its frame: write a run of bytes as copies from another and the rest.

Browsers unpack gzip but take no shared dictionary, so an edition's pages name what they share
with its first page; that saves a third of the file.
"""

from __future__ import annotations

from difflib import SequenceMatcher

# Shorter copies cost as much to name as they save.
WORTH = 48


class BadRecipe(ValueError):
    """Instructions that do not fit their bytes."""


def against(base: bytes, raw: bytes) -> tuple[tuple[int, ...], bytes]:
    """Return how to make ``raw`` out of ``base``, and the bytes that ``base`` has not.

    The recipe is a flat run of numbers: so many of the literal bytes, then from where and how
    much to copy out of the base, again and again; a last number of literals ends it. It is
    empty when there is nothing worth copying.
    """
    old, new = base.splitlines(keepends=True), raw.splitlines(keepends=True)
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line))
    recipe: list[int] = []
    literal: list[bytes] = []
    waiting = 0
    done = 0
    for match in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        skipped = b"".join(new[done : match.b])
        literal.append(skipped)
        waiting += len(skipped)
        same = b"".join(new[match.b : match.b + match.size])
        if len(same) >= WORTH:
            recipe += [waiting, starts[match.a], len(same)]
            waiting = 0
        else:
            literal.append(same)
            waiting += len(same)
        done = match.b + match.size
    return ((*recipe, waiting) if recipe else ()), b"".join(literal)


def made(base: bytes, recipe: tuple[int, ...], literal: bytes, size: int) -> bytes:
    """Return what ``recipe`` makes of ``base`` and ``literal``: exactly ``size`` bytes.

    Raises `BadRecipe`.
    """
    if len(recipe) % 3 != 1 or any(type(n) is not int or n < 0 for n in recipe):
        raise BadRecipe("shape")
    if sum(recipe[0::3]) != len(literal) or sum(recipe[0::3]) + sum(recipe[2::3]) != size:
        raise BadRecipe("length")
    pieces: list[bytes] = []
    taken = 0
    for at in range(0, len(recipe) - 1, 3):
        plain, start, length = recipe[at : at + 3]
        if start + length > len(base):
            raise BadRecipe("bounds")
        pieces += [literal[taken : taken + plain], base[start : start + length]]
        taken += plain
    return b"".join([*pieces, literal[taken:]])
