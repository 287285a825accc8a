"""The port of the engines for related stories."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kinship:
    """What two stories share: tags and words as they are written, else the section's name, else
    only that both are among the ``newest``; nothing of these when their texts are merely close."""

    tags: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    section: str = ""
    newest: bool = False


@dataclass(frozen=True)
class Candidate:
    """A published story that may stand beside another. ``score`` is 0 for a story that shares
    nothing but the paper; ``likeness`` is how much words and tags agree, whatever stands between
    the two in time and place."""

    article_id: int
    score: float
    reason: Kinship
    likeness: float = 0.0
