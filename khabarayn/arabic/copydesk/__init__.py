"""The copy desk: remarks on an Arabic text that warn and offer a fix, and never block."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from khabarayn.arabic.copydesk import punctuation, spelling
from khabarayn.arabic.copydesk.warning import CopyWarning

__all__ = ["CopyWarning", "apply", "apply_fixes", "check"]

# A fix may cause another remark (a word behind its tatweel), but never many in a row.
_ROUNDS = 8

# Addresses, handles and hashtags are quoted as they are.
_VERBATIM = re.compile(
    r"(?:https?://|www\.)[^\s()«»<>\"،؛؟]+|[\w.+-]{1,64}@[\w-]+\.[\w.-]+|[@#]\w+"
)


def _hide(verbatim: re.Match[str]) -> str:
    return "x" * len(verbatim.group())


def _outermost(warnings: Iterable[CopyWarning]) -> Iterator[CopyWarning]:
    last_end = 0
    # What is put in before a place stands beside what is changed there.
    for warning in sorted(warnings, key=lambda w: (w.start, w.end > w.start, -w.end, w.rule)):
        if warning.end > last_end or warning.start == warning.end >= last_end:
            yield warning
            last_end = max(last_end, warning.end)


def check(text: str, names: Sequence[Sequence[str]] = ()) -> tuple[CopyWarning, ...]:
    """Return the copy desk's remarks on ``text`` in order of place.

    ``names`` are groups of spellings, the house's first. Nothing is said of addresses and
    hashtags. Linear in the text; never raises on any.

    >>> for w in check("اعلن  ترمب ايضاً, أمس", names=[["ترامب", "ترمب"]]):
    ...     print(w.start, w.end, w.rule, w.reason, ascii(w.replacement))
    0 4 hamza hamza_dropped '\\u0623\\u0639\\u0644\\u0646'
    4 6 space space_doubled ' '
    6 10 name house_spelling '\\u062a\\u0631\\u0627\\u0645\\u0628'
    11 16 hamza hamza_dropped '\\u0623\\u064a\\u0636\\u064b\\u0627'
    16 17 latin_sign latin_sign '\\u060c'
    """
    text = _VERBATIM.sub(_hide, text)
    remarks = chain(
        spelling.slips(text),
        spelling.phrases(text),
        spelling.tanwin(text),
        spelling.house_names(text, names),
        punctuation.latin_signs(text),
        punctuation.quotes(text),
        punctuation.spaces(text),
        punctuation.tatweel(text),
        punctuation.digits(text),
        punctuation.brackets(text),
        punctuation.controls(text),
    )
    return tuple(_outermost(remarks))


def apply(text: str, warnings: Iterable[CopyWarning]) -> str:
    """Return ``text`` with the replacements of ``warnings`` made, from ``check`` of this text.

    A warning without a replacement, one whose words have changed since, and one that overlaps an
    earlier one are passed over, so a stale list does no harm.

    >>> text = "اكد المسئول, أيضاً"
    >>> apply(text, check(text))
    'أكد المسؤول، أيضًا'
    >>> apply("نص آخر", check(text))
    'نص آخر'
    """
    pieces: list[str] = []
    position = 0
    for warning in sorted(warnings, key=lambda w: (w.start, w.end)):
        if warning.replacement is None or warning.start < position:
            continue
        if text[warning.start : warning.end] != warning.text or warning.start > len(text):
            continue
        pieces += [text[position : warning.start], warning.replacement]
        position = warning.end
    return "".join(pieces) + text[position:]


def apply_fixes(text: str, names: Sequence[Sequence[str]] = ()) -> str:
    """Return ``text`` with every fix made, those that only follow from other fixes as well.

    >>> apply_fixes("وـان مدينة جديده ،و المدرسه")
    'وأن مدينة جديدة، والمدرسة'
    """
    for _ in range(_ROUNDS):
        better = apply(text, check(text, names))
        if better == text:
            break
        text = better
    return text
