"""The names in a text, found by how they are written: quoted, Latin, after a title, repeated."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from khabarayn.arabic.normalise import Token, fold, tokens, visible_span
from khabarayn.arabic.stem import is_stop_word, stem

_QUOTATION = re.compile("[«“]([^«»“”\n]{2,40})[»”]")
_LONGEST_QUOTED = 4
_LATIN = re.compile(r"[a-z][a-z0-9]*")
_SHORTEST = 2
_REPEATS = 2
# What may stand between the two words of a name.
_BETWEEN = " \u00a0\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652ء"

_TITLES = """
الرئيس رئيس الملك ملك الأمير أمير الأميرة ولي الشيخ الشيخة السلطان الإمام البابا الوزير وزير
الوزيرة وزيرة السفير سفير السيناتور النائب النائبة القاضي المحامي الجنرال العميد العقيد اللواء
الفريق المشير القائد قائد الزعيم زعيم المتحدث المتحدثة الدكتور الدكتورة البروفيسور الأستاذ
المهندس الكاتب الكاتبة الشاعر الشاعرة الفنان الفنانة الممثل الممثلة المخرج المخرجة المغني
المغنية اللاعب لاعب اللاعبة المدرب مدرب المدربة المهاجم مهاجم الحارس حارس الصحفي الصحفية المبعوث
مبعوث المستشار مستشار المستشارة الأمين أمين المدير مدير المديرة المرشح المرشحة الناشط الناشطة
العالم العالمة الباحث الباحثة
"""
TITLES = frozenset(map(fold, _TITLES.split()))
"""Words that stand before a person's name, folded."""


class Entity(NamedTuple):
    """A name: ``key`` is the same for all its spellings (its stems), ``display`` as first written,
    ``times`` how often it stands in the text."""

    key: str
    display: str
    times: int


def entities(texts: Sequence[str], limit: int = 24) -> tuple[Entity, ...]:
    """Return the likely names of one story, its texts given in order, the most frequent first.

    Two plain words side by side count as a name when they are repeated, or follow a title.

    >>> found = entities(["لقاء دونالد ترامب", "الرئيس ماكرون ودونالد ترامب و«غزال»."])
    >>> [name.display for name in found]
    ['دونالد ترامب', 'ماكرون', 'غزال']
    """
    names = _Names()
    for text in texts:
        _note_names(text, tokens(text), names)
    times = names.times
    keys = [key for key in times if key in names.certain or times[key] >= _REPEATS]
    keys.sort(key=lambda key: -times[key])
    return tuple(Entity(key, names.display[key], times[key]) for key in keys[:limit])


class _Names:
    """What is gathered of likely names, by key: how often each stands there, how it is written
    first, and which are names at first sight."""

    def __init__(self) -> None:
        self.times: dict[str, int] = {}
        self.display: dict[str, str] = {}
        self.certain: set[str] = set()

    def note(self, key: str, spelling: Callable[[], str], *, sure: bool) -> None:
        """Count the name ``key`` once more; its ``spelling`` is asked for the first time only."""
        self.times[key] = self.times.get(key, 0) + 1
        if key not in self.display:
            self.display[key] = spelling()
        if sure:
            self.certain.add(key)


def _note_names(text: str, words: Sequence[Token], names: _Names) -> None:
    plain = [_plain(word.folded) for word in words]
    latin = [_LATIN.fullmatch(word.folded) is not None for word in words]
    for i in range(len(words) - 1):
        if plain[i] and plain[i + 1] and _beside(text, words[i], words[i + 1]):
            first, second = words[i], words[i + 1]
            key = f"{stem(first.folded)}_{stem(second.folded)}"
            span = partial(_text_between, text, first, second)
            names.note(key, span, sure=latin[i] and latin[i + 1])
    for i, title in enumerate(words[:-1]):
        if plain[i + 1] and title.folded in TITLES and _beside(text, title, words[i + 1]):
            name = words[i + 1]
            if not name.folded.startswith("ال"):
                names.note(stem(name.folded), partial(_text_between, text, name, name), sure=True)
    for word, is_latin in zip(words, latin, strict=True):
        if is_latin and len(word.folded) > 1:
            names.note(stem(word.folded), partial(_slice, text, word), sure=True)
    for quotation in _QUOTATION.finditer(text):
        inside = tokens(quotation.group(1))
        if 1 <= len(inside) <= _LONGEST_QUOTED and any(_plain(word.folded) for word in inside):
            key = "_".join(stem(word.folded) for word in inside)
            names.note(key, quotation.group(1).strip, sure=True)


def _text_between(text: str, first: Token, last: Token) -> str:
    return text[first.start : visible_span(text, last)[1]]


def _slice(text: str, word: Token) -> str:
    return text[word.start : word.end]


def _beside(text: str, first: Token, second: Token) -> bool:
    between = text[first.end : second.start]
    return between == " " or (bool(between) and not between.strip(_BETWEEN))


def _plain(form: str) -> bool:
    return (
        len(form) > _SHORTEST
        and not form.isdigit()
        and not is_stop_word(form)
        and form not in TITLES
    )
