"""The letter by which a name is known."""

from __future__ import annotations


def first_letter(text: str) -> str:
    """Return the letter that stands for a name, without its article and vowel signs.

    >>> first_letter("الواحة"), first_letter("صحيفة"), first_letter("The Oasis")
    ('و', 'ص', 'T')
    """
    letters = [one for one in text if one.isalnum()]
    if len(letters) > 3 and letters[0] in "اٱ" and letters[1] == "ل":
        letters = letters[2:]
    return letters[0] if letters else ""
