"""The words of a text, each with its folded form, its stem and how it is written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from khabarayn.arabic.normalise import tokens, visible_span
from khabarayn.arabic.stem import stem

_LONGEST_REMEMBERED = 40


class Word(NamedTuple):
    """One word; ``display`` is how it is written, with its marks."""

    folded: str
    stem: str
    display: str


def words(text: str) -> Iterator[Word]:
    """Yield the words of ``text`` in order.

    >>> [word.display for word in words("قال: «الصِّينُ» 2,000")]
    ['قال', 'الصِّينُ', '2,000']
    """
    # No rule of folding looks across white space, and a newsroom's words are the same every day.
    for chunk in text.split():
        yield from _remembered(chunk) if len(chunk) <= _LONGEST_REMEMBERED else _read(chunk)


def _read(chunk: str) -> tuple[Word, ...]:
    return tuple(
        Word(token.folded, stem(token.folded), chunk[slice(*visible_span(chunk, token))])
        for token in tokens(chunk)
    )


_remembered = lru_cache(maxsize=16_384)(_read)
