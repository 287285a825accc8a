"""From a query as read to what the engine is asked: stems, other spellings, near words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from khabarayn.arabic.keyboard import slips
from khabarayn.arabic.stem import stem
from khabarayn.arabic.variants import LONGEST_SPELLING, StemGroups, expand
from khabarayn.search.document import LONGEST_WORD
from khabarayn.search.port import Form, Group
from khabarayn.search.query import ParsedQuery, Word, read
from khabarayn.search.spellings import spellings
from khabarayn.search.vocabulary import (
    Known,
    beginning_with,
    near_words,
    stem_frequencies,
    words_known,
    words_of_stem,
)

VARIANT = 0.7
JOINED = 0.9
CLITIC = 0.9
NEAR = 0.5
# A word this much rarer than a near one may be a slip that somebody printed.
SLIP_RATIO = 50
NEAR_FORMS = 6
BEGINNINGS = 40
_SHORTEST_NEAR = 4
# Names that one house writes as two words and another as one: عبدالله، أبوظبي، نيويورك.
_FIRST_PARTS = ("عبد", "ابو", "ابي", "ابا", "نيو")
_SHORTEST_SECOND = 3
# Of a word so short the stem keeps an ending that it cuts after a clitic: دبي, but بدب of «بدبي».
_SHORT = range(3, 5)
_CLITICS = ("و", "ب", "ل", "ف", "ك", "وب", "ول")

# Feminine nouns that are another thing than what is left when their ending is cut: عملة is no عمل.
_FEMININES = "عمل|عملي|جامع|طاير"
_FEMININE = re.compile(
    rf"[وف]?(?:[بك]?ال|لل|[بلك])?({_FEMININES})"
    r"(?:ه|تان|تين|ات(?:ه|ها|هم|نا|ي|ك)?|ت(?:ه|ها|هم|نا|ي|ك))"
)


@dataclass(frozen=True)
class Plan:
    """``groups`` are what stories are asked for; ``meant`` a better spelling of the whole query
    and ``read_as`` the query on the other keyboard, or empty."""

    query: ParsedQuery
    groups: tuple[Group, ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    meant: str = ""
    read_as: str = ""


def plan(text: str) -> Plan:
    """Return what to ask the engine for the query ``text``; never raises, whatever is typed."""
    query = read(text)
    if query.empty:
        return Plan(query)
    known = stem_frequencies(_stem(word) for word in _all_words(query))
    other = None if known else _other_keyboard(query)
    read_as = other.text if other else ""
    if other:
        query = other
        known = stem_frequencies(_stem(word) for word in _all_words(query))
    groups: list[Group] = []
    better: dict[Word, str] = {}
    alike = spellings()
    written = _written_otherwise(query.words)
    told = _told_by_phrases(query.words, alike)
    groups += [_phrased(words, known, alike) for words in told]
    of_phrases = {word for words in told for word in words}
    for word in query.words:
        if word in of_phrases:
            continue
        if word.beginning:
            groups.append(_beginning(word))
            continue
        if feminine := _feminine(word, query.text):
            groups.append(feminine)
            continue
        also = written[word]
        group, meant = _word(word, known, alike, also)
        groups.append(group)
        if meant and not also:
            better[word] = meant
    for phrase in query.phrases:
        stems = tuple(_stem(word) for word in phrase)
        least = min(known.get(one, 0) for one in stems)
        groups.append(Group(" ".join(word.folded for word in phrase), (), stems, least))
    excluded = tuple(tuple(stem(word[:LONGEST_WORD]) for word in out) for out in query.excluded)
    return Plan(query, tuple(groups), excluded, _respelled(query.text, better), read_as)


def _stem(word: Word) -> str:
    return stem(word.folded[:LONGEST_WORD])


def _all_words(query: ParsedQuery) -> Iterable[Word]:
    yield from query.words
    for phrase in query.phrases:
        yield from phrase


def _written_otherwise(words: Sequence[Word]) -> dict[Word, list[tuple[Form, int]]]:
    """Return for each word the forms that its stem does not tell: what the archive writes in one
    with a neighbour, and how it writes a short word with a clitic or without; each with the
    number of its stories. Asks once."""
    plain = [word for word in words if not word.beginning]
    pairs = [pair for pair in pairwise(words) if not any(word.beginning for word in pair)]
    clinging = {word: _clinging(word.folded) for word in plain}
    asked = {first.folded + second.folded for first, second in pairs}
    for word, others in clinging.items():
        if others:
            asked |= {word.folded, *others}
    known = words_known(asked) if asked else {}
    found: dict[Word, list[tuple[Form, int]]] = {word: [] for word in plain}
    for first, second in pairs:
        if one := known.get(first.folded + second.folded):
            for word in (first, second):
                found[word].append((Form(one.stem, JOINED), one.df))
    for word, others in clinging.items():
        for one in _clung(word.folded, others, known):
            found[word].append((Form(one.word, CLITIC, exact=True), one.df))
    return found


def _told_by_phrases(words: Sequence[Word], alike: StemGroups) -> list[tuple[Word, ...]]:
    """Return the neighbours that are one spelling of something, longest first: «حق النقض»."""
    found: list[tuple[Word, ...]] = []
    at = 0
    while at < len(words):
        for size in range(LONGEST_SPELLING, 1, -1):
            part = tuple(words[at : at + size])
            plain = len(part) == size and not any(word.beginning for word in part)
            if plain and " ".join(map(_stem, part)) in alike:
                found.append(part)
                at += size - 1
                break
        at += 1
    return found


def _phrased(words: Sequence[Word], known: Mapping[str, int], alike: StemGroups) -> Group:
    """Return the group of words that are together one spelling: side by side, or its others."""
    stems = tuple(map(_stem, words))
    others = alike[" ".join(stems)]
    df = min(known.get(one, 0) for one in stems) + _stories_with(others)
    forms = tuple(Form(other, VARIANT) for other in others)
    return Group(" ".join(word.folded for word in words), forms, stems, df)


def _stories_with(terms: Iterable[str]) -> int:
    """Return how many stories may have one of ``terms``, each a stem or some side by side."""
    parted = [term.split() for term in terms]
    found = stem_frequencies({part for parts in parted for part in parts})
    return sum(min(found.get(part, 0) for part in parts) for parts in parted)


def _parted(folded: str) -> tuple[str, str] | None:
    """Return the two words that another house makes of a name typed in one."""
    for first in _FIRST_PARTS:
        if folded.startswith(first) and len(folded) - len(first) >= _SHORTEST_SECOND:
            return first, folded[len(first) :]
    return None


def _clinging(folded: str) -> list[str]:
    """Return a short word with each clitic (دبي: «بدبي»), or without the one it was typed with,
    where the stem is another one.

    >>> _clinging("دبي")[:2], _clinging("جسر"), _clinging("بدبي")[0]
    (['ودبي', 'بدبي'], [], 'دبي')
    """
    words = []
    if folded[0] in _CLITICS and len(folded) - 1 in _SHORT:
        words = [folded[1:], *(clitic + folded[1:] for clitic in _CLITICS)]
    if len(folded) in _SHORT:
        words += [clitic + folded for clitic in _CLITICS]
    own = stem(folded)
    return [word for word in dict.fromkeys(words) if word != folded and stem(word) != own]


def _clung(folded: str, others: Sequence[str], known: Mapping[str, Known]) -> Iterable[Known]:
    """Yield those of ``others`` that are the word ``folded``: the bare word is the more frequent,
    as «جدة» is beside «بجدة», and «حدة» is not beside «وحدة»."""
    own = known.get(folded)
    bare = known.get(folded[1:]) if folded[1:] in others else None
    if bare and own and bare.df <= own.df:
        bare = None
    roots = [root for root in (own, bare) if root]
    for one in (known[word] for word in others if word in known):
        if any(one.word.endswith(root.word) and one.df <= root.df for root in roots):
            yield one


def _feminine(word: Word, text: str) -> Group | None:
    """Return the group of a feminine noun that its stem would take for another word, or nothing.

    «عمله» without its dots may be «his work», so it is left to its stem.
    """
    found = _FEMININE.fullmatch(word.folded)
    if not found or text[word.start : word.end].endswith("ه"):
        return None
    alike = [
        known
        for known in words_of_stem(_stem(word))
        if (other := _FEMININE.fullmatch(known.word))
        and other[1] == found[1]
        and not known.display.endswith("ه")
    ]
    if not alike:
        return None
    forms = tuple(Form(known.word, exact=True) for known in alike[:BEGINNINGS])
    return Group(word.folded, forms, (), sum(known.df for known in alike))


def _word(
    word: Word, known: dict[str, int], alike: StemGroups, also: Sequence[tuple[Form, int]]
) -> tuple[Group, str]:
    """Return the group of one word, and a better spelling where there seems to be one."""
    own = _stem(word)
    forms = [Form(own)]
    df = known.get(own, 0)
    others = expand(own, alike)[1:]
    if others:
        forms += [Form(other, VARIANT) for other in others]
        df += _stories_with(others)
    for form, times in also:
        forms.append(form)
        df += times
    phrase: tuple[str, ...] = ()
    if parts := _parted(word.folded):
        phrase = (stem(parts[0]), stem(parts[1]))
        found = stem_frequencies(phrase)
        least = min(found.get(one, 0) for one in phrase)
        phrase = phrase if least else ()
        df += least
    meant = ""
    if len(word.folded) >= _SHORTEST_NEAR and df <= 3:
        near = [one for one in near_words(word.folded) if one.df >= max(1, df * SLIP_RATIO)]
        stems = dict.fromkeys(one.stem for one in near if one.stem != own)
        forms += [Form(one, NEAR) for one in list(stems)[:NEAR_FORMS]]
        df += sum(one.df for one in near)
        meant = next((one.display for one in near if one.stem != own), "")
    return Group(word.folded, tuple(forms), phrase, df), meant


def _beginning(word: Word) -> Group:
    found = beginning_with(word.folded, BEGINNINGS)
    forms = tuple(Form(one.word, exact=True) for one in found)
    return Group(word.folded, forms or (Form(_stem(word)),), (), sum(one.df for one in found))


def _respelled(text: str, better: dict[Word, str]) -> str:
    """Return ``text`` with the better spellings put in, or nothing where there are none."""
    if not better:
        return ""
    for word in sorted(better, key=lambda word: -word.start):
        text = text[: word.start] + better[word] + text[word.end :]
    return text


def _other_keyboard(query: ParsedQuery) -> ParsedQuery | None:
    """Return the query as read on the other keyboard, if that alone makes words of it."""
    best: tuple[int, ParsedQuery] | None = None
    for reading in slips(query.text):
        other = read(reading)
        words = [word.folded for word in _all_words(other)]
        found: dict[str, Known] = words_known(words) if words else {}
        if found and 2 * len(found) >= len(words):
            weight = sum(known.df for known in found.values())
            if best is None or weight > best[0]:
                best = (weight, other)
    return best and best[1]
