"""Bytes of unknown or falsely declared encoding become text: the letters decide, not the label."""

from __future__ import annotations

import codecs
import re

from khabarayn.wire.fault import Fault, WireError

MAX_BYTES = 10 * 1024 * 1024

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LABEL = re.compile(rb"(?:encoding|charset)\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,30})", re.I)
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]")
_ARABIC_PAIR = re.compile("[\u0621-\u063a\u0641-\u064a]{2}")
# What UTF-8 Arabic looks like after somebody read it as Western European: «Ø§Ù„».
_MOJIBAKE = re.compile("[ØÙ][\u0080-\u00bf\u0152-\u0178\u2013-\u203a\u20ac\u2122\u02c6\u02dc]")
_ARABIC_LABELS = ("windows-1256", "iso-8859-6")


def _label(data: bytes) -> str:
    match = _LABEL.search(data[:2048])
    if not match:
        return ""
    try:
        return codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return ""


def _undouble(text: str) -> str:
    if len(_MOJIBAKE.findall(text)) < 4 or _ARABIC_PAIR.search(text):
        return text
    # cp1252 leaves five bytes undefined; what browsers made of them were the C1 controls.
    raw = bytearray()
    for character in text:
        try:
            raw += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return text
            raw.append(ord(character))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return text


def decode(data: bytes, charset: str = "") -> str:
    """Return ``data`` as text, whatever its label says.

    ``charset`` is that of an HTTP header, if there was one. Valid UTF-8 is UTF-8; what is
    not is read as its label says unless that label is UTF-8, and then as windows-1256 when that
    gives Arabic words. Raises `WireError` («too_big», «empty»).

    >>> decode('<?xml version="1.0" encoding="UTF-8"?><t>أخبار</t>'.encode("windows-1256"))
    '<?xml version="1.0" encoding="UTF-8"?><t>أخبار</t>'
    >>> decode("Ø§Ù„Ø£Ø®Ø¨Ø§Ø±".encode())
    'الأخبار'
    """
    if len(data) > MAX_BYTES:
        raise WireError(Fault("too_big", detail=str(MAX_BYTES // 1024 // 1024)))
    if not data.strip(b" \t\r\n\x00"):
        raise WireError(Fault("empty"))
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    try:
        return _undouble(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    labels = []
    for name in (charset, _label(data)):
        try:
            labels.append(codecs.lookup(name).name)
        except LookupError:
            continue
    for name in labels:
        if name not in {"utf-8", "ascii"}:
            try:
                return data.decode(name)
            except UnicodeDecodeError:
                continue
    loose = data.decode("utf-8", "replace")
    if len(_ARABIC.findall(loose)) > 10 * loose.count("\ufffd"):
        return loose  # UTF-8 with a few broken bytes
    guesses = [data.decode(name, "replace") for name in _ARABIC_LABELS]
    best = max(guesses, key=lambda text: len(_ARABIC_PAIR.findall(text)) - text.count("\ufffd"))
    return best if _ARABIC_PAIR.search(best) else data.decode("cp1252", "replace")
