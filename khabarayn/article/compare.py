"""Two people's forms of one story beside each other, and the one that an editor makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from khabarayn.article import diff
from khabarayn.article.form import StoryForm, body_of
from khabarayn.article.merge import line, merge

Pick = Literal["mine", "theirs", "both"]
BODY = "body"


@dataclass(frozen=True)
class Pair:
    """One field that differs: ``pieces`` show how theirs would become mine.

    ``pick`` is what is proposed; it is empty where both changed the field, and a person must
    choose.
    """

    field: str
    mine: str | bool
    theirs: str | bool
    pieces: tuple[diff.Piece, ...] = ()
    pick: str = ""


@dataclass(frozen=True)
class Bodies:
    """The two bodies, block by block; ``clashes`` counts the places that both changed."""

    changes: tuple[diff.Change, ...]
    clashes: int


def pairs(base: StoryForm, mine: StoryForm, theirs: StoryForm) -> tuple[Pair, ...]:
    """Return the fields that differ between ``mine`` and ``theirs``, the body aside."""
    start, first, second = asdict(base), asdict(mine), asdict(theirs)
    return tuple(
        _pair(name, start[name], first[name], second[name])
        for name in first
        if name != BODY and first[name] != second[name]
    )


def _pair(name: str, base: Any, mine: Any, theirs: Any) -> Pair:
    pieces = diff.words(theirs, mine) if isinstance(mine, str) else ()
    if isinstance(mine, bool):
        return Pair(name, mine, theirs, pieces, "theirs" if mine == base else "mine")
    one = line(base, mine, theirs)
    return Pair(name, mine, theirs, pieces, "" if one is None else _whose(one, mine))


def _whose(one: str, mine: str) -> str:
    return "mine" if one == mine else "theirs"


def bodies(base: StoryForm, mine: StoryForm, theirs: StoryForm) -> Bodies | None:
    """Return how the bodies differ, or None when they do not."""
    first, second = mine.blocks(), theirs.blocks()
    if first == second:
        return None
    return Bodies(diff.blocks(second, first), merge(base.blocks(), first, second).clashes)


def compose(
    base: StoryForm, mine: StoryForm, theirs: StoryForm, picks: Mapping[str, str]
) -> StoryForm:
    """Return one form by what was picked for each field («mine», «theirs», for the body «both»).

    What nobody picked is what only one of them changed; where both did, mine stands.
    """
    values: dict[str, Any] = {}
    for pair in pairs(base, mine, theirs):
        pick = picks.get(pair.field) or pair.pick or "mine"
        values[pair.field] = pair.theirs if pick == "theirs" else pair.mine
    pick = picks.get(BODY) or "both"
    if pick == "theirs":
        values[BODY] = theirs.body
    elif pick == "both":
        values[BODY] = body_of(merge(base.blocks(), mine.blocks(), theirs.blocks()).items)
    return replace(mine, **values)
