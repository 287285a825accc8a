"""A story's subject as a short weighted list of terms, and its wording as a sketch (MinHash)."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import itemgetter

from khabarayn.arabic.stem import is_stop_word
from khabarayn.arabic.words import all_words
from khabarayn.related.entities import Entity, entities
from khabarayn.related.plain_words import PLAIN_STEMS

# How much a word counts in each field; the first words of a body say more than its last.
HEADLINE, STANDFIRST, TAGS, LEAD, BODY = 2.0, 2.0, 2.0, 1.0, 0.7
LEAD_WORDS = 60
BODY_WORDS = 1200
# A word that is said again and again says little more than one said twice: its count is worth
# `SATURATION` more at most (BM25's k1). Of 3,000 real reports 0.02 more of the cards were on topic
# than with the logarithm of the count.
SATURATION = 1.0
MOST_TERMS = 120
# Only the weightiest terms tell whether two reports are of one event; lighter ones occur in all
# news.
CORE = 40
# Frequencies are asked for this many stems, those that count most before they are known.
STEM_LOOKUPS = 240
# Of a check sum so many bits number a term.
TERMS = 0x7FFFFFFF
NAME = 0.4
_PLAIN_RARITY = 1.5
SHINGLE = 3
SKETCH = 64
FEWEST_SHINGLES = 12

Frequencies = Callable[[Collection[str]], Mapping[str, int]]


@dataclass(frozen=True)
class Profile:
    """``terms`` are weights that square to 1, by `term_id`; ``sketch`` the smallest shingle hashes,
    sorted; ``headline`` the headline's."""

    terms: dict[int, float]
    sketch: tuple[int, ...]
    headline: int


def term_id(term: str) -> int:
    """Return the number of a term: 31 bits, the same on every machine."""
    return zlib.crc32(term.encode()) & TERMS


@dataclass(frozen=True)
class Outline:
    """What a story says, before it is known how rare its words are: ``counts`` of the stems that
    count most, its ``names``, and the runs and the headline of its `Profile`."""

    counts: Mapping[str, float]
    names: Sequence[Entity]
    sketch: tuple[int, ...]
    headline: int

    @property
    def stems(self) -> set[str]:
        """The stems whose frequency is asked: of its words, and of the parts of its names."""
        return {*self.counts, *(part for name in self.names for part in name.key.split("_"))}


def outline(headline: str, standfirst: str, tags: Iterable[str], body: str) -> Outline:
    """Return the outline of a story given as plain texts."""
    labels = " ، ".join(tags)
    counts: dict[str, float] = {}
    title = all_words(headline)
    running = all_words(body)[:BODY_WORDS]
    for part_words, weight in (
        (title, HEADLINE),
        (all_words(standfirst), STANDFIRST),
        (all_words(labels), TAGS),
        (running[:LEAD_WORDS], LEAD),
        (running[LEAD_WORDS:], BODY),
    ):
        for form, stem, _spelling in part_words:
            if _says_something(form):
                counts[stem] = counts.get(stem, 0.0) + weight
    return Outline(
        dict(sorted(counts.items(), key=itemgetter(1), reverse=True)[:STEM_LOOKUPS]),
        entities((headline, standfirst, labels, body[:6000])),
        sketch([word.folded for word in running]),
        term_id(" ".join(word.folded for word in title)),
    )


def profile(
    headline: str,
    standfirst: str,
    tags: Iterable[str],
    body: str,
    stories: int,
    frequencies: Frequencies,
) -> Profile:
    """Return the profile of a story given as plain texts.

    ``frequencies`` says how many of the ``stories`` of the archive have each stem.
    """
    return weigh(outline(headline, standfirst, tags, body), stories, frequencies)


def weigh(story_outline: Outline, stories: int, frequencies: Frequencies) -> Profile:
    """Return the profile of the story of this outline; ``stories`` and ``frequencies`` are those
    of `profile`."""
    stems = story_outline.stems
    document_counts = frequencies(stems)
    rarity = {key: _rarity(key, document_counts.get(key, 0), stories) for key in stems}
    weights = {key: _saturate(count) * rarity[key] for key, count in story_outline.counts.items()}
    for name in story_outline.names:
        pieces = name.key.split("_")
        if len(pieces) > 1:
            rare = sum(rarity[piece] for piece in pieces) / len(pieces)
            weights[name.key] = NAME * (1 + math.log(name.times)) * rare
    best_keys = sorted(weights, key=lambda key: (-weights[key], key))[:MOST_TERMS]
    length = math.sqrt(sum([weights[key] ** 2 for key in best_keys])) or 1.0
    return Profile(
        terms={term_id(key): weights[key] / length for key in best_keys},
        sketch=story_outline.sketch,
        headline=story_outline.headline,
    )


