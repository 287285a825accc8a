"""The ways in which readers spell otherwise than newsrooms: one change to a query each."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Change = Callable[[list[str], random.Random], list[str]]
_MARKS = re.compile("[\u064b-\u0652\u0670]")
_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def _each(change: Callable[[str], str]) -> Change:
    return lambda words, _random: [change(word) for word in words]


def _one_typo(words: list[str], dice: random.Random) -> list[str]:
    long = [n for n, word in enumerate(words) if len(word) >= 5]
    if not long:
        return words
    n = dice.choice(long)
    word = words[n]
    place = dice.randrange(1, len(word) - 1)
    kind = dice.choice("daws")
    new = {
        "d": word[:place] + word[place + 1 :],
        "a": word[:place] + dice.choice(_LETTERS) + word[place:],
        "w": word[:place] + dice.choice(_LETTERS) + word[place + 1 :],
        "s": word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    }[kind]
    return [*words[:n], new, *words[n + 1 :]]


def _prefixed(words: list[str], dice: random.Random) -> list[str]:
    def change(word: str) -> str:
        if word.startswith("ال"):
            return dice.choice((word[2:], "و" + word, "لل" + word[2:], "ب" + word, "ك" + word))
        return dice.choice(("ال" + word, "و" + word, "ب" + word, "ل" + word, "ف" + word))

    n = dice.randrange(len(words))
    return [change(word) if place == n else word for place, word in enumerate(words)]


def _marked(words: list[str], dice: random.Random) -> list[str]:
    return ["".join(c + dice.choice(("", "َ", "ُ", "ِ", "ّ")) for c in word) for word in words]


CHANGES: dict[str, Change] = {
    "as written": _each(str),
    "no hamza": _each(lambda word: re.sub("[أإآ]", "ا", word).replace("ؤ", "و").rstrip("ء")),
    "ة as ه": _each(lambda word: re.sub("ة$", "ه", word)),
    "ه as ة": _each(lambda word: re.sub("ه$", "ة", word)),
    "ى as ي": _each(lambda word: re.sub("ى$", "ي", word)),
    "ي as ى": _each(lambda word: re.sub("ي$", "ى", word)),
    "prefixes": _prefixed,
    "marks on": _marked,
    "marks off": _each(lambda word: _MARKS.sub("", word)),
    "one typo": _one_typo,
}
