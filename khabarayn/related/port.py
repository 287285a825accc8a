"""What an engine for related stories answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """A published story that may stand beside another. ``score`` is 0 for a story that shares
    nothing but the paper; ``reason`` is said to editors."""

    article_id: int
    score: float
    reason: str