def _saturate(count: float) -> float:
    """Return what ``count`` times a word is worth: once 1, at most 1 + `SATURATION`."""
    return count * (1 + SATURATION) / (count + SATURATION)


def _rarity(key: str, count: int, stories: int) -> float:
    """Return how much a stem says: 0.7 for one that every story has, more the fewer have it.

    In a young archive a common word of news is as rare as a name, so the weight of such words is
    reduced.
    """
    rarity = math.log(1 + max(stories, 1) / (count + 1))
    return min(rarity, _PLAIN_RARITY) if key in PLAIN_STEMS else rarity


def sketch(words: Sequence[str]) -> tuple[int, ...]:
    """Return the smallest `SKETCH` hashes of the runs of three words; empty for a short text."""
    # Each word is encoded once: a run's bytes are its words' bytes with spaces between.
    raw = [word.encode() for word in words]
    beside = (raw[start:] for start in range(SHINGLE))
    runs = {zlib.crc32(b" ".join(run)) for run in zip(*beside, strict=False)}
    return tuple(sorted(runs)[:SKETCH]) if len(runs) >= FEWEST_SHINGLES else ()


def resemblance(first: Sequence[int], second: Sequence[int]) -> float:
    """Return the estimated Jaccard likeness of two texts from their sketches, 0 to 1.

    >>> one = sketch("بحر مدينة هادئ ريح خفيفة ميناء صياد قديم شاطئ مركب شراع موج رمل صدف".split())
    >>> resemblance(one, one), resemblance(one, ())
    (1.0, 0.0)
    """
    if not first or not second:
        return 0.0
    a, b = set(first), set(second)
    smallest = sorted(a | b)[: min(len(a), len(b), SKETCH)]
    return sum(1 for run in smallest if run in a and run in b) / len(smallest)


def pack_terms(terms: Mapping[int, float]) -> bytes:
    """Return ``terms`` in six bytes each, the weightiest first."""
    by_weight = sorted(terms.items(), key=lambda item: (-item[1], item[0]))
    numbers = [number for key, weight in by_weight for number in (key, round(weight * 65535))]
    return struct.pack(f"<{'IH' * len(by_weight)}", *numbers)


# Every weight that six bytes of a term can hold, made once.
_WEIGHTS = tuple(number / 65535 for number in range(65536))


# A story is compared with the same neighbours as the one before it.
@lru_cache(maxsize=1024)
def unpack_terms(data: bytes) -> Mapping[int, float]:
    """Return what `pack_terms` packed, in its order.

    >>> {k: round(v, 3) for k, v in unpack_terms(pack_terms({7: 0.6, 9: 0.8})).items()}
    {9: 0.8, 7: 0.6}
    """
    numbers = struct.unpack(f"<{'IH' * (len(data) // 6)}", data)
    weights = map(_WEIGHTS.__getitem__, numbers[1::2])
    return dict(zip(numbers[::2], weights, strict=True))


def core_likeness(first: Mapping[int, float], second: Mapping[int, float]) -> float:
    """Return how much the `CORE` weightiest terms of two unpacked profiles agree, 0 to 1.

    >>> round(core_likeness({1: 0.8, 2: 0.6}, {1: 0.6, 3: 0.8}), 2)
    0.48
    """
    one, other = (dict(islice(terms.items(), CORE)) for terms in (first, second))
    lengths = math.hypot(*one.values()) * math.hypot(*other.values())
    return sum(weight * other.get(term, 0.0) for term, weight in one.items()) / (lengths or 1.0)


def pack_sketch(runs: Sequence[int]) -> bytes:
    """Return the numbers (unsigned, 32 bits) as little-endian bytes; `unpack_sketch` reads them."""
    return struct.pack(f"<{len(runs)}I", *runs)


def unpack_sketch(data: bytes) -> tuple[int, ...]:
    """Return the numbers that `pack_sketch` packed."""
    return struct.unpack(f"<{len(data) // 4}I", data)


@lru_cache(maxsize=8192)
def _says_something(word: str) -> bool:
    return len(word) > 1 and not word.isdigit() and not is_stop_word(word)
