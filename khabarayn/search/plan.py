"""From a query as read to what the engine is asked: stems, other spellings, near words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from khabarayn.arabic.keyboard import slips
from khabarayn.arabic.stem import stem
from khabarayn.arabic.variants import LONGEST_SPELLING, StemGroups, expand
from khabarayn.search.document import LONGEST_WORD
from khabarayn.search.port import Form, Group
from khabarayn.search.query import ParsedQuery, Word, read
from khabarayn.search.spellings import spellings
from khabarayn.search.vocabulary import (
    VocabularyWord,
    beginnings,
    near_words,
    stem_frequencies,
    words_known,
)

VARIANT = 0.7
JOINED = 0.9
CLITIC = 0.9
NEAR = 0.5
# A word this much rarer than a near one may be a slip that somebody printed.
SLIP_RATIO = 50
# In so many stories or fewer a word is rare: it may be a slip.
_RARE = 3
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


@dataclass(frozen=True)
class _Archive:
    """What the archive has of a query's words, asked in two questions however long the query is.

    ``stems`` says how many stories may have each stem, ``words`` are the folded words that the
    stems do not tell, and ``whole`` the neighbours that are one spelling of something.
    """

    alike: StemGroups
    whole: tuple[tuple[Word, ...], ...]
    stems: Mapping[str, int]
    words: Mapping[str, VocabularyWord]

    def knows(self, query: ParsedQuery) -> bool:
        """Whether some story has some word of the query."""
        return any(_stem(word) in self.stems for word in _all_words(query))

    def stories_with(self, terms: Iterable[str]) -> int:
        """Return how many stories may have one of ``terms``, each a stem or some side by side."""
        return sum(self.stories_with_all(term.split()) for term in terms)

    def stories_with_all(self, stems: Sequence[str]) -> int:
        """Return how many stories may have all of ``stems``."""
        return min(self.stems.get(one, 0) for one in stems)


def plan(text: str) -> Plan:
    """Return what to ask the engine for the query ``text``; never raises, whatever is typed."""
    query = read(text)
    if query.empty:
        return Plan(query)
    alike = spellings()
    archive = _archive(query, alike)
    read_as = ""
    if not archive.knows(query) and (other := _other_keyboard(query)):
        query, read_as = other, other.text
        archive = _archive(query, alike)
    groups = [_phrase_group(words, archive) for words in archive.whole]
    of_wholes = {word for words in archive.whole for word in words}
    single, better = _single(
        [word for word in query.words if word not in of_wholes], query, archive
    )
    groups += single
    for phrase in query.phrases:
        stems = tuple(_stem(word) for word in phrase)
        phrase_text = " ".join(word.folded for word in phrase)
        groups.append(Group(phrase_text, (), stems, archive.stories_with_all(stems)))
    exclusions = tuple(tuple(stem(word[:LONGEST_WORD]) for word in out) for out in query.excluded)
    return Plan(query, tuple(groups), exclusions, _respell(query.text, better), read_as)


def _archive(query: ParsedQuery, alike: StemGroups) -> _Archive:
    """Ask the archive all that the groups of ``query`` need to know."""
    whole = tuple(_told_by_phrases(query.words, alike))
    stems = {_stem(word) for word in _all_words(query)}
    others = [other for one in stems for other in expand(one, alike)[1:]]
    others += [other for words in whole for other in alike[" ".join(map(_stem, words))]]
    part_stems = [stem(part) for word in query.words for part in _split_name(word.folded) or ()]
    feminine = {_stem(word) for word in query.words if _FEMININE.fullmatch(word.folded)}
    return _Archive(
        alike,
        whole,
        stem_frequencies(
            {*stems, *part_stems, *(part for other in others for part in other.split())}
        ),
        words_known(_written_otherwise(query.words), feminine),
    )


def _single(
    words: Sequence[Word], query: ParsedQuery, archive: _Archive
) -> tuple[list[Group], dict[Word, str]]:
    """Return the group of each of ``words``, and the better spelling of each that seems to have
    one: what is rare may be a slip."""
    by_prefix = beginnings((word.folded for word in words if word.beginning), BEGINNINGS)
    otherwise = _forms_otherwise(query.words, archive.words)
    groups: dict[Word, Group] = {}
    rare: list[Word] = []
    for word in words:
        if word.beginning:
            groups[word] = _beginning(word, by_prefix[word.folded])
        elif feminine := _feminine(word, query.text, archive):
            groups[word] = feminine
        else:
            groups[word] = _word(word, archive, otherwise[word])
            if len(word.folded) >= _SHORTEST_NEAR and groups[word].df <= _RARE:
                rare.append(word)
    near = near_words({word.folded for word in rare})
    better: dict[Word, str] = {}
    for word in rare:
        groups[word], correction = _with_near(word, groups[word], near[word.folded])
        if correction and not otherwise[word]:
            better[word] = correction
    return [groups[word] for word in words], better


def _stem(word: Word) -> str:
    return stem(word.folded[:LONGEST_WORD])


def _all_words(query: ParsedQuery) -> Iterable[Word]:
    yield from query.words
    for phrase in query.phrases:
        yield from phrase


def _pairs(words: Sequence[Word]) -> list[tuple[Word, Word]]:
    """Return the neighbours that the archive may write in one."""
    return [pair for pair in pairwise(words) if not any(word.beginning for word in pair)]


def _written_otherwise(words: Sequence[Word]) -> set[str]:
    """Return the folded words that stand for some of ``words`` and that their stems do not tell:
    two neighbours in one, and a short word with a clitic or without."""
    variants = {first.folded + second.folded for first, second in _pairs(words)}
    for word in words:
        if not word.beginning and (others := _clinging(word.folded)):
            variants |= {word.folded, *others}
    return variants


def _forms_otherwise(
    words: Sequence[Word], vocabulary: Mapping[str, VocabularyWord]
) -> dict[Word, list[tuple[Form, int]]]:
    """Return for each word those of `_written_otherwise` that the archive has, each with the
    number of its stories."""
    result: dict[Word, list[tuple[Form, int]]] = {word: [] for word in words if not word.beginning}
    for first, second in _pairs(words):
        if one := vocabulary.get(first.folded + second.folded):
            for word in (first, second):
                result[word].append((Form(one.stem, JOINED), one.df))
    for word, forms in result.items():
        for one in _clung(word.folded, _clinging(word.folded), vocabulary):
            forms.append((Form(one.word, CLITIC, exact=True), one.df))
    return result


def _told_by_phrases(words: Sequence[Word], alike: StemGroups) -> list[tuple[Word, ...]]:
    """Return the neighbours that are one spelling of something, longest first: «حق النقض»."""
    phrases: list[tuple[Word, ...]] = []
    at = 0
    while at < len(words):
        for size in range(LONGEST_SPELLING, 1, -1):
            part = tuple(words[at : at + size])
            plain = len(part) == size and not any(word.beginning for word in part)
            if plain and " ".join(map(_stem, part)) in alike:
                phrases.append(part)
                at += size - 1
                break
        at += 1
    return phrases


def _phrase_group(words: Sequence[Word], archive: _Archive) -> Group:
    """Return the group of words that are together one spelling: side by side, or its others."""
    stems = tuple(map(_stem, words))
    others = archive.alike[" ".join(stems)]
    df = archive.stories_with_all(stems) + archive.stories_with(others)
    forms = tuple(Form(other, VARIANT) for other in others)
    return Group(" ".join(word.folded for word in words), forms, stems, df)


def _split_name(form: str) -> tuple[str, str] | None:
    """Return the two words that another house makes of a name typed in one."""
    for first in _FIRST_PARTS:
        if form.startswith(first) and len(form) - len(first) >= _SHORTEST_SECOND:
            return first, form[len(first) :]
    return None


def _clinging(form: str) -> list[str]:
    """Return a short word with each clitic (دبي: «بدبي»), or without the one it was typed with,
    where the stem is another one.

    >>> _clinging("دبي")[:2], _clinging("جسر"), _clinging("بدبي")[0]
    (['ودبي', 'بدبي'], [], 'دبي')
    """
    words = []
    if form[0] in _CLITICS and len(form) - 1 in _SHORT:
        words = [form[1:], *(clitic + form[1:] for clitic in _CLITICS)]
    if len(form) in _SHORT:
        words += [clitic + form for clitic in _CLITICS]
    own = stem(form)
    return [word for word in dict.fromkeys(words) if word != form and stem(word) != own]


def _clung(
    form: str, others: Sequence[str], vocabulary: Mapping[str, VocabularyWord]
) -> Iterable[VocabularyWord]:
    """Yield those of ``others`` that are the word ``form``: the bare word is the more frequent,
    as «جدة» is beside «بجدة», and «حدة» is not beside «وحدة»."""
    own = vocabulary.get(form)
    bare = vocabulary.get(form[1:]) if form[1:] in others else None
    if bare and own and bare.df <= own.df:
        bare = None
    roots = [root for root in (own, bare) if root]
    for one in (vocabulary[word] for word in others if word in vocabulary):
        if any(one.word.endswith(root.word) and one.df <= root.df for root in roots):
            yield one


def _feminine(word: Word, text: str, archive: _Archive) -> Group | None:
    """Return the group of a feminine noun that its stem would take for another word, or nothing.

    «عمله» without its dots may be «his work», so it is left to its stem.
    """
    match = _FEMININE.fullmatch(word.folded)
    if not match or text[word.start : word.end].endswith("ه"):
        return None
    own = _stem(word)
    alike = [
        entry
        for entry in archive.words.values()
        if entry.stem == own
        and (other := _FEMININE.fullmatch(entry.word))
        and other[1] == match[1]
        and not entry.display.endswith("ه")
    ]
    if not alike:
        return None
    forms = tuple(Form(entry.word, exact=True) for entry in alike[:BEGINNINGS])
    return Group(word.folded, forms, (), sum(entry.df for entry in alike))


def _word(word: Word, archive: _Archive, also: Sequence[tuple[Form, int]]) -> Group:
    """Return the group of one word: its stem, its other spellings, and the forms of ``also``."""
    own = _stem(word)
    others = expand(own, archive.alike)[1:]
    forms = [Form(own), *(Form(other, VARIANT) for other in others), *(form for form, _ in also)]
    df = archive.stories_with((own, *others)) + sum(times for _, times in also)
    phrase: tuple[str, ...] = ()
    if parts := _split_name(word.folded):
        phrase = (stem(parts[0]), stem(parts[1]))
        least = archive.stories_with_all(phrase)
        phrase = phrase if least else ()
        df += least
    return Group(word.folded, tuple(forms), phrase, df)


def _with_near(word: Word, group: Group, near: Sequence[VocabularyWord]) -> tuple[Group, str]:
    """Return the group with the ``near`` words that are much more frequent, and the one that was
    meant, or nothing."""
    own = _stem(word)
    likely = [one for one in near if one.df >= max(1, group.df * SLIP_RATIO)]
    stems = dict.fromkeys(one.stem for one in likely if one.stem != own)
    forms = (*group.forms, *(Form(one, NEAR) for one in list(stems)[:NEAR_FORMS]))
    correction = next((one.display for one in likely if one.stem != own), "")
    return replace(group, forms=forms, df=group.df + sum(one.df for one in likely)), correction


def _beginning(word: Word, entries: Sequence[VocabularyWord]) -> Group:
    forms = tuple(Form(one.word, exact=True) for one in entries)
    return Group(word.folded, forms or (Form(_stem(word)),), (), sum(one.df for one in entries))


def _respell(text: str, better: dict[Word, str]) -> str:
    """Return ``text`` with the better spellings put in, or nothing where there are none."""
    if not better:
        return ""
    for word in sorted(better, key=lambda word: -word.start):
        text = text[: word.start] + better[word] + text[word.end :]
    return text


def _other_keyboard(query: ParsedQuery) -> ParsedQuery | None:
    """Return the query as read on the other keyboard, if that alone makes words of it."""
    readings = [read(text) for text in slips(query.text)]
    vocabulary = words_known(word.folded for one in readings for word in _all_words(one))
    best: tuple[int, ParsedQuery] | None = None
    for reading in readings:
        words = [word.folded for word in _all_words(reading)]
        stories = {word: vocabulary[word].df for word in words if word in vocabulary}
        if stories and 2 * len(stories) >= len(words):
            weight = sum(stories.values())
            if best is None or weight > best[0]:
                best = (weight, reading)
    return best and best[1]
