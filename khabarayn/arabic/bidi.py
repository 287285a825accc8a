"""Keep right-to-left and left-to-right text from disturbing each other."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

Direction = Literal["rtl", "ltr"]
Language = Literal["ar", "en"]

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
_OPENERS = "\u2066\u2067\u2068"
_ISOLATES = re.compile("[\u2066-\u2069\n\u2029]")

_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
# A Latin run takes in what is written with it: @cnn_arabic, C++, F-16, 5G, AT&T, U.S.
_LATIN_WORD = (
    rf"[@#]?[0-9]{{0,4}}[{_LATIN}][{_LATIN}0-9\u0300-\u036f]*"
    rf"(?:[-'’&.+/_@:]{{1,3}}[{_LATIN}0-9]+)*[+#]{{0,2}}"
)
_LATIN_RUN = re.compile(rf"(?<![{_LATIN}0-9]){_LATIN_WORD}(?:[ \u00a0]{_LATIN_WORD})*")
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc]")
_LATIN_LETTER = re.compile(f"[{_LATIN}]")


def unpaired_isolates(text: str) -> tuple[int, ...]:
    """Return the places of isolate controls that lack their partner in the same paragraph.

    >>> unpaired_isolates("\u2068أ\u2069ب\u2069\u2067")
    (4, 5)
    """
    unpaired: list[int] = []
    opened: list[int] = []
    for control in _ISOLATES.finditer(text):
        if control.group() in _OPENERS:
            opened.append(control.start())
        elif control.group() != POP_ISOLATE:
            unpaired += opened
            opened.clear()
        elif opened:
            opened.pop()
        else:
            unpaired.append(control.start())
    return tuple(sorted(unpaired + opened))


def without_unpaired_isolates(text: str) -> str:
    """Return ``text`` without the isolate controls that lack their partner.

    >>> without_unpaired_isolates("\u2068أ\u2069ب\u2069\u2067") == "\u2068أ\u2069ب"
    True
    """
    edges = [-1, *unpaired_isolates(text), len(text)]
    return "".join(text[before + 1 : after] for before, after in pairwise(edges))


def isolate(text: str) -> str:
    """Return ``text`` fenced, for places without markup: titles, feeds, notifications.

    A name, number or handle so fenced keeps its order and disturbs nothing around it.

    >>> isolate("C++") == "\u2068C++\u2069", isolate("")
    (True, '')
    """
    if not text:
        return ""
    return FIRST_STRONG_ISOLATE + without_unpaired_isolates(text) + POP_ISOLATE


def direction_of(text: str, default: Direction = "rtl") -> Direction:
    """Return the direction of the first strong letter outside isolates (UAX 9, rules P2 and P3).

    >>> direction_of("«خبر» من CNN"), direction_of("3. CNN بالعربية"), direction_of("2026")
    ('rtl', 'ltr', 'rtl')
    """
    depth = 0
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("LRI", "RLI", "FSI"):
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in ("R", "AL"):
            return "rtl"
        elif depth == 0 and kind == "L":
            return "ltr"
    return default


def is_arabic(text: str) -> bool:
    """Say whether at least half of the letters of ``text`` are of the Arabic script.

    >>> is_arabic("شركة Apple تعلن"), is_arabic("Apple شركة"), is_arabic("2026")
    (True, False, False)
    """
    arabic = len(_ARABIC_LETTER.findall(text))
    return arabic > 0 and arabic >= len(_LATIN_LETTER.findall(text))


def runs(text: str) -> Iterator[tuple[Language, str]]:
    """Yield ``text`` in pieces of one language; joined, they are ``text`` again.

    Spaces, digits and signs between languages belong to the Arabic.

    >>> list(runs("أعلنت Apple Inc. عن iPhone 15"))
    [('ar', 'أعلنت '), ('en', 'Apple Inc'), ('ar', '. عن '), ('en', 'iPhone'), ('ar', ' 15')]
    """
    end = 0
    for run in _LATIN_RUN.finditer(text):
        if run.start() > end:
            yield "ar", text[end : run.start()]
        yield "en", run.group()
        end = run.end()
    if end < len(text):
        yield "ar", text[end:]
