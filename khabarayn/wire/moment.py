"""Times as feeds write them, Arabic day and month names included, become aware moments."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import format_datetime, parsedate_to_datetime

from khabarayn.arabic.normalise import fold
from khabarayn.arabic.numerals import to_digits

_MONTHS = (
    ("يناير", "جانفي", "كانون الثاني", "january", "jan"),
    ("فبراير", "فيفري", "شباط", "february", "feb"),
    ("مارس", "آذار", "march", "mar"),
    ("أبريل", "إبريل", "أفريل", "نيسان", "april", "apr"),
    ("مايو", "ماي", "أيار", "may"),
    ("يونيو", "يونيه", "جوان", "حزيران", "june", "jun"),
    ("يوليو", "يوليه", "يوليوز", "جويلية", "تموز", "july", "jul"),
    ("أغسطس", "غشت", "أوت", "آب", "august", "aug"),
    ("سبتمبر", "شتنبر", "أيلول", "september", "sept", "sep"),
    ("أكتوبر", "تشرين الأول", "october", "oct"),
    ("نوفمبر", "نونبر", "تشرين الثاني", "november", "nov"),
    ("ديسمبر", "دجنبر", "كانون الأول", "december", "dec"),
)
_MONTH_OF = {
    " ".join(fold(name).split()): number
    for number, names in enumerate(_MONTHS, 1)
    for name in names
}
_MONTH = "|".join(sorted((re.escape(name) for name in _MONTH_OF), key=len, reverse=True))
_DATE = re.compile(rf"(?<!\d)(\d{{1,2}})\W+({_MONTH})(?:\W+(?:{_MONTH}))?\W+(\d{{4}})(?!\d)")
_DATE_MONTH_FIRST = re.compile(rf"(?<!\w)({_MONTH})\W+(\d{{1,2}})\W+(\d{{4}})(?!\d)")
_DATE_IN_DIGITS = re.compile(r"(?<!\d)(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)")
_TIME = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(ص|م|صباحا|مساء?|am|pm)?(?!\w)")
_ZONE = re.compile(r"(?:gmt|utc)?\s*([+-])(\d{1,2}):?(\d{2})?(?!\d)")
_NAMED_ZONES = {"gmt": 0, "utc": 0, "غرينتش": 0, "جرينتش": 0, "مكه": 3, "السعوديه": 3}


def _zone(text: str, default: tzinfo) -> tzinfo:
    found = _ZONE.search(text)
    if found:
        shift = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        if shift <= timedelta(hours=14):
            return timezone(shift if found[1] == "+" else -shift)
    for name, hours in _NAMED_ZONES.items():
        if name in text:
            return timezone(timedelta(hours=hours))
    return default


def _arabic(text: str, default: tzinfo) -> datetime | None:
    plain = to_digits(text, "latn")
    shift = plain  # folding drops the plus and the minus that a zone needs
    plain = " ".join(re.sub(r"[^\w:/.+-]+", " ", fold(plain)).split())
    if found := _DATE.search(plain):
        day, month, year = int(found[1]), _MONTH_OF[found[2]], int(found[3])
    elif found := _DATE_MONTH_FIRST.search(plain):
        month, day, year = _MONTH_OF[found[1]], int(found[2]), int(found[3])
    elif found := _DATE_IN_DIGITS.search(plain):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    else:
        return None
    hour = minute = second = 0
    after = ""
    if clock := _TIME.search(plain):
        hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
        half = (clock[4] or "")[:1]
        if half in {"م", "p"} and hour < 12:
            hour += 12
        elif half in {"ص", "a"} and hour == 12:
            hour = 0
        after = fold(shift)[-30:] if not re.search(r"[+-]\d", shift) else shift[-12:]
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=_zone(after, default))
    except ValueError:
        return None


def moment(text: str, default: tzinfo = UTC) -> datetime | None:
    """Return the aware moment that ``text`` names, or None when it names none.

    Reads RFC 822, ISO 8601 and dates with Arabic month names of every region; a time without a
    zone is in ``default``.

    >>> moment("الثلاثاء، ٩ أبريل/نيسان ٢٠٢٤ 14:30 +0300").isoformat()
    '2024-04-09T14:30:00+03:00'
    >>> moment("الاثنين, 23 تشرين الثاني 2026 09:05:00 GMT").isoformat()
    '2026-11-23T09:05:00+00:00'
    >>> moment("أمس") is None
    True
    """
    text = text.strip()[:120]
    if not text:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
        except (ValueError, TypeError, OverflowError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=default)
    return _arabic(text, default)


def rfc822(when: datetime) -> str:
    """Return ``when`` as RSS writes times."""
    return format_datetime(when)


def iso(when: datetime) -> str:
    """Return ``when`` as ISO 8601 in UTC, whole seconds, with a Z.

    >>> iso(datetime(2026, 11, 23, 9, 5, tzinfo=UTC))
    '2026-11-23T09:05:00Z'
    """
    return when.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
