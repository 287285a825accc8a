"""Leave out cards that tell the same report as another card of a list."""

from __future__ import annotations

from collections.abc import Sequence

from khabarayn.related.profile import SKETCH, resemblance

# Two texts that share more of their three-word runs than this are one report.
SAME = 0.5
_FEWEST = SKETCH // 8


class NearDuplicates:
    """Takes stories one by one and refuses those that repeat one that it has."""

    def __init__(self, headline: int, sketch: Sequence[int]) -> None:
        self._headlines = {headline}
        self._sketches = [frozenset(sketch)]

    def takes(self, headline: int, sketch: Sequence[int]) -> bool:
        """Take the story and say True, or say False for a near-duplicate: the same folded
        headline, or more than half of the shingles."""
        runs = frozenset(sketch)
        if headline in self._headlines or any(self._same(runs, other) for other in self._sketches):
            return False
        self._headlines.add(headline)
        self._sketches.append(runs)
        return True

    @staticmethod
    def _same(runs: frozenset[int], other: frozenset[int]) -> bool:
        if len(runs & other) < min(_FEWEST, len(runs), len(other)):
            return False
        return resemblance(sorted(runs), sorted(other)) > SAME
