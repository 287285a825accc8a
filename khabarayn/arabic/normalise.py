"""Fold the many spellings of a word into one search form, and keep each letter's place."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

# Code points that carry no letter: vowel marks, Quranic signs, tatweel, joiners, bidi controls.
_SILENT_RANGES = (
    (0x00AD, 0x00AD), (0x0300, 0x036F), (0x0610, 0x061A), (0x061C, 0x061C), (0x0640, 0x0640),
    (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC), (0x06DF, 0x06E4), (0x06E7, 0x06E8),
    (0x06EA, 0x06ED), (0x08D3, 0x08FF), (0x200B, 0x200B), (0x200D, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x206F), (0xFC5E, 0xFC63), (0xFE0E, 0xFE0F), (0xFE70, 0xFE7F), (0xFEFF, 0xFEFF),
)  # fmt: skip
_SILENT = frozenset(c for first, last in _SILENT_RANGES for c in range(first, last + 1))
_SILENT_CLASS = "".join(f"{chr(first)}-{chr(last)}" for first, last in _SILENT_RANGES)

_SPELLED_AS = {
    "ا": "أإآٱٲٳٵ", "و": "ؤٶۆۋۇ", "ي": "ئىیېيۍےۓ", "ه": "ةەہۀۂۃھ", "ك": "کڪګگڭ",
    "i": "ı", "ب": "پ", "ج": "چ", "ف": "ڤڥ", "ز": "ژ", "ق": "ڨ",
    ".": "\u066b\u06d4", ",": "\u066c", " ": "\u200c_#",
}  # fmt: skip
_LETTERS = {letter: plain for plain, letters in _SPELLED_AS.items() for letter in letters} | {
    chr(zero + n): str(n) for zero in (0x0660, 0x06F0) for n in range(10)
}

# مسئول and مسؤول differ only in the seat of the hamza. Possessive quantifiers keep both linear.
_HAMZA_ABOVE = "\u0654"
_DETACHED_HAMZA = re.compile(rf"[يى](?=(?:(?!{_HAMZA_ABOVE})[{_SILENT_CLASS}])*+{_HAMZA_ABOVE})")
_HAMZA_BEFORE_WAW = re.compile(rf"[ئ\ufe89-\ufe8c](?=[{_SILENT_CLASS}]*+[و\ufeed\ufeee])")
TOLD_BY_HAMZA = ("ماء", "انهاء", "بهاء", "ولاء", "الاء")
"""Nouns that without their last hamza would be function words (ما، أنها، بها، ولا، إلا)."""
_NOT_HAMZA_NOUN = "".join(rf"(?<!\b{noun})(?<!\b[وفبلك]{noun})" for noun in TOLD_BY_HAMZA)
# قضاء and قضا are one word to a reader, but ماء and ما are not; a hamza alone is left alone.
_FINAL_HAMZA = re.compile(rf"ء(?<=\wء)(?<!ءء){_NOT_HAMZA_NOUN}ء*+\b")
# A word ends where letters cling to its number («2033م» is two, as «و2033» is one that loses its
# و in the stem); the thousands of a number are parted by signs, not by words.
_WORD = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|(?:[^\W_](?!(?<=[0-9])[\u0621-\u064a]))*[^\W_]"
)
_CHUNK = re.compile(r"\S+")
# Most words: each letter is folded to one other.
_ONE_FOR_ONE = re.compile("[\u0621-\u063a\u0641-\u064a0-9A-Za-z«»\"'().,:;!?،؛؟/%–—-]*")
# The most of those: letters alone, none of which is silent.
_ONE_WORD = re.compile("[\u0622-\u063a\u0641-\u064a]+")
_TRAILING = re.compile(rf"[ء{_SILENT_CLASS}]*")
_CACHED_CHUNK = 40


class Token(NamedTuple):
    """A word in its folded form, with its place in the original (code points, end excluded)."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text; ``origin[i]`` is the place in the original of its letter ``i``."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the slice of the original that the folded slice ``start:end`` came from.

        >>> fold_map("قَضاء").span(0, 3)
        (0, 4)
        >>> fold_map("قضاء").span(2, 2)
        (2, 2)
        """
        if start >= end:
            at = self.origin[start] if start < len(self.origin) else 0
            return at, at
        return self.origin[start], self.origin[end - 1] + 1


def _has_no_accent(code: int) -> bool:
    return 0x7F < code < 0x0600 or 0x1E00 <= code < 0x2000


def _compatible(code: int) -> bool:
    return 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC or code > 0x2000


def _fold_character(character: str) -> str:
    code = ord(character)
    if code in _SILENT:
        return ""
    if character in _LETTERS:
        return _LETTERS[character]
    result = character
    if _compatible(code):
        result = unicodedata.normalize("NFKC", character)
    elif _has_no_accent(code):
        nfd = unicodedata.normalize("NFD", character)
        result = "".join(c for c in nfd if not unicodedata.combining(c))
    result = result.casefold()
    if result == character:
        return result
    return "".join(_fold_character(c) for c in _seat_hamza(result))


class _Table(dict[int, str]):
    """Remembers the folded form of each character met, except the rarest scripts."""

    def __missing__(self, code: int) -> str:
        result = _fold_character(chr(code))
        if code < 0x3000 or 0xFB00 <= code <= 0xFFFF:
            self[code] = result
        return result


_TABLE = _Table()


def _seat_hamza(text: str) -> str:
    if _HAMZA_ABOVE in text:
        text = _DETACHED_HAMZA.sub("ئ", text)
    return _HAMZA_BEFORE_WAW.sub("ؤ", text)


def fold(text: str) -> str:
    """Return ``text`` in its search form: one spelling of letters and digits, no marks, no case.

    Never raises; takes linear time; folding twice changes nothing more.

    >>> fold("خَبَرَيْن")
    'خبرين'
    >>> fold("مسئولٌ في القضاء") == fold("مسؤول فى القضا")
    True
    >>> fold("#آسيا_٢٠٢٦ Café"), fold("ماء السماء")
    (' اسيا 2026 cafe', 'ماء السما')
    """
    return _FINAL_HAMZA.sub("", _seat_hamza(text).translate(_TABLE))


def fold_map(text: str) -> FoldedText:
    """Return ``fold(text)`` together with the place in ``text`` of each folded letter.

    >>> fold_map("الصِّين").origin
    (0, 1, 2, 5, 6)
    """
    hamza_form = _seat_hamza(text)
    if _ONE_FOR_ONE.fullmatch(hamza_form):
        letters_out = hamza_form.translate(_TABLE)
        if "ء" not in letters_out:
            return FoldedText(letters_out, tuple(range(len(letters_out))))
    letters: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(hamza_form):
        letters_out = _TABLE[ord(character)]
        letters.append(letters_out)
        origin.extend([place] * len(letters_out))
    flat = "".join(letters)
    pieces: list[str] = []
    places: list[int] = []
    last = 0
    for hamza in _FINAL_HAMZA.finditer(flat):
        pieces.append(flat[last : hamza.start()])
        places.extend(origin[last : hamza.start()])
        last = hamza.end()
    pieces.append(flat[last:])
    places.extend(origin[last:])
    return FoldedText("".join(pieces), tuple(places))


def _tokens_of(chunk: str) -> tuple[Token, ...]:
    if _ONE_WORD.fullmatch(chunk):
        word = _seat_hamza(chunk).translate(_TABLE)
        return (Token(word, 0, len(word)),)
    fold_result = fold_map(chunk)
    return tuple(
        Token(word.group().replace(",", ""), *fold_result.span(word.start(), word.end()))
        for word in _WORD.finditer(fold_result.text)
    )


_cached_tokens_of = lru_cache(maxsize=8192)(_tokens_of)


def tokens_of_chunk(chunk: str) -> tuple[Token, ...]:
    """Return `tokens` of a text without white space."""
    return (_cached_tokens_of if len(chunk) <= _CACHED_CHUNK else _tokens_of)(chunk)


def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of ``text``, folded, with their places in ``text``.

    Marks and a silent hamza at the very end of a word lie outside its place; ``visible_span``
    takes them in for highlighting. A ligature of several words gives several tokens of one place.

    >>> tokens("قال: «الصِّينُ»")
    (Token(folded='قال', start=0, end=3), Token(folded='الصين', start=6, end=13))
    """
    if not _CACHED_CHUNK < len(text) <= _REMEMBERED_TEXT:
        return _read(text)
    return (_read_line_cached if len(text) <= _REMEMBERED_LINE else _read_cached)(text)


def _read(text: str) -> tuple[Token, ...]:
    result: list[Token] = []
    # No rule of folding looks across white space, so chunks can be folded, and remembered, alone.
    for chunk in _CHUNK.finditer(text):
        raw = chunk.group()
        start = chunk.start()
        words = tokens_of_chunk(raw)
        result += [Token(form, first + start, last + start) for form, first, last in words]
    return tuple(result)


# Of one story the same text is read a few times in a row, for its profile, its names, its links;
# readers of one hour search for the same things, which are found in the same paragraphs.
_REMEMBERED_TEXT, _REMEMBERED_LINE = 20_000, 600
_read_cached = lru_cache(maxsize=32)(_read)
_read_line_cached = lru_cache(maxsize=512)(_read)


def visible_span(text: str, token: Token) -> tuple[int, int]:
    """Return the place of ``token`` in ``text`` with its last marks and hamza, for highlighting.

    >>> text = "شيءٌ جديد"
    >>> start, end = visible_span(text, tokens(text)[0])
    >>> text[start:end]
    'شيءٌ'
    """
    if token.end == len(text):
        return token.start, token.end
    trailing = _TRAILING.match(text, token.end)
    return token.start, trailing.end() if trailing else token.end
