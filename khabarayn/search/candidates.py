"""The forms in which the archive may have a query's words, worked out before it is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from khabarayn.arabic.stem import stem
from khabarayn.arabic.variants import LONGEST_SPELLING, StemGroups, expand
from khabarayn.search.document import LONGEST_WORD
from khabarayn.search.query import ParsedQuery, Word

# First parts of names that some newsrooms write as two words and others as one: عبدالله، أبوظبي.
_FIRST_PARTS = ("عبد", "ابو", "ابي", "ابا", "نيو")
_SHORTEST_SECOND = 3
# Of a word so short the stem keeps an ending that it cuts after a clitic: دبي, but بدب of «بدبي».
_SHORT = range(3, 5)
_CLITICS = ("و", "ب", "ل", "ف", "ك", "وب", "ول")

# Feminine nouns whose stem, without the ending, is that of another word: عملة and عمل.
_FEMININES = "عمل|عملي|جامع|طاير"
_FEMININE = re.compile(
    rf"[وف]?(?:[بك]?ال|لل|[بلك])?({_FEMININES})"
    r"(?:ه|تان|تين|ات(?:ه|ها|هم|نا|ي|ك)?|ت(?:ه|ها|هم|نا|ي|ك))"
)


@dataclass(frozen=True)
class WordForms:
    """One word of a query and the forms in which stories may have it.

    ``variants`` are the stems of its other spellings (several words are parted by spaces),
    ``compounds`` the folded words that it makes with a neighbour, ``clitics`` the folded word with
    each clitic or without its own, ``parts`` the stems of the two words that a name written in
    one stands for, ``feminine`` the root that `feminine_root` finds. Each is empty where the word
    has none, and all but the stem where it is the beginning of any word.
    """

    word: Word
    stem: str
    variants: tuple[str, ...] = ()
    compounds: tuple[str, ...] = ()
    clitics: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    feminine: str = ""


@dataclass(frozen=True)
class PhraseForms:
    """Words that stand side by side: a phrase of the query, or one spelling of several words with
    its other spellings, ``variants``. ``text`` are the folded words, parted by spaces."""

    text: str
    stems: tuple[str, ...]
    variants: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidates:
    """All that a query asks for. ``spellings`` are neighbours that are one spelling of something
    («حق النقض»), ``words`` the other words, ``exclusions`` the stems that no story may have."""

    query: ParsedQuery
    words: tuple[WordForms, ...]
    spellings: tuple[PhraseForms, ...]
    phrases: tuple[PhraseForms, ...]
    exclusions: tuple[tuple[str, ...], ...]

    def own_stems(self) -> set[str]:
        """Return the stems of the words themselves, without those of any other form."""
        of_phrases = {one for phrase in (*self.spellings, *self.phrases) for one in phrase.stems}
        return of_phrases | {forms.stem for forms in self.words}

    def stems(self) -> set[str]:
        """Return every stem whose number of stories the plan may need."""
        variants = [one for phrase in self.spellings for one in phrase.variants]
        parts: list[str] = []
        for forms in self.words:
            variants += forms.variants
            parts += forms.parts
        return {*self.own_stems(), *parts, *(one for term in variants for one in term.split())}

    def own_words(self) -> list[str]:
        """Return the folded words themselves."""
        phrases = (*self.spellings, *self.phrases)
        single = [forms.word.folded for forms in self.words]
        return single + [one for phrase in phrases for one in phrase.text.split()]

    def folded_words(self) -> set[str]:
        """Return every folded word that the plan may need to know."""
        otherwise = {one for forms in self.words for one in (*forms.compounds, *forms.clitics)}
        return otherwise.union(self.own_words())

    def feminine_stems(self) -> set[str]:
        """Return the stems of which the plan needs to know every word."""
        return {forms.stem for forms in self.words if forms.feminine}

    def beginnings(self) -> list[str]:
        """Return the folded beginnings of which the plan needs to know the words."""
        return [forms.word.folded for forms in self.words if forms.word.beginning]


def candidates(query: ParsedQuery, alike: StemGroups) -> Candidates:
    """Return all forms of the words of ``query``; ``alike`` are the stems spelt in several ways."""
    several = tuple(_spellings_of_several(query.words, alike))
    of_several = {word for words in several for word in words}
    compounds = _compounds(query.words)
    return Candidates(
        query,
        tuple(
            _word_forms(word, compounds[word], alike)
            for word in query.words
            if word not in of_several
        ),
        tuple(
            PhraseForms(_text(words), stems, alike[" ".join(stems)])
            for words in several
            if (stems := _stems(words))
        ),
        tuple(PhraseForms(_text(words), _stems(words)) for words in query.phrases),
        tuple(tuple(stem(word[:LONGEST_WORD]) for word in words) for words in query.exclusions),
    )


def feminine_root(folded: str, text: str) -> str:
    """Return the letters before the feminine ending of the word ``folded``, where it is a noun
    whose stem would be that of another word; else empty. ``text`` is how the word stands in
    the text: without its dots «عمله» may be «his work», so that it is left to its stem.

    >>> feminine_root("بالعملات", "بالعملات"), feminine_root("عمل", "عمل")
    ('عمل', '')
    >>> feminine_root("عمله", "عملة"), feminine_root("عمله", "عمله")
    ('عمل', '')
    """
    match = _FEMININE.fullmatch(folded)
    return match[1] if match and not text.endswith("ه") else ""


def _word_forms(word: Word, compounds: Sequence[str], alike: StemGroups) -> WordForms:
    own = _stem(word)
    if word.beginning:
        return WordForms(word, own)
    parts = _split_name(word.folded)
    return WordForms(
        word,
        own,
        expand(own, alike)[1:],
        tuple(compounds),
        tuple(_clitic_forms(word.folded)),
        tuple(stem(part) for part in parts),
        feminine_root(word.folded, word.text),
    )


def _stem(word: Word) -> str:
    return stem(word.folded[:LONGEST_WORD])


def _stems(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(map(_stem, words))


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.folded for word in words)


def _compounds(words: Sequence[Word]) -> dict[Word, list[str]]:
    """Return for each word what it makes with the word before it and the word after it, where the
    archive may write the two in one."""
    result: dict[Word, list[str]] = {word: [] for word in words}
    for first, second in pairwise(words):
        if not (first.beginning or second.beginning):
            for word in (first, second):
                result[word].append(first.folded + second.folded)
    return result


def _spellings_of_several(words: Sequence[Word], alike: StemGroups) -> Iterator[tuple[Word, ...]]:
    """Yield the neighbours that are one spelling of something, the longest first: «حق النقض»."""
    at = 0
    while at < len(words):
        for size in range(LONGEST_SPELLING, 1, -1):
            part = tuple(words[at : at + size])
            plain = len(part) == size and not any(word.beginning for word in part)
            if plain and " ".join(_stems(part)) in alike:
                yield part
                at += size - 1
                break
        at += 1


def _split_name(folded: str) -> tuple[str, ...]:
    """Return the two words that some newsrooms make of a name written in one, or nothing."""
    for first in _FIRST_PARTS:
        if folded.startswith(first) and len(folded) - len(first) >= _SHORTEST_SECOND:
            return first, folded[len(first) :]
    return ()


def _clitic_forms(folded: str) -> list[str]:
    """Return a short word with each clitic (دبي: «بدبي»), or without the one it was typed with,
    where the stem is another one.

    >>> _clitic_forms("دبي")[:2], _clitic_forms("جسر"), _clitic_forms("بدبي")[0]
    (['ودبي', 'بدبي'], [], 'دبي')
    """
    words: list[str] = []
    if folded[0] in _CLITICS and len(folded) - 1 in _SHORT:
        words = [folded[1:], *(clitic + folded[1:] for clitic in _CLITICS)]
    if len(folded) in _SHORT:
        words += [clitic + folded for clitic in _CLITICS]
    own = stem(folded)
    return [word for word in dict.fromkeys(words) if word != folded and stem(word) != own]
