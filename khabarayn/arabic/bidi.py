"""Keep right-to-left and left-to-right text from disturbing each other."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

Direction = Literal["rtl", "ltr"]
Language = Literal["ar", "en"]

LEFT_TO_RIGHT_ISOLATE, FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2066", "\u2068", "\u2069"
_RIGHT_TO_LEFT = frozenset("ar arz ary ckb dv fa he ku ps sd syr ug ur yi".split())  # noqa: SIM905
_OPENERS = "\u2066\u2067\u2068"
_ISOLATES = re.compile("[\u2066-\u2069\n\u2029]")
_CONTROLS = dict.fromkeys((0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))

_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
# A Latin run takes in what is written with it: @cnn_arabic, C++, F-16, 5G, 802.11be, AT&T, U.S.
_LATIN_WORD = (
    rf"[@#]?(?:[0-9]{{1,4}}\.)?[0-9]{{0,4}}[{_LATIN}][{_LATIN}0-9\u0300-\u036f]*"
    rf"(?:[-'’&.+/_@:]{{1,3}}[{_LATIN}0-9]+)*(?:[+#]{{1,2}}[0-9]{{0,2}})?"
)
# A number behind a Latin word belongs to it («iPhone 15 Pro Max», «SmartBus 2.0»), unless it
# counts the Arabic word that follows («أعلنت Apple 15 منتجًا», «خسرت Meta 200 مليار»).
_NOT_A_COUNT = (
    "(?!(?:[.,][0-9]|%|٪| ?%|[ \u00a0](?:(?:ألف|آلاف|مليون|ملايين|مليار|تريليون|دولار|يورو|درهم"
    "|ريال|دينار|جنيه|في المئة|بالمئة)|[\u0621-\u064a\u064e-\u0652]{2,}"
    "(?:\u064b[اى]?|[اى]\u064b)(?![\u0621-\u0652]))))"
)
_NUMBER = rf"[0-9]{{1,7}}(?:[.,:/-][0-9]{{1,4}})*\+?(?![0-9{_LATIN}]){_NOT_A_COUNT}"
_BETWEEN = "(?:[,:]?[ \u00a0]|[ \u00a0][-–—&|/+][ \u00a0])"
_LATIN_RUN = re.compile(
    rf"(?<![{_LATIN}0-9]){_LATIN_WORD}(?:{_BETWEEN}{_LATIN_WORD}|[ \u00a0]{_NUMBER})*"
)
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc]")
_LATIN_LETTER = re.compile(f"[{_LATIN}]")


def unpaired_isolates(text: str) -> tuple[int, ...]:
    """Return the places of isolate controls that lack their partner in the same paragraph.

    >>> unpaired_isolates("\u2068أ\u2069ب\u2069\u2067")
    (4, 5)
    """
    lone_positions: list[int] = []
    open_positions: list[int] = []
    for control in _ISOLATES.finditer(text):
        if control.group() in _OPENERS:
            open_positions.append(control.start())
        elif control.group() != POP_ISOLATE:
            lone_positions += open_positions
            open_positions.clear()
        elif open_positions:
            open_positions.pop()
        else:
            lone_positions.append(control.start())
    return tuple(sorted(lone_positions + open_positions))


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


def bare(text: str) -> str:
    """Return ``text`` without any control of direction: for titles, feeds and texts to share,
    where other programs show them as boxes or count them as letters.

    >>> bare("لغة \u2068C++\u2069 اليوم")
    'لغة C++ اليوم'
    """
    return text.translate(_CONTROLS)


def direction_of(text: str, default: Direction = "rtl") -> Direction:
    """Return the direction that most of the letters of ``text`` are written in.

    The first letter says nothing: «OpenAI تطلق نموذجًا جديدًا» is Arabic. A tie, or a text
    without a letter, has the ``default``.

    >>> direction_of("OpenAI تطلق نموذجًا"), direction_of("The word «خبر»"), direction_of("2026")
    ('rtl', 'ltr', 'rtl')
    """
    balance = 0
    for character, times in Counter(text).items():
        kind = unicodedata.bidirectional(character)
        balance += times if kind in ("R", "AL") else -times if kind == "L" else 0
    return "rtl" if balance > 0 else "ltr" if balance < 0 else default


def language_of(text: str, hint: str = "") -> str:
    """Return the language of ``text``: the ``hint`` one where its script is that of most letters,
    else Arabic or English. A text without letters has the given one, or Arabic.

    >>> language_of("أعلنت البلدية خطة", "en-us"), language_of("The city announced", "ar")
    ('ar', 'en')
    >>> language_of("La ville annonce", "fr"), language_of("شهر اعلام کرد", "fa"), language_of("")
    ('fr', 'fa', 'ar')
    """
    default_direction: Direction = direction_of_language(hint) if hint else "rtl"
    direction = direction_of(text, default_direction)
    if direction == default_direction:
        return hint or "ar"
    return "ar" if direction == "rtl" else "en"


def primary_language(tag: str) -> str:
    """Return the language that a BCP 47 ``tag`` begins with, without its land and script.

    >>> primary_language("en-GB"), primary_language("AR_eg"), primary_language("")
    ('en', 'ar', '')
    """
    return re.split("[-_]", tag.lower())[0]


def direction_of_language(language: str) -> Direction:
    """Return the direction in which ``language``, a BCP 47 tag, is written.

    >>> direction_of_language("ar-EG"), direction_of_language("en"), direction_of_language("fa")
    ('rtl', 'ltr', 'rtl')
    """
    return "rtl" if primary_language(language) in _RIGHT_TO_LEFT else "ltr"


def is_arabic(text: str) -> bool:
    """Say whether at least half of the letters of ``text`` are of the Arabic script.

    >>> is_arabic("شركة Apple تعلن"), is_arabic("Apple شركة"), is_arabic("2026")
    (True, False, False)
    """
    arabic = len(_ARABIC_LETTER.findall(text))
    return arabic > 0 and arabic >= len(_LATIN_LETTER.findall(text))


def runs(text: str) -> Iterator[tuple[Language, str]]:
    """Yield ``text`` in pieces of one language; joined, they are ``text`` again.

    Spaces and signs between languages belong to the Arabic; a number belongs to the Latin word that
    it follows, unless it counts what comes behind it.

    >>> list(runs("أعلنت Apple Inc. عن iPhone 15"))
    [('ar', 'أعلنت '), ('en', 'Apple Inc'), ('ar', '. عن '), ('en', 'iPhone 15')]
    >>> [run for _, run in runs("أعلنت Apple 15 منتجًا")]
    ['أعلنت ', 'Apple', ' 15 منتجًا']
    >>> [run for language, run in runs("ما يغيّره 802.11be وتردد 2.4GHz") if language == "en"]
    ['802.11be', '2.4GHz']
    """
    end = 0
    for run in _LATIN_RUN.finditer(text):
        if run.start() > end:
            yield "ar", text[end : run.start()]
        yield "en", run.group()
        end = run.end()
    if end < len(text):
        yield "ar", text[end:]


def with_fences(line: str) -> str:
    """Return ``line`` with its Latin runs fenced, for what is drawn letter by letter from the
    right: the plus of «Disney+» stays at its right.

    >>> with_fences("لغة C++ اليوم") == "لغة \u2066C++\u2069 اليوم"
    True
    """
    return "".join(
        f"{LEFT_TO_RIGHT_ISOLATE}{piece}{POP_ISOLATE}" if language == "en" else piece
        for language, piece in runs(bare(line))
    )
