"""Undo a query typed with the keyboard in the other language (Arabic 101 layout over US QWERTY)."""

import re

_PLAIN = dict(
    zip(
        "`qwertyuiop[]asdfghjkl;'zxcvnm,./",
        "ذضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ",
        strict=True,
    )
)
_SHIFT_LAYER = dict(
    zip(
        "QWERYUIOP{}ASDF:ZXCHJKLNM<>?",
        "\u064e\u064b\u064f\u064cإ‘÷×؛<>\u0650\u064d][:~\u0652}أـ،/آ’,.؟",
        strict=True,
    )
) | {"~": "\u0651", "V": "{"}
# Three keys write two letters each: lam with its alef.
_PAIRS = {"b": "لا", "T": "لإ", "G": "لأ", "B": "لآ"}
_TO_ARABIC = str.maketrans(_PLAIN | _SHIFT_LAYER | _PAIRS)

_ARABIC_TO_KEY = {arabic: key for key, arabic in (_SHIFT_LAYER | _PLAIN).items()}
_PAIR_TO_KEY = {arabic: key for key, arabic in _PAIRS.items()}
_PAIR = re.compile("ل[اأإآ]")
_LATIN_LETTER = re.compile("[A-Za-z]")
_ARABIC_LETTER = re.compile("[\u0621-\u064a]")


def to_arabic(text: str) -> str:
    """Return what the keys of ``text``, typed as Latin, write on an Arabic keyboard.

    >>> to_arabic("hglvHi"), to_arabic("hgwdk")
    ('المرأه', 'الصين')
    """
    return text.translate(_TO_ARABIC)


def to_latin(text: str, *, pair_key: bool = True) -> str:
    """Return what the keys of ``text``, typed as Arabic, write on a Latin keyboard.

    لا is one key or two; ``pair_key`` takes it for the one.

    >>> to_latin("ؤخقخىش"), to_latin("لاعي"), to_latin("هىسهلاف", pair_key=False)
    ('corona', 'bud', 'insight')
    """
    if pair_key:
        text = _PAIR.sub(lambda pair: _PAIR_TO_KEY[pair.group()], text)
    return "".join(_ARABIC_TO_KEY.get(character, character) for character in text)


def slips(query: str) -> tuple[str, ...]:
    """Return what ``query`` may have been meant to be, were the keyboard in the wrong language.

    Empty when ``query`` mixes both scripts or has neither. Whether a reading is a word at all is
    for the vocabulary to say.

    >>> slips("hglvHi"), slips("لثق"), slips("لاش"), slips("2026")
    (('المرأه', 'المراه'), ('ger',), ('ba', 'gha'), ())
    """
    latin = bool(_LATIN_LETTER.search(query))
    arabic = bool(_ARABIC_LETTER.search(query))
    if latin == arabic:
        return ()
    if latin:
        readings = [to_arabic(query)]
        # Caps lock, or a phone that begins with a capital, types marks instead of letters.
        if query != query.lower():
            readings.append(to_arabic(query.lower()))
    else:
        readings = [to_latin(query), to_latin(query, pair_key=False)]
    return tuple(dict.fromkeys(reading for reading in readings if reading != query))
