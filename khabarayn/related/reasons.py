"""Why two stories are related, in words that both have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

from khabarayn.arabic.words import Word, words
from khabarayn.article.plain import text_of
from khabarayn.related.port import Kinship
from khabarayn.related.profile import TERMS
from khabarayn.store.models import ArticleRow

_WORDS_SAID = 4


class Spellings:
    """How a story itself spells its terms, names of two words among them; of its headline,
    standfirst and text so many are read as what was asked for needs."""

    def __init__(self, row: ArticleRow) -> None:
        self._words: dict[int, Word | tuple[Word, Word]] = {}
        self._texts = _texts(row)

    def get(self, term: int) -> str | None:
        """Return how the story spells ``term`` first; None for one that is not in its text."""
        while term not in self._words:
            if (text := next(self._texts, None)) is None:
                return None
            self._read(text)
        spelling = self._words[term]
        if isinstance(spelling, Word):
            return spelling.display
        first, second = spelling
        return f"{first.display} {second.display}"

    def _read(self, text: str) -> None:
        text_words = words(text)
        sums = [_sums(word.stem) for word in text_words]
        # Each word with the one before it, whose term is that of «first_second».
        pairs = list(pairwise(text_words))
        pair_terms = [crc32(more, own) & TERMS for (own, _), (_, more) in pairwise(sums)]
        terms = [own & TERMS for own, _ in sums]
        # The first spelling of each is kept: what comes later is put down first.
        spellings: dict[int, Word | tuple[Word, Word]] = {}
        spellings.update(zip(reversed(pair_terms), reversed(pairs), strict=True))
        spellings.update(zip(reversed(terms), reversed(text_words), strict=True))
        self._words = spellings | self._words


def _texts(row: ArticleRow) -> Iterator[str]:
    yield row.headline
    yield row.standfirst
    yield from text_of(row.body).split("\n")


@lru_cache(maxsize=8192)
def _sums(stem: str) -> tuple[int, bytes]:
    """Return the check sum of a stem, and what is added to that of the stem before it."""
    raw = stem.encode()
    return crc32(raw), b"_" + raw


def reason_of(tags: tuple[str, ...], terms: Iterable[int], spellings: Spellings) -> Kinship:
    """Return in which tags and words two stories are akin, spelt as in the story."""
    reasons: list[str] = []
    for term in terms:
        word = spellings.get(term)
        if word and not any(word in other or other in word for other in reasons):
            reasons.append(word)
        if len(reasons) == _WORDS_SAID:
            break
    return Kinship(tags, tuple(reasons))
