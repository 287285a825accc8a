"""What is asked of search and what it answers, whichever engine stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from khabarayn.article.story import Card

Sort = Literal["relevance", "date"]
Order = Literal["best", "newest"]
Mode = Literal["all", "most", "any"]


@dataclass(frozen=True)
class SearchRequest:
    """A search as a reader asks it: ``text`` raw; ``section``, ``tag`` and ``author`` are their
    slugs or keys, empty for any; days are those of the paper's time zone, both included;
    ``language`` is that of the lists in which a story stands, empty for any."""

    text: str = ""
    section: str = ""
    tag: str = ""
    author: str = ""
    since: date | None = None
    until: date | None = None
    sort: Sort = "relevance"
    page: int = 1
    language: str = ""

    @property
    def filtered(self) -> bool:
        """Whether anything but the words narrows the search."""
        return bool(self.section or self.tag or self.author or self.since or self.until)


@dataclass(frozen=True)
class Run:
    """A piece of original text; ``marked`` when a reader's word stands there."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Hit:
    """A story found. ``whole`` says that it has all the words asked for."""

    card: Card
    headline: tuple[Run, ...]
    snippet: tuple[Run, ...]
    whole: bool = True


@dataclass(frozen=True)
class Results:
    """One page of results.

    ``total`` counts the stories that have every word, up to `COUNT_LIMIT`; ``more_than`` says that
    it stopped there. ``suggestion`` is a better spelling of the whole query, ``read_as`` what the
    query was taken for when it was typed on the other keyboard; both empty when there is none.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    more_than: bool = False
    pages: int = 0
    suggestion: str = ""
    read_as: str = ""


COUNT_LIMIT = 1000


@dataclass(frozen=True)
class Form:
    """One way a word may stand in the index: a stem, or a folded word where ``exact``."""

    term: str
    weight: float = 1.0
    exact: bool = False


@dataclass(frozen=True)
class Group:
    """What one typed word or phrase asks for: any of ``forms``, or the stems of ``phrase`` in a
    row (a word may have both: عبدالله is also two words). ``df`` is the number of stories it may
    be in (an upper bound), ``text`` its folded form as typed."""

    text: str
    forms: tuple[Form, ...] = ()
    phrase: tuple[str, ...] = ()
    df: int = 0


@dataclass(frozen=True)
class Match:
    """What a story must have. ``mode``: all groups, all but one, or any; ``lead`` looks in
    headline, standfirst and tags only. It must have all of ``labels``, and none of ``without``.
    Keys are bounds of `khabarayn.search.document.key_of`, the upper one excluded."""

    groups: tuple[Group, ...]
    mode: Mode = "all"
    lead: bool = False
    exclusions: tuple[tuple[str, ...], ...] = ()
    labels: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    first_key: int | None = None
    end_key: int | None = None


def within(match: Match, key: str) -> str:
    """Return the SQL that keeps the column ``key`` within the bounds of ``match``; empty without
    bounds. `values_of` has its values."""
    first = f" AND {key} >= :first" if match.first_key is not None else ""
    end = f" AND {key} < :end" if match.end_key is not None else ""
    return first + end


def values_of(match: Match, expression: str, limit: int) -> dict[str, object]:
    """Return the values of an engine's question: its own ``expression``, at most ``limit`` rows,
    and the bounds of ``match``.

    >>> values_of(Match((), first_key=3), "x", 10)
    {'expression': 'x', 'limit': 10, 'first': 3}
    """
    bounds = {"first": match.first_key, "end": match.end_key}
    limits = {name: key for name, key in bounds.items() if key is not None}
    return {"expression": expression, "limit": limit, **limits}


class Engine(Protocol):
    """What a database must do; what is found is ranked outside, alike for every engine."""

    # Up to so many stories are weighed by the engine; beyond it, the newest are taken.
    budget: int

    def keys(self, match: Match, order: Order, limit: int) -> Sequence[int]:
        """Return the keys of up to ``limit`` stories, best or newest first."""
        ...

    def count(self, match: Match, cap: int) -> int:
        """Return how many stories match, counting no further than ``cap``."""
        ...
