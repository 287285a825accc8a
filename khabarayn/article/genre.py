"""The kinds of a story that readers must be told of, from opinion to what was paid for."""

from __future__ import annotations

from functools import lru_cache

from khabarayn.arabic.normalise import fold

OPINION, ANALYSIS, INTERVIEW, LETTER, SPONSORED = (
    "opinion", "analysis", "interview", "letter", "sponsored",
)  # fmt: skip
# What an editor may choose. A report carries no label, and needs no word of its own.
LABEL_GENRES = (OPINION, ANALYSIS, INTERVIEW, LETTER, SPONSORED)

# As editors, agencies (ninjs genres, IPTC) and other papers write it.
_SPELLINGS = {
    OPINION: (
        "opinion", "op-ed", "oped", "column", "comment", "commentary", "editorial", "رأي",
        "مقال", "مقال رأي", "مقالة رأي", "مقالة", "عمود", "افتتاحية", "كلمة التحرير", "تعليق",
    ),
    ANALYSIS: ("analysis", "news analysis", "تحليل", "قراءة", "تحليل إخباري", "تحليل سياسي"),
    INTERVIEW: ("interview", "q&a", "مقابلة", "حوار", "لقاء", "سؤال وجواب"),
    LETTER: (
        "letter", "letters", "letter to the editor", "letters to the editor", "reader's letter",
        "رسالة قارئ", "رسائل القراء", "بريد القراء", "رسالة إلى المحرر", "رسالة",
    ),
    SPONSORED: (
        "sponsored", "sponsored content", "advertorial", "advertisement", "paid", "paid post",
        "paid content", "partner content", "promoted", "branded content", "native", "برعاية",
        "محتوى برعاية", "مادة إعلانية", "محتوى مدفوع", "مدفوع", "إعلان", "مادة مدفوعة",
        "محتوى إعلاني", "مقال مدفوع",
    ),
}  # fmt: skip
_CODES = {
    " ".join(fold(word).split()): code for code, words in _SPELLINGS.items() for word in words
}


@lru_cache(maxsize=256)
def genre_of(name: str) -> str:
    """Return which of `LABEL_GENRES` a story's ``name`` genre is, or empty: it needs no label.

    >>> genre_of("رأي"), genre_of("Sponsored Content"), genre_of("مادّة إعلانيّة")
    ('opinion', 'sponsored', 'sponsored')
    >>> genre_of("تقرير"), genre_of("explainer"), genre_of("")
    ('', '', '')
    """
    return _CODES.get(" ".join(fold(name).split()), "")


def is_sponsored(name: str) -> bool:
    """Say whether a story with this ``name`` genre was paid for."""
    return genre_of(name) == SPONSORED
