"""Which items two sequences share, in one order, found in linear time.

The longest common runs are looked for as `difflib` does, which is what reads best, but only within
a fixed amount of work: longer sequences are first parted at the items that stand once in each (Bram
Cohen's «patience diff»), and what is not compared when the work is used up counts as changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

WORK = 3_000_000
"""Steps that one comparison may cost: about half a second."""
_LONGEST = 600  # items a side that are compared in one piece


class _Budget:
    """The remaining work; ``allows`` subtracts from it."""

    def __init__(self, work: int) -> None:
        self.remaining = work

    def allows(self, first: Sequence[Hashable], second: Sequence[Hashable]) -> bool:
        """Say whether the work suffices for a comparison in the worst case, and subtract it."""
        if len(first) > _LONGEST or len(second) > _LONGEST:
            return False
        times = Counter(second)
        pairs = sum(times[item] for item in first) + len(first) + len(second)
        price = pairs * (1 + min(len(first), len(second)) // 4)
        if price > self.remaining:
            return False
        self.remaining -= price
        return True


def common_positions(
    first: Sequence[Hashable], second: Sequence[Hashable], work: int = WORK
) -> list[tuple[int, int]]:
    """Return the places of the items that stay, in ``first`` and in ``second``, in order.

    >>> common_positions("abcd", "axcd")
    [(0, 0), (2, 2), (3, 3)]
    """
    return list(_common_positions(first, second, _Budget(work)))


def _common_positions(
    first: Sequence[Hashable], second: Sequence[Hashable], budget: _Budget
) -> Iterator[tuple[int, int]]:
    start, shorter = 0, min(len(first), len(second))
    while start < shorter and first[start] == second[start]:
        start += 1
    tail = 0
    while tail < shorter - start and first[-1 - tail] == second[-1 - tail]:
        tail += 1
    yield from ((n, n) for n in range(start))
    ends = len(first) - tail, len(second) - tail
    for a, b in _between(first[start : ends[0]], second[start : ends[1]], budget):
        yield start + a, start + b
    yield from ((ends[0] + n, ends[1] + n) for n in range(tail))


def _between(
    first: Sequence[Hashable], second: Sequence[Hashable], budget: _Budget
) -> Iterator[tuple[int, int]]:
    if not first or not second:
        return
    if budget.allows(first, second):
        matcher = SequenceMatcher(None, first, second, autojunk=False)
        for run in matcher.get_matching_blocks():
            yield from ((run.a + n, run.b + n) for n in range(run.size))
        return
    at = (0, 0)
    anchors = _anchors(first, second)
    for anchor in [*anchors, (len(first), len(second))]:
        # Between anchors no block is unique in both texts: only a full comparison can match them.
        a, b = first[at[0] : anchor[0]], second[at[1] : anchor[1]]
        if a and b and (anchors or budget.remaining) and budget.allows(a, b):
            matcher = SequenceMatcher(None, a, b, autojunk=False)
            for run in matcher.get_matching_blocks():
                yield from ((at[0] + run.a + n, at[1] + run.b + n) for n in range(run.size))
        if anchor[0] < len(first):
            yield anchor
        at = anchor[0] + 1, anchor[1] + 1


def _anchors(first: Sequence[Hashable], second: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the longest rising chain of the items that stand once in each sequence."""
    once = {item for item, times in Counter(first).items() if times == 1}
    once &= {item for item, times in Counter(second).items() if times == 1}
    places = {item: place for place, item in enumerate(second) if item in once}
    pairs = [(place, places[item]) for place, item in enumerate(first) if item in once]
    ends: list[int] = []  # the smallest last place of a chain of each length
    last: list[int] = []  # the pair that ends it
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [number]
    chain: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]
