"""Clean text from people and feeds, once, when it comes in: controls, piled marks, odd spaces."""

import re
import unicodedata
from typing import NamedTuple

from khabarayn.arabic.bidi import without_unpaired_isolates

MARKS_PER_LETTER = 4
# Cleaning shortens: this much more than the limit is read, and nothing beyond it is ever touched.
_READ_AHEAD = 4

_REMOVED_RANGES = (
    (0x0000, 0x0008), (0x000E, 0x001F), (0x007F, 0x0084), (0x0086, 0x009F), (0x00AD, 0x00AD),
    (0x061C, 0x061C), (0x180E, 0x180E), (0x200B, 0x200B), (0x200E, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x2065), (0x206A, 0x206F), (0xD800, 0xDFFF), (0xFDD0, 0xFDEF), (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB), (0xFFFE, 0xFFFF), (0xE0000, 0xE007F),
)  # fmt: skip
_SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_CONTROL_CHARACTERS = re.compile(
    "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _REMOVED_RANGES) + "]+"
)
# A direction mark that alone stands between two words; what precedes it is no prefix («و», «الـ»).
_PARTING_MARK = re.compile("(?<=[^\\Wـ][\\w\u064b-\u0652])(?<!ـ)[\u061c\u200e\u200f]+(?=\\w)")
_ODD_SPACE = re.compile(f"[{_SPACES}]")
_NEW_LINE = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_WHITE = re.compile("[ \n]+")
# From the first space of a run only: a run that ends in no line is looked through once.
_LINE_ENDS = re.compile("(?<! ) *\n *")
_EMPTY_LINES = re.compile("\n{3,}")
_TATWEELS = re.compile("ـ{2,}")
_NON_JOINERS = re.compile("\u200c{2,}")
# What needs no cleaning: letters and signs that stand alone, a single space between their words.
_CLEAN_SIGNS = (
    "!-~«»\u2013\u2014\u2018-\u201d\u2026\u060c\u061b\u061f\u0621-\u063a\u0641-\u064a\u0660-\u066c"
)
_CLEAN = re.compile(f"(?:[{_CLEAN_SIGNS}]+(?: (?! )|$))*+")
_PILED_MARKS = re.compile(rb"[^\x00]{%d,}" % (MARKS_PER_LETTER + 1))


class CleanText(NamedTuple):
    """A clean text, and whether something had to be cut off its end to fit the limit."""

    text: str
    cut: bool


def _cap_marks(text: str) -> str:
    if text.isascii():
        return text
    classes = bytes(map(unicodedata.combining, text))
    pieces: list[str] = []
    last = 0
    for pile in _PILED_MARKS.finditer(classes):
        pieces.append(text[last : pile.start() + MARKS_PER_LETTER])
        last = pile.end()
    return "".join(pieces) + text[last:] if pieces else text


def _compose(text: str) -> str:
    # Normalising is quadratic in a run of alternating marks, so the runs are short before it;
    # and it may itself split one mark into several, so they are short after it, too.
    return _cap_marks(unicodedata.normalize("NFC", _cap_marks(text)))


def _trim(text: str) -> str:
    text = text.strip(" \n\u200c")
    return "" if not text.strip(" \n\u200c\u200d\u2066\u2067\u2068\u2069") else text


def _tidy_lines(text: str) -> str:
    return _EMPTY_LINES.sub("\n\n", _LINE_ENDS.sub("\n", text))


def _clean(text: str, limit: int, *, lines: bool) -> CleanText:
    if limit < 0:
        raise ValueError("limit must not be negative")
    if len(text) <= limit and _CLEAN.fullmatch(text) and text[-1:] != " ":
        return CleanText(text, cut=False)
    truncated_flag = len(text) > limit * _READ_AHEAD
    text = text[: limit * _READ_AHEAD]
    text = _NEW_LINE.sub(
        "\n", _ODD_SPACE.sub(" ", _CONTROL_CHARACTERS.sub("", _PARTING_MARK.sub(" ", text)))
    )
    text = _compose(without_unpaired_isolates(text))
    text = _NON_JOINERS.sub("\u200c", _TATWEELS.sub("ـ", text))
    text = _trim(_tidy_lines(text) if lines else _WHITE.sub(" ", text))
    if len(text) <= limit:
        return CleanText(text, truncated_flag)
    end = limit
    while end > 0 and unicodedata.combining(text[end]):
        end -= 1
    return CleanText(_clean(text[:end], limit, lines=lines).text, True)


def clean_line(text: str, limit: int) -> CleanText:
    """Return ``text`` as one clean line of at most ``limit`` code points: a headline, a name.

    Invisible controls go, a direction mark that stands alone between two words becomes the space
    that it was taken for, new lines become spaces, spaces are single, a letter keeps at most four
    marks, the rest is NFC. Vowel marks and the joiners that shape Arabic stay. Cutting never parts
    a letter from its marks. Takes linear time and never raises on any text.

    >>> clean_line("  الـــصين\\u202e تُعلِن\\n خطةً ", 120)
    CleanText(text='الـصين تُعلِن خطةً', cut=False)
    >>> text, cut = clean_line("خبر طويل", 3)
    >>> text, cut
    ('خبر', True)
    """
    return _clean(text, limit, lines=False)


def clean_text(text: str, limit: int) -> CleanText:
    """Return ``text`` clean like ``clean_line``, but with its lines and its inner spaces kept.

    At most one empty line stands between two lines; no line ends in a space.

    >>> clean_text("أول \\r\\nثانٍ\\n\\n\\n\\nثالث", 500).text
    'أول\\nثانٍ\\n\\nثالث'
    """
    return _clean(text, limit, lines=True)
