"""An archive of made-up Arabic news of any size, the same for the same seed.

Words come from roots and patterns (فاعل، مفعول، تفعيل …) with clitics and endings, and are drawn
by Zipf's law from the house's function words, a general vocabulary and the vocabulary of a
story's subject; names of people and places are fixed for a subject. The text means nothing, but
its words repeat, inflect and collide as those of a newsroom do.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
PATTERNS = (
    "{0}{1}{2}", "{0}ا{1}{2}", "م{0}{1}و{2}", "ت{0}{1}ي{2}", "{0}{1}ا{2}ة", "{0}{1}ي{2}",
    "{0}ا{1}{2}ة", "م{0}{1}{2}ة", "ا{0}ت{1}ا{2}", "است{0}{1}ا{2}", "م{0}ا{1}{2}ة", "أ{0}{1}ا{2}",
    "إ{0}{1}ا{2}", "{0}{1}و{2}", "ان{0}{1}ا{2}", "م{0}{1}{2}", "{0}{1}{2}ى", "ت{0}ا{1}{2}",
    "مت{0}{1}{2}", "{0}{1}ا{2}", "{0}{1}{2}اء", "آ{1}ا{2}",
)  # fmt: skip
# What stands before and after a word, with how often in a thousand, as counted in running news.
FRONTS = {
    "": 520,
    "ال": 270,
    "و": 45,
    "وال": 40,
    "ب": 30,
    "بال": 22,
    "ل": 30,
    "لل": 25,
    "ف": 8,
    "ك": 10,
}
ENDS = {"": 720, "ات": 70, "ين": 50, "ها": 45, "ه": 40, "ية": 35, "ون": 15, "هم": 15, "ي": 10}
FUNCTION = [
    "في",
    "من",
    "على",
    "إلى",
    "أن",
    "عن",
    "مع",
    "التي",
    "الذي",
    "هذا",
    "هذه",
    "بعد",
    "قبل",
    "خلال",
    "بين",
    "كما",
    "قد",
    "لم",
    "لا",
    "ما",
    "كان",
    "كانت",
    "وقال",
    "وأضاف",
    "أنه",
    "أنها",
    "إن",
    "حيث",
    "وقد",
    "ذلك",
    "منذ",
    "حتى",
    "عند",
    "لدى",
    "غير",
    "كل",
    "بعض",
    "أي",
    "هو",
    "هي",
    "نحو",
    "أكثر",
    "أو",
    "ثم",
]
SUBJECTS = 400
START = datetime(2016, 1, 1, tzinfo=UTC)
END = datetime(2026, 10, 31, tzinfo=UTC)


@dataclass(frozen=True)
class MadeUp:
    """One made-up story; ``subject`` numbers what it is about."""

    number: int
    at: datetime
    subject: int
    headline: str
    standfirst: str
    tags: tuple[str, ...]
    body: str


class Press:
    """Makes stories; two presses of one seed make the same."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        roots = ["".join(letters) for letters in itertools.permutations(LETTERS, 3)]
        self.random.shuffle(roots)
        words = [
            pattern.format(*root)
            for root, pattern in ((r, self.random.choice(PATTERNS)) for r in roots)
        ]
        words += [
            pattern.format(*root)
            for root in roots[:6000]
            for pattern in self.random.sample(PATTERNS, 4)
        ]
        self.words = list(dict.fromkeys(words))
        self.word_weights = _zipf(len(self.words), 200)
        self.general = self.words[:4000]
        self.general_weights = _zipf(len(self.general), 12)
        rest = self.words[4000:]
        self.subjects = [self.random.sample(rest, 60) for _ in range(SUBJECTS)]
        self.subject_weights = _zipf(60, 4)
        self.names = [self._names() for _ in range(SUBJECTS)]
        self.popularity = _zipf(SUBJECTS, 20)
        self.function_weights = _zipf(len(FUNCTION), 3)
        pairs = [
            (front, end) for front in FRONTS for end in ENDS if not (end == "ه" and "ال" in front)
        ]
        self.affixes = pairs
        self.affix_weights = list(itertools.accumulate(FRONTS[f] * ENDS[e] for f, e in pairs))

    def _names(self) -> list[str]:
        def name() -> str:
            letters = self.random.choices(LETTERS + "اويايو", k=self.random.randint(4, 7))
            return "".join(letters)

        return [f"{name()} {name()}" for _ in range(8)]

    def stories(self, number: int) -> Iterator[MadeUp]:
        """Yield ``number`` stories in the order of publication."""
        step = (END - START) / max(number, 1)
        yield from self.part(0, number, step)

    def part(self, first: int, number: int, step: timedelta) -> Iterator[MadeUp]:
        """Yield ``number`` stories from the one numbered ``first``, ``step`` apart."""
        for n in range(first, first + number):
            subject = self.random.choices(range(SUBJECTS), cum_weights=self.popularity)[0]
            at = START + step * n + timedelta(seconds=self.random.random() * 60)
            names = self.random.sample(self.names[subject], 2)
            body_words = max(60, int(self.random.lognormvariate(5.4, 0.45)))
            yield MadeUp(
                n,
                at,
                subject,
                self._text(subject, self.random.randint(7, 12), names, function=0.15),
                self._text(subject, self.random.randint(15, 28), names),
                (*self.subjects[subject][:2], names[0]),
                "\n".join(
                    self._text(subject, 55, names) + "." for _ in range(max(1, body_words // 55))
                ),
            )

    def _text(self, subject: int, length: int, names: list[str], function: float = 0.3) -> str:
        choices = self.random.choices
        kinds = choices(
            "fgnsr", cum_weights=(function, function + 0.3, function + 0.35, 0.98, 1.0), k=length
        )
        few = kinds.count
        bags = {
            "f": iter(choices(FUNCTION, cum_weights=self.function_weights, k=few("f"))),
            "g": iter(choices(self.general, cum_weights=self.general_weights, k=few("g"))),
            "n": iter(choices(names, k=few("n"))),
            "s": iter(
                choices(self.subjects[subject], cum_weights=self.subject_weights, k=few("s"))
            ),
            "r": iter(choices(self.words, cum_weights=self.word_weights, k=few("r"))),
        }
        affixes = choices(self.affixes, cum_weights=self.affix_weights, k=length)
        return " ".join(
            next(bags[kind]) if kind in "fn" else _inflected(next(bags[kind]), *affix)
            for kind, affix in zip(kinds, affixes, strict=True)
        )


def _inflected(word: str, front: str, end: str) -> str:
    if end and word.endswith("ة"):
        word = word[:-1] + ("ت" if end in ("ها", "هم", "ه") else "")
    return front + word + end


def _zipf(size: int, flat: int) -> list[float]:
    return list(itertools.accumulate(1 / (rank + flat) for rank in range(size)))
