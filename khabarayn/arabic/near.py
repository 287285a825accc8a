"""Find the known words within one slip of a typed one: a letter lost, added, changed or swapped."""

from collections.abc import Mapping
from typing import NamedTuple

ARABIC = "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي"
LATIN = "abcdefghijklmnopqrstuvwxyz"

_SHORTEST = 3
_LONGEST = 40


class Near(NamedTuple):
    """A known word near to the typed one, and how often it occurs."""

    word: str
    frequency: int


def within_one_edit(first: str, second: str) -> bool:
    """Say whether one insertion, deletion, change or swap of neighbours makes the two equal.

    >>> within_one_edit("ترامب", "ترمب"), within_one_edit("بوتين", "بوتني")
    (True, True)
    >>> within_one_edit("بوتين", "بوتين"), within_one_edit("قطر", "مصر")
    (True, False)
    """
    if len(first) > len(second):
        first, second = second, first
    if len(second) - len(first) > 1:
        return False
    same = 0
    while same < len(first) and first[same] == second[same]:
        same += 1
    if len(first) < len(second):
        return first[same:] == second[same + 1 :]
    if first[same + 1 :] == second[same + 1 :]:
        return True
    is_swap = first[same : same + 2] == second[same : same + 2][::-1]
    return is_swap and first[same + 2 :] == second[same + 2 :]


def within_edits(first: str, second: str, limit: int) -> bool:
    """Say whether at most ``limit`` letters lost, added or changed make the two equal.

    >>> within_edits("ماراتون", "الإمارات", 2), within_edits("كورونا", "كرونا", 2)
    (False, True)
    """
    if abs(len(first) - len(second)) > limit:
        return False
    row = list(range(len(second) + 1))
    for at, letter in enumerate(first, 1):
        before, row[0] = row[0], at
        for place, other in enumerate(second, 1):
            substitution = before + (letter != other)
            before = row[place]
            row[place] = min(substitution, before + 1, row[place - 1] + 1)
        if min(row) > limit:
            return False
    return row[-1] <= limit


def one_edit_away(word: str) -> frozenset[str]:
    """Return every string one edit away from the folded ``word``, itself left out.

    New letters are those of the script that ``word`` begins in. Some 450 strings for a word of
    seven letters, few enough to look up in any vocabulary, in memory or in a table, without a
    special index. Empty for words under 3 letters (all would be near) and over 40.

    >>> "ترمب" in one_edit_away("ترامب"), len(one_edit_away("بوتين")), one_edit_away("قط")
    (True, 318, frozenset())
    """
    if not _SHORTEST <= len(word) <= _LONGEST:
        return frozenset()
    letters = LATIN if word[0].isascii() else ARABIC
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    variants = {before + after[1:] for before, after in splits if after}
    variants.update(b + a[1] + a[0] + a[2:] for b, a in splits if len(a) > 1)
    variants.update(b + letter + a[1:] for b, a in splits if a for letter in letters)
    variants.update(b + letter + a for b, a in splits for letter in letters)
    variants.discard(word)
    return frozenset(variants)


def near(word: str, frequencies: Mapping[str, int], limit: int = 5) -> tuple[Near, ...]:
    """Return the words of ``frequencies`` one edit away from ``word``, most frequent first.

    >>> known = {"ترامب": 90, "ترمب": 30, "تراب": 5, "قطر": 70}
    >>> near("تراامب", known)
    (Near(word='ترامب', frequency=90),)
    >>> [found.word for found in near("ترامب", known)]
    ['ترمب', 'تراب']
    """
    matches = [Near(c, frequencies[c]) for c in one_edit_away(word) if c in frequencies]
    matches.sort(key=lambda one: (-one.frequency, one.word))
    return tuple(matches[:limit])
