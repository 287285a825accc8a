"""The names in a text, found by how they are written: quoted, Latin, after a title, repeated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from khabarayn.arabic.normalise import Token, fold, tokens, visible_span
from khabarayn.arabic.stem import is_stop_word, stem

_QUOTED = re.compile("[«“]([^«»“”\n]{2,40})[»”]")
_LONGEST_QUOTED = 4
_LATIN = re.compile(r"[a-z][a-z0-9]*")
_SHORTEST = 2
_REPEATED = 2

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
    times: Counter[str] = Counter()
    display: dict[str, str] = {}
    certain: set[str] = set()

    def note(key: str, spelling: str, sure: bool) -> None:
        times[key] += 1
        display.setdefault(key, spelling)
        if sure:
            certain.add(key)

    for text in texts:
        words = tokens(text)
        for first, second in pairwise(words):
            if _beside(text, first, second) and _plain(first) and _plain(second):
                sure = bool(_LATIN.fullmatch(first.folded) and _LATIN.fullmatch(second.folded))
                note(_key(first, second), text[first.start : visible_span(text, second)[1]], sure)
        for i, word in enumerate(words[:-1]):
            following = words[i + 1]
            if word.folded in TITLES and _beside(text, word, following) and _plain(following):
                if following.folded in TITLES or following.folded.startswith("ال"):
                    continue
                note(_key(following), text[slice(*visible_span(text, following))], True)
        for word in words:
            if len(word.folded) > 1 and _LATIN.fullmatch(word.folded):
                note(_key(word), text[word.start : word.end], True)
        for quoted in _QUOTED.finditer(text):
            inside = tokens(quoted.group(1))
            if 1 <= len(inside) <= _LONGEST_QUOTED and any(_plain(word) for word in inside):
                note(_key(*inside), quoted.group(1).strip(), True)
    kept = [key for key in times if key in certain or times[key] >= _REPEATED]
    kept.sort(key=lambda key: -times[key])
    return tuple(Entity(key, display[key], times[key]) for key in kept[:limit])


def _key(*words: Token) -> str:
    return "_".join(stem(word.folded) for word in words)


def _beside(text: str, first: Token, second: Token) -> bool:
    between = text[first.end : second.start]
    return bool(between) and not between.strip(
        " \u00a0\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652ء"
    )


def _plain(word: Token) -> bool:
    return (
        len(word.folded) > _SHORTEST
        and not word.folded.isdigit()
        and not is_stop_word(word.folded)
        and word.folded not in TITLES
    )
