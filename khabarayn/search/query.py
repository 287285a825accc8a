"""Read what people type: words, «phrases», beginnings*, and -words to leave out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from khabarayn.arabic.hygiene import clean_line
from khabarayn.arabic.normalise import tokens
from khabarayn.arabic.stem import is_stop_word

LIMIT = 200
WORDS = 16
SHORTEST_BEGINNING = 2

_PART = re.compile(
    r"""(?P<minus>[-−–](?=\S))?(?:"(?P<a>[^"]*)"|«(?P<b>[^»]*)»|“(?P<c>[^”]*)”|(?P<word>[^\s"«“]+))"""
)


@dataclass(frozen=True)
class Word:
    """``text`` as the reader wrote it, between ``start`` and ``end`` of the clean text;
    ``beginning`` when any word that begins so will do."""

    folded: str
    text: str
    start: int
    end: int
    beginning: bool = False


@dataclass(frozen=True)
class ParsedQuery:
    """A query, read. ``text`` is what was typed, cleaned and cut to `LIMIT` characters; ``light``
    the folded function words beside ``words``, which no story must have."""

    text: str
    words: tuple[Word, ...] = ()
    phrases: tuple[tuple[Word, ...], ...] = ()
    exclusions: tuple[tuple[str, ...], ...] = ()
    light: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        return not self.words and not self.phrases


def read(text: str) -> ParsedQuery:
    """Return what ``text`` asks for; never raises, whatever is typed.

    At most `WORDS` words count; function words only where there is nothing else. A phrase of one
    word is that word.

    >>> query = read("أسعار -النفط «البنك المركزي» اقتصاد*")
    >>> [word.folded for word in query.words], query.exclusions
    (['اسعار', 'اقتصاد'], (('النفط',),))
    >>> [[word.folded for word in phrase] for phrase in query.phrases]
    [['البنك', 'المركزي']]
    >>> read("من بكين إلى واشنطن").light
    ('من', 'الي')
    >>> read('" - * NEAR( »').words
    (Word(folded='near', text='NEAR', start=6, end=10, beginning=False),)
    """
    clean = clean_line(text, LIMIT).text
    words: list[Word] = []
    phrases: list[tuple[Word, ...]] = []
    exclusions: list[tuple[str, ...]] = []
    for part in _PART.finditer(clean):
        kind = part.lastgroup or "word"
        part_words = _words(clean, part.start(kind), part.end(kind))
        if not part_words:
            continue
        if part["minus"]:
            exclusions.append(tuple(word.folded for word in part_words))
        elif kind != "word" and len(part_words) > 1:
            phrases.append(tuple(part_words[:WORDS]))
        else:
            last = part_words[-1]
            is_prefix = part[kind].endswith("*") and len(last.folded) >= SHORTEST_BEGINNING
            if kind == "word" and is_prefix:
                part_words[-1] = Word(last.folded, last.text, last.start, last.end, beginning=True)
            words += part_words
    telling = _telling(words, bool(phrases))
    return ParsedQuery(
        clean, telling, tuple(phrases[:4]), tuple(exclusions[:8]), _beside(words, telling)
    )


def _words(text: str, start: int, end: int) -> list[Word]:
    return [
        Word(
            token.folded,
            text[start + token.start : start + token.end],
            start + token.start,
            start + token.end,
        )
        for token in tokens(text[start:end])
    ]


def _beside(words: list[Word], telling: tuple[Word, ...]) -> tuple[str, ...]:
    """Return the function words among ``words`` that ``telling`` leaves out, if it tells any."""
    content_words = {word.folded for word in telling}
    light = [word.folded for word in words if content_words and _says_little(word.folded)]
    return tuple(word for word in dict.fromkeys(light) if word not in content_words)[:WORDS]


def _says_little(form: str) -> bool:
    """Whether no story must have it: a function word, or a و that stands free («ليلة و ليلة»)."""
    return form == "و" or is_stop_word(form)


def _telling(words: list[Word], phrases: bool) -> tuple[Word, ...]:
    once = {(word.folded, word.beginning): word for word in reversed(words)}
    in_order = sorted(once.values(), key=lambda word: word.start)
    telling = [word for word in in_order if word.beginning or not _says_little(word.folded)]
    return tuple((telling or ([] if phrases else in_order))[:WORDS])
