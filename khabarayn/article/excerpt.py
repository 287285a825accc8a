"""The beginning of a text, cut at a sentence or a word."""

from __future__ import annotations

import re
import unicodedata

from khabarayn.arabic.bidi import without_unpaired_isolates

_SENTENCE_END = re.compile(r"[.؟!?؛](?=[»”\"')]*\s)")
_CLOSERS = "»”\"')"
_TRAILING = " \n،؛:.,;–—-«“(…"
_SENTENCE_SHARE = 0.6


def _open_quotes(text: str) -> int:
    return max(0, text.count("«") - text.count("»"))


def _shorten(text: str, room: int) -> str:
    head = text[: room + 1]
    ends = [m.end() for m in _SENTENCE_END.finditer(head) if m.end() <= room]
    if ends and ends[-1] >= room * _SENTENCE_SHARE:
        end = ends[-1]
        while end < room and head[end] in _CLOSERS:
            end += 1
        return head[:end]
    space = max(head.rfind(" "), head.rfind("\n"))
    if space > 0:
        return head[:space]
    end = room
    while end > 0 and unicodedata.combining(text[end]):
        end -= 1
    return text[:end]


def excerpt(text: str, limit: int) -> str:
    """Return ``text`` if it has at most ``limit`` characters, else its beginning and «…».

    The cut falls after a sentence where one ends late enough, else between two words, and only
    a single word longer than the limit is parted, never a letter from its marks. A quotation
    left open is closed. Raises ``ValueError`` when ``limit`` is under 1.

    >>> excerpt("قال إن المطر قادم. والرياح كذلك شديدة", 24)
    'قال إن المطر قادم…'
    >>> excerpt("قال: «لا نعرف متى ينتهي هذا»", 20)
    'قال: «لا نعرف متى…»'
    """
    if limit < 1:
        raise ValueError("limit must be at least 1")
    text = text.strip()
    if len(text) <= limit:
        return text
    head, closing = "", 0
    for closing in range(3):  # each closing mark counts towards the limit
        head = without_unpaired_isolates(_shorten(text, limit - 1 - closing)).rstrip(_TRAILING)
        if _open_quotes(head) <= closing:
            break
    return head + "…" + "»" * min(_open_quotes(head), closing)
