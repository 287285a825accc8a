"""The rules of passwords in the newsroom, and their hashes.

NIST SP 800-63B-4: length is what counts, 15 characters where the password stands alone and 8 beside
a second factor; no rules of composition, no expiry, and nothing that everybody tries first.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _

from khabarayn.desk.refused import Refused
from khabarayn.messages.amounts import characters

SHORTEST = 15
SHORTEST_WITH_FACTOR = 8
LONGEST = 500
_hasher = PasswordHasher()
# One at a time: each takes a whole core and 64 MiB, and anybody causes one by trying to sign in.
_one = threading.Lock()
_COMMON = Path(__file__).with_name("common_passwords.txt")


def normalise_password(password: str) -> str:
    """Return the password as it is hashed: one form for what looks the same (RFC 8265)."""
    return unicodedata.normalize("NFC", password[: LONGEST + 1])


def hash_password(
    password: str, *, second_factor: bool = False, personal: tuple[str, ...] = ()
) -> str:
    """Return the argon2id hash of a password that meets the rules.

    ``personal`` are words that anybody would try for this person. Raises `Refused`.
    """
    password = normalise_password(password)
    least = SHORTEST_WITH_FACTOR if second_factor else SHORTEST
    if len(password) < least:
        raise Refused("password", _("كلمة المرور أقصر من %(limit)s.", limit=characters(least)))
    if len(password) > LONGEST:
        raise Refused("password", _("كلمة المرور أطول من %(limit)s.", limit=characters(LONGEST)))
    if _guessable(password.casefold(), personal):
        raise Refused("password", _("كلمة المرور هذه من أول ما يُجرَّب. اختر غيرها."))
    with _one:
        return _hasher.hash(password)


def fits(hash_: str, password: str) -> bool:
    """Say whether the password is the one behind the hash."""
    try:
        with _one:
            return _hasher.verify(hash_, normalise_password(password))
    except (VerificationError, InvalidHashError):
        return False


def _guessable(password: str, personal_words: tuple[str, ...]) -> bool:
    plain = re.sub(r"[\W_]+", "", password)
    if len(set(plain)) < 4 or _is_run(plain):
        return True
    words = {re.sub(r"[\W_]+", "", word.casefold()) for word in personal_words}
    if any(len(word) > 3 and len(plain.replace(word, "")) < 4 for word in words):
        return True
    return plain in common() or plain.rstrip("0123456789") in common()


def _is_run(text: str) -> bool:
    """Say whether the characters follow one another, as in 12345678, or repeat a few."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return len(steps) == 1 or (len(text) > 2 * len(set(text)) and text in text[:8] * len(text))


@cache
def common() -> frozenset[str]:
    """Return what is tried first everywhere, in lower case, letters and digits alone."""
    lines = _COMMON.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
