"""The words of a text, each with its folded form, its stem and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from khabarayn.arabic.normalise import tokens_of_chunk, visible_span
from khabarayn.arabic.stem import stem

_LONGEST_REMEMBERED = 40
# Of one story the same text is read a few times in a row: for search, for its profile.
_REMEMBERED_TEXT = 20_000


class Word(NamedTuple):
    """One word; ``display`` is how it is written, with its marks."""

    folded: str
    stem: str
    display: str


def words(text: str) -> tuple[Word, ...]:
    """Return the words of ``text`` in order.

    >>> [word.display for word in words("قال: «الصِّينُ» 2,000")]
    ['قال', 'الصِّينُ', '2,000']
    """
    # No rule of folding looks across white space, and a newsroom's words are the same every day.
    chunks = text.split()
    is_short = max(map(len, chunks), default=0) <= _LONGEST_REMEMBERED
    return tuple(chain.from_iterable(map(_read_cached if is_short else _chunk, chunks)))


def all_words(text: str) -> Sequence[Word]:
    """Return all `words` of ``text``, which is perhaps asked for again soon."""
    return (_words_of if len(text) <= _REMEMBERED_TEXT else words)(text)


def _chunk(chunk: str) -> tuple[Word, ...]:
    return (_read_cached if len(chunk) <= _LONGEST_REMEMBERED else _read)(chunk)


def _read(chunk: str) -> tuple[Word, ...]:
    token_list = tokens_of_chunk(chunk)
    if len(token_list) == 1 and token_list[0].end - token_list[0].start == len(chunk):
        form = token_list[0].folded
        return (Word(form, stem(form), chunk),)
    return tuple(
        [
            Word(token.folded, stem(token.folded), chunk[slice(*visible_span(chunk, token))])
            for token in token_list
        ]
    )


_read_cached = lru_cache(maxsize=8192)(_read)


_words_of = lru_cache(maxsize=64)(words)
