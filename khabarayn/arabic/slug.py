"""Turn headlines into addresses, and names and hashtags into keys that equal spellings share."""

import re
import unicodedata
from typing import NamedTuple

from khabarayn.arabic.normalise import fold
from khabarayn.arabic.numerals import to_digits

SLUG_WORDS = 6
SLUG_LENGTH = 80
_READ = 1000

_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200d]")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"(?<=[^\W_])['’](?=[^\W_])")
# A hashtag is letters, digits, underscores and marks, with a letter among them; the conjunction
# may cling to it.
_HASHTAG = re.compile(
    r"(?:(?<![\w&/#＃])|(?<=\bو))[#＃](?=[\d_]*[^\W\d_])"
    "[\\w\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u200c]{1,100}"
)


class Hashtag(NamedTuple):
    """A hashtag as it was typed, the key that its spellings share, and its place in the text."""

    display: str
    key: str
    start: int
    end: int


def slug(headline: str, words: int = SLUG_WORDS, limit: int = SLUG_LENGTH) -> str:
    """Return the readable part of an address: the first words of ``headline``, joined by hyphens.

    Letters keep their hamza and their dots, marks and signs go, Latin is lower case, digits are
    Western. Empty when ``headline`` has no letter or digit.

    >>> slug("«أعلنت» الحكومةُ خُطّةً من ٣ مراحل لدعم الاقتصاد")
    'أعلنت-الحكومة-خطة-من-3-مراحل'
    >>> slug("Apple's M5: مؤتمر اليوم"), slug("؟!")
    ('apples-m5-مؤتمر-اليوم', '')
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFKC", headline[:_READ]))
    plain = _APOSTROPHE.sub("", to_digits(bare, "latn")).casefold()
    result = ""
    for word in _WORD.findall(plain)[:words]:
        longer = f"{result}-{word}" if result else word
        if len(longer) > limit:
            return result or word[:limit]
        result = longer
    return result


def tag_key(name: str) -> str:
    """Return the key of a tag: its folded words joined by hyphens, the same for all its spellings.

    >>> tag_key("#القوّات_اللبنانية"), tag_key("القوات اللبنانيه")
    ('القوات-اللبنانيه', 'القوات-اللبنانيه')
    """
    return "-".join(_WORD.findall(fold(name)))


def hashtags(text: str) -> tuple[Hashtag, ...]:
    """Return the hashtags of ``text`` in order, marks kept for display, with their places.

    >>> hashtags("قمة #آسيا و#اسيا، المرتبة #1")  # doctest: +ELLIPSIS
    (Hashtag(display='#آسيا', key='اسيا', start=4, end=9), Hashtag(display='#اسيا', ...))
    >>> [tag.key for tag in hashtags("عن #القُدس_الآن و #Gaza2026")]
    ['القدس-الان', 'gaza2026']
    """
    return tuple(
        Hashtag(match.group(), key, match.start(), match.end())
        for match in _HASHTAG.finditer(text)
        if (key := tag_key(match.group()))
    )


def sort_key(name: str) -> tuple[str, str]:
    """Return the key that puts names in the order of the alphabet, however they are spelt.

    >>> sorted(["إيمان", "باسم", "آدم", "أحمد"], key=sort_key)
    ['أحمد', 'آدم', 'إيمان', 'باسم']
    """
    return fold(name).strip(), name
