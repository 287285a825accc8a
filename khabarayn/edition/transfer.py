"""What a phone that holds one edition file still needs of the next: ranges, and how many bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from khabarayn.edition.container import Head, Pack, read_head, read_parts
from khabarayn.edition.delta import Before


def holdings(data: bytes) -> Before:
    """Return what a phone holds that has imported the edition ``data``, a whole file."""
    head = read_head(data)
    return Before(read_parts(head, data), head.packs[0].paths if head.packs else ())


def missing(head: Head, digests: Iterable[str]) -> Iterator[Pack]:
    """Yield the packs that someone who holds parts with the digests ``digests`` still needs, and
    patches first, in place of packs that they make up for.

    What a recipe copies from is then either held, part by part, or the first pack among these.
    """
    have = set(digests)
    patches = [pack for pack in head.packs if pack.source and have.issuperset(pack.source)]
    packs: list[Pack] = []
    for pack in head.packs:
        lacking = {path for path in pack.paths if head.parts[path].sha256 not in have}
        if pack.source or not lacking:
            continue
        fitting = (one for one in patches if lacking.issubset(one.paths))
        packs.append(next(fitting, pack))
    yield from (pack for pack in packs if pack.source)
    yield from (pack for pack in packs if not pack.source)


def transfer_size(new: Head, old: Head | None) -> int:
    """Return how many bytes of the file ``new`` a phone that holds all of ``old`` has to
    download."""
    digests = [entry.sha256 for entry in old.parts.values()] if old else []
    return new.start + sum(pack.length for pack in missing(new, digests))
