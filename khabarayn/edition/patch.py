"""Write changed pages against what phones hold since the edition before, so that only words move.

A page that travelled yesterday is rarely the same today: a newer story stands among those that
are related, a report was added to its running story. The phone that holds yesterday's page is
given the lines that differ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from khabarayn.edition.delta import against
from khabarayn.edition.statement import Part

# A patch that saves less than this share of its pack is not worth its place in the file.
WORTH = 0.3


@dataclass(frozen=True)
class Before:
    """What a phone holds that took the edition before along: parts by path, and the first pack's
    paths."""

    parts: Mapping[str, bytes] = field(repr=False)
    first: tuple[str, ...]


@dataclass(frozen=True)
class Patch:
    """``parts`` are what it makes, ``source`` the digests of the parts it copies from, joined in
    this order; ``recipe`` and ``literal`` as in `khabarayn.edition.delta`."""

    parts: tuple[Part, ...]
    source: tuple[str, ...]
    recipe: tuple[int, ...]
    literal: bytes = field(repr=False)


def patch(pack: tuple[Part, ...], before: Before, leads: bool) -> Patch | None:
    """Return how a phone that holds ``before`` makes what changed in ``pack``, or nothing.

    ``leads`` marks the first pack, which no other can be written against: when it is new, it is
    written against the first page of the edition before.
    """
    changed = [part for part in pack if before.parts.get(part.path, part.body) != part.body]
    wanted = tuple(part for part in pack if before.parts.get(part.path) != part.body)
    old = [part.path for part in changed]
    if leads and len(wanted) == len(pack) and not old:
        old = list(before.first[:1])
    if not old:
        return None
    raw = b"".join(part.body for part in wanted)
    recipe, literal = against(b"".join(before.parts[path] for path in old), raw)
    if not recipe or len(literal) > len(raw) * (1 - WORTH):
        return None
    source = tuple(hashlib.sha256(before.parts[path]).hexdigest() for path in old)
    return Patch(wanted, source, recipe, literal)
