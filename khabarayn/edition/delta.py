"""Differences between byte strings: copies from another string, and literal bytes for the rest.

Pages of one paper repeat its frame. Browsers unpack gzip but take no shared dictionary, so an
edition's pages name what they share with its first page; that saves a third of the file.

A page of yesterday's edition is rarely the same today: a newer story stands among those that are
related, a report was added to its running story. A device that holds yesterday's page is given the
lines that differ (`Patch`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from khabarayn.edition.statement import Part

# Shorter copies cost as much to name as they save.
WORTH = 48


class BadRecipe(ValueError):
    """The recipe does not fit its base or its literal bytes."""


def against(base: bytes, raw: bytes) -> tuple[tuple[int, ...], bytes]:
    """Return the recipe that makes ``raw`` out of ``base``, and the literal bytes that ``base``
    lacks.

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
    position = 0
    for match in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        gap = b"".join(new[position : match.b])
        literal.append(gap)
        waiting += len(gap)
        same = b"".join(new[match.b : match.b + match.size])
        if len(same) >= WORTH:
            recipe += [waiting, starts[match.a], len(same)]
            waiting = 0
        else:
            literal.append(same)
            waiting += len(same)
        position = match.b + match.size
    return ((*recipe, waiting) if recipe else ()), b"".join(literal)


def apply_recipe(base: bytes, recipe: tuple[int, ...], literal: bytes, size: int) -> bytes:
    """Return the bytes that ``recipe`` makes of ``base`` and ``literal``: exactly ``size`` of them.

    Raises `BadRecipe`.
    """
    if len(recipe) % 3 != 1 or any(type(n) is not int or n < 0 for n in recipe):
        raise BadRecipe("shape")
    if sum(recipe[0::3]) != len(literal) or sum(recipe[0::3]) + sum(recipe[2::3]) != size:
        raise BadRecipe("length")
    pieces: list[bytes] = []
    position = 0
    for at in range(0, len(recipe) - 1, 3):
        plain, start, length = recipe[at : at + 3]
        if start + length > len(base):
            raise BadRecipe("bounds")
        pieces += [literal[position : position + plain], base[start : start + length]]
        position += plain
    return b"".join([*pieces, literal[position:]])


# A patch is left out when it saves less than this share of its pack.
PATCH_WORTH = 0.3


@dataclass(frozen=True)
class Before:
    """What a phone with the previous edition holds: parts by path, and the first pack's paths."""

    parts: Mapping[str, bytes] = field(repr=False)
    first: tuple[str, ...]


@dataclass(frozen=True)
class Patch:
    """``parts`` are what it makes, ``source`` the digests of the parts it copies from, joined in
    this order; ``recipe`` and ``literal`` as `against` returns them."""

    parts: tuple[Part, ...]
    source: tuple[str, ...]
    recipe: tuple[int, ...]
    literal: bytes = field(repr=False)


def patch(pack: tuple[Part, ...], before: Before, leads: bool) -> Patch | None:
    """Return how a phone that holds ``before`` makes what changed in ``pack``, or nothing.

    ``leads`` marks the first pack, which no other can be written against: when it is new, it is
    written against the first page of the edition before.
    """
    differing = [part for part in pack if before.parts.get(part.path, part.body) != part.body]
    new_parts = tuple(part for part in pack if before.parts.get(part.path) != part.body)
    old = [part.path for part in differing]
    if leads and len(new_parts) == len(pack) and not old:
        old = list(before.first[:1])
    if not old:
        return None
    raw = b"".join(part.body for part in new_parts)
    recipe, literal = against(b"".join(before.parts[path] for path in old), raw)
    if not recipe or len(literal) > len(raw) * (1 - PATCH_WORTH):
        return None
    source = tuple(hashlib.sha256(before.parts[path]).hexdigest() for path in old)
    return Patch(new_parts, source, recipe, literal)
