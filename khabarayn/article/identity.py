"""Public ids of stories: short, lower-case, opaque, and stable for what is imported twice."""

from __future__ import annotations

import hashlib
import re
import secrets

# No vowels, so no id spells a word; no 0 1 o l i u, so none is misread aloud.
ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"
LENGTH = 8
PATTERN = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")


def public_id(origin_uri: str) -> str:
    """Return the id of the story that lives at ``origin_uri``, the same on every machine.

    >>> public_id("urn:example:1") == public_id("urn:example:1")
    True
    >>> bool(PATTERN.fullmatch(public_id("urn:example:1")))
    True
    """
    number = int.from_bytes(hashlib.sha256(origin_uri.encode()).digest(), "big")
    letters: list[str] = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[digit])
    return "".join(letters)


def new_public_id() -> str:
    """Return an id that nobody can guess: 28⁸ (3.8 × 10¹¹) possibilities."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
