"""The names in a text, found by how they are written: quoted, Latin, after a title, repeated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from khabarayn.arabic.normalise import Token, fold, tokens, visible_span
from khabarayn.arabic.stem import is_stop_word, stem

_QUOTATION = re.compile("[«“]([^«»“”\n]{2,40})[»”]")
_LONGEST_QUOTATION = 4
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
    return tuple(Entity(key, names.spelling(key), times[key]) for key in keys[:limit])


class _Names:
    """What is gathered of likely names, by key: how often each stands there, from which word to
    which of what text it is written first, and which are names at first sight."""

    def __init__(self) -> None:
        self.times: dict[str, int] = {}
        self.certain: set[str] = set()
        self._first: dict[str, tuple[str, Token, Token]] = {}

    def note(self, key: str, text: str, first: Token, last: Token) -> None:
        """Count the name ``key`` once more; it goes from ``first`` to ``last`` of ``text``."""
        if key in self.times:
            self.times[key] += 1
        else:
            self.times[key] = 1
            self._first[key] = text, first, last

    def spelling(self, key: str) -> str:
        """Return how the name ``key`` is written first."""
        text, first, last = self._first[key]
        return text[first.start : visible_span(text, last)[1]].strip()


class _Kind(NamedTuple):
    """What a folded word may be in a name: ``plain`` for one of two, ``latin``, a ``title``."""

    plain: bool
    latin: bool
    title: bool
    stem: str


def _note_names(text: str, words: Sequence[Token], names: _Names) -> None:
    kinds = [_kind(word.folded) for word in words]
    for i, (one, two) in enumerate(pairwise(kinds)):
        if one.plain and two.plain and _beside(text, words[i], words[i + 1]):
            key = f"{one.stem}_{two.stem}"
            names.note(key, text, words[i], words[i + 1])
            if one.latin and two.latin:
                names.certain.add(key)
    for i, (one, two) in enumerate(pairwise(kinds)):
        if one.title and two.plain and _beside(text, words[i], words[i + 1]):
            name = words[i + 1]
            if not name.folded.startswith("ال"):
                names.note(two.stem, text, name, name)
                names.certain.add(two.stem)
    for word, kind in zip(words, kinds, strict=True):
        if kind.latin and len(word.folded) > 1:
            names.note(kind.stem, text, word, word)
            names.certain.add(kind.stem)
    for quotation in _QUOTATION.finditer(text):
        phrase = quotation[1]
        inside = tokens(phrase)
        if 1 <= len(inside) <= _LONGEST_QUOTATION and any(
            _kind(word.folded).plain for word in inside
        ):
            key = "_".join(stem(word.folded) for word in inside)
            whole = Token("", 0, len(phrase))
            names.note(key, phrase, whole, whole)
            names.certain.add(key)


def _beside(text: str, first: Token, second: Token) -> bool:
    between = text[first.end : second.start]
    return between == " " or (bool(between) and not between.strip(_BETWEEN))


@lru_cache(maxsize=8192)
def _kind(form: str) -> _Kind:
    is_title = form in TITLES
    is_plain = (
        len(form) > _SHORTEST and not form.isdigit() and not is_stop_word(form) and not is_title
    )
    return _Kind(is_plain, _LATIN.fullmatch(form) is not None, is_title, stem(form))
