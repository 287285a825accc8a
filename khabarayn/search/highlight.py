"""Mark a reader's words in the original text, and choose the part of a story to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from khabarayn.arabic.normalise import Token, fold, tokens, visible_span
from khabarayn.arabic.stem import stem
from khabarayn.search.port import Group, Run

SNIPPET = 220
# Words shown before the first mark, so that a snippet does not begin with it.
LEAD_IN = 6
LOOKED_INTO = 2


@dataclass(frozen=True)
class HighlightTerms:
    """The stems and folded words to mark, each with the number of the group it belongs to."""

    stems: dict[str, int]
    exact: dict[str, int]

    def group_of(self, token: Token) -> int | None:
        """Return the number of the group that ``token`` answers, or None."""
        exact_group = self.exact.get(token.folded)
        return self.stems.get(stem(token.folded)) if exact_group is None else exact_group


def highlight_terms(groups: Sequence[Group]) -> HighlightTerms:
    """Return what to mark for the query's groups."""
    stems: dict[str, int] = {}
    exact: dict[str, int] = {}
    for number, group in enumerate(groups):
        for form in group.forms:
            for one in form.term.split():
                (exact if form.exact else stems).setdefault(one, number)
        for one in group.phrase:
            stems.setdefault(one, number)
    return HighlightTerms(stems, exact)


def mark_all(text: str, words: HighlightTerms) -> tuple[Run, ...]:
    """Return the whole of ``text`` in runs; joined, they are ``text`` unchanged.

    >>> terms = HighlightTerms({"زير": 0}, {})
    >>> [(run.text, run.marked) for run in mark_all("قال الوزيرُ: نعم", terms)]
    [('قال ', False), ('الوزيرُ', True), (': نعم', False)]
    """
    return _runs(text, [t for t in tokens(text) if words.group_of(t) is not None], 0, len(text))


def snippet(texts: Sequence[str], words: HighlightTerms, length: int = SNIPPET) -> tuple[Run, ...]:
    """Return the part of ``texts`` with the most different words asked for, in runs.

    The first text wins over later ones that say no more; the beginning of the first stands in
    when nothing is found. Cut ends show «…».
    """
    best: tuple[int, int, str, list[Token], list[tuple[Token, int]]] | None = None
    for text in _promising(texts, words):
        found_tokens = list(tokens(text))
        hits = [
            (token, group) for token in found_tokens if (group := words.group_of(token)) is not None
        ]
        if not hits:
            continue
        start, different = _best_window(hits, length)
        if best is None or different > best[0]:
            best = (different, start, text, found_tokens, hits)
    if best is None:
        text = next((text for text in texts if text), "")
        return _cut_window(text, list(tokens(text)), [], 0, length)
    _, first, text, found_tokens, hits = best
    place = found_tokens.index(hits[first][0])
    return _cut_window(text, found_tokens, [token for token, _ in hits], place, length)


# The same paragraphs answer what readers ask in the same hour.
_folded = lru_cache(maxsize=2048)(fold)


def _promising(texts: Sequence[str], words: HighlightTerms) -> Sequence[str]:
    """Return the `LOOKED_INTO` texts that may have the most groups, in their own order."""
    # A stem is always a piece of the folded word, so a look at the letters rules most texts out
    # at a tenth of the price of reading their words.
    wanted_terms = [*words.stems.items(), *words.exact.items()]
    ranking: list[tuple[int, int]] = []
    everything = len({group for _, group in wanted_terms})
    for place, text in enumerate(texts):
        form = _folded(text)
        groups = {group for term, group in wanted_terms if term in form}
        if groups:
            ranking.append((-len(groups), place))
        if len(groups) == everything > 1:
            break
    best = sorted(ranking)[:LOOKED_INTO]
    places = sorted(place for _, place in best)
    return tuple(texts[place] for place in places)


def _best_window(hits: list[tuple[Token, int]], length: int) -> tuple[int, int]:
    """Return the first hit of the stretch with the most different groups, and their number."""
    best_start, best_different = 0, 0
    room = length * 0.8
    for start, (first, _) in enumerate(hits):
        groups: set[int] = set()
        for token, group in hits[start:]:
            if token.end - first.start > room:
                break
            groups.add(group)
        if len(groups) > best_different:
            best_start, best_different = start, len(groups)
    return best_start, best_different


def _cut_window(
    text: str, text_tokens: list[Token], hits: list[Token], place: int, length: int
) -> tuple[Run, ...]:
    if len(text) <= length:
        return _runs(text, hits, 0, len(text))
    begin = text_tokens[max(0, place - LEAD_IN)].start if text_tokens else 0
    if place <= LEAD_IN:
        begin = 0
    elif len(text) - begin < length:
        begin = next((t.start for t in text_tokens if len(text) - t.start <= length), begin)
    if len(text) - begin <= length:
        end = len(text)
    else:
        ends = [
            visible_span(text, token)[1]
            for token in text_tokens
            if begin < token.end <= begin + length
        ]
        end = ends[-1] if ends else begin + length
    runs = _runs(text, hits, begin, end)
    before = (Run("…"),) if begin > 0 else ()
    after = (Run("…"),) if end < len(text) else ()
    return (*before, *runs, *after)


def _runs(text: str, hits: list[Token], begin: int, end: int) -> tuple[Run, ...]:
    runs: list[Run] = []
    at = begin
    for token in hits:
        start, stop = visible_span(text, token)
        if start < at or stop > end:
            continue
        if start > at:
            runs.append(Run(text[at:start]))
        runs.append(Run(text[start:stop], marked=True))
        at = stop
    if at < end:
        runs.append(Run(text[at:end]))
    return tuple(runs)
