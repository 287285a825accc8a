"""Times as feeds and pages write them become aware moments: Arabic names, both calendars."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import format_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hijridate import Hijri

from khabarayn.arabic.numerals import to_digits

_MONTHS = (
    ("يناير", "جانفي", "كانون الثاني", "كانون ثاني", "كانون ثان", "كانون 2", "ك2", "january",
     "jan", "janvier"),
    ("فبراير", "فيفري", "شباط", "february", "feb", "février", "fevrier"),
    ("مارس", "آذار", "march", "mar", "mars"),
    ("أبريل", "إبريل", "ابريل", "أفريل", "نيسان", "april", "apr", "avril"),
    ("مايو", "ماي", "أيار", "may", "mai"),
    ("يونيو", "يونيه", "يونية", "جوان", "حزيران", "june", "jun", "juin"),
    ("يوليو", "يوليه", "يولية", "يوليوز", "جويلية", "تموز", "july", "jul", "juillet"),
    ("أغسطس", "اوغسطس", "غشت", "أوت", "آب", "august", "aug", "août", "aout"),
    ("سبتمبر", "شتنبر", "أيلول", "september", "sept", "sep", "septembre"),
    ("أكتوبر", "اكتوبر", "تشرين الأول", "تشرين أول", "تشرين 1", "ت1", "october", "oct",
     "octobre"),
    ("نوفمبر", "نونبر", "تشرين الثاني", "تشرين ثاني", "تشرين ثان", "تشرين 2", "ت2", "november",
     "nov", "novembre"),
    ("ديسمبر", "دجنبر", "كانون الأول", "كانون أول", "كانون 1", "ك1", "december", "dec",
     "décembre", "decembre"),
)  # fmt: skip
_HIJRI_MONTHS = (
    ("محرم", "المحرم", "محرم الحرام", "muharram"),
    ("صفر", "صفر الخير", "safar"),
    ("ربيع الأول", "ربيع أول", "ربيع 1", "rabi al-awwal", "rabi i"),
    ("ربيع الآخر", "ربيع الثاني", "ربيع ثاني", "ربيع ثان", "ربيع آخر", "ربيع 2",
     "rabi al-thani", "rabi ii"),
    ("جمادى الأولى", "جمادى الأول", "جمادى أولى", "جمادى أول", "جماد الأول", "جماد أول",
     "جمادى 1", "jumada al-ula", "jumada i"),
    ("جمادى الآخرة", "جمادى الثانية", "جمادى الثاني", "جمادى الآخر", "جمادى ثانية",
     "جمادى آخرة", "جماد الثاني", "جماد الآخر", "جماد ثاني", "جمادى 2", "jumada al-akhirah",
     "jumada al-thani", "jumada ii"),
    ("رجب", "رجب المرجب", "rajab"),
    ("شعبان", "شعبان المعظم", "shaban", "sha'ban"),
    ("رمضان", "رمضان المبارك", "ramadan"),
    ("شوال", "shawwal"),
    ("ذو القعدة", "ذي القعدة", "ذا القعدة", "القعدة", "ذو قعدة", "dhu al-qadah"),
    ("ذو الحجة", "ذي الحجة", "ذا الحجة", "الحجة", "ذو حجة", "dhu al-hijjah"),
)  # fmt: skip
_WEEKDAYS = (
    ("الاثنين", "الإثنين", "mon", "monday", "lundi"), ("الثلاثاء", "tue", "tuesday", "mardi"),
    ("الأربعاء", "الاربعا", "wed", "wednesday", "mercredi"),
    ("الخميس", "thu", "thursday", "jeudi"), ("الجمعة", "fri", "friday", "vendredi"),
    ("السبت", "sat", "saturday", "samedi"), ("الأحد", "sun", "sunday", "dimanche"),
)  # fmt: skip
# Hours from Greenwich. «AST» stands for Arabia in an Arabic feed and for the Atlantic elsewhere.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2,
    "eet": 2, "eest": 3, "sast": 2, "cat": 2, "eat": 3, "msk": 3, "trt": 3, "ksa": 3, "gst": 4,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "adt": -3,
}  # fmt: skip
_CITIES = {
    "غرينتش": "UTC", "جرينتش": "UTC", "غرينيتش": "UTC", "ت.غ": "UTC", "مكه": "Asia/Riyadh",
    "السعوديه": "Asia/Riyadh", "الرياض": "Asia/Riyadh", "القاهره": "Africa/Cairo",
    "مصر": "Africa/Cairo", "بيروت": "Asia/Beirut", "دمشق": "Asia/Damascus",
    "بغداد": "Asia/Baghdad", "عمان": "Asia/Amman", "القدس": "Asia/Hebron", "غزه": "Asia/Gaza",
    "ابوظبي": "Asia/Dubai", "دبي": "Asia/Dubai", "الامارات": "Asia/Dubai",
    "مسقط": "Asia/Muscat", "الدوحه": "Asia/Qatar", "الكويت": "Asia/Kuwait",
    "المنامه": "Asia/Bahrain", "صنعا": "Asia/Aden", "عدن": "Asia/Aden",
    "الخرطوم": "Africa/Khartoum", "طرابلس": "Africa/Tripoli", "تونس": "Africa/Tunis",
    "الجزائر": "Africa/Algiers", "الرباط": "Africa/Casablanca", "المغرب": "Africa/Casablanca",
    "نواكشوط": "Africa/Nouakchott", "لندن": "Europe/London", "باريس": "Europe/Paris",
}  # fmt: skip

_INVISIBLE = re.compile("[\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c]")
_SPELLING = str.maketrans(
    "أإآٱىةؤئ،؛\u00a0\u202f\u060d\u2212\u2010\u2011\u2012\u2013\u2014\u066b",
    "اااايهوي    /------.",
)
_GREGORIAN_YEARS = range(1700, 2200)
_HIJRI_YEARS = range(1300, 1601)
_LONGEST = 120
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _plain(text: str) -> str:
    """``text`` in one spelling: European digits, no marks, one alef, small letters."""
    text = _INVISIBLE.sub("", to_digits(text, "latn")).lower().translate(_SPELLING)
    return " ".join(text.replace("ء", "").split())


def _numbers(names: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    return {_plain(name): n for n, spellings in enumerate(names, 1) for name in spellings}


def _any(names: dict[str, int]) -> str:
    longest = sorted(names, key=len, reverse=True)
    return "|".join(r"\s?".join(map(re.escape, re.split(r" |(?=\d)", name))) for name in longest)


_MONTH_OF, _HIJRI_OF = _numbers(_MONTHS), _numbers(_HIJRI_MONTHS)
_MONTH, _HIJRI = _any(_MONTH_OF), _any(_HIJRI_OF)
_WEEKDAY_OF = _numbers(_WEEKDAYS)
_WEEKDAY = re.compile(rf"(?<!\w)(?:{_any(_WEEKDAY_OF)})(?!\w)")
_END = r"(?![^\W\d_])"
_ORDINAL = r"(?:st|nd|rd|th|er)?"
_OF = r"\W*(?:(?:من|شهر|لشهر|of|de)\W+)*"


def _month_patterns(month: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    second = rf"(?:\W+(?:{_MONTH}){_END})?"
    year = r"\W*(?:(?:عام|سنه|لعام|لسنه)\W+)?(\d{4})(?!\d)"
    return (
        re.compile(rf"(?<!\d)(\d{{1,2}}){_ORDINAL}{_OF}({month}){_END}{second}{year}"),
        re.compile(rf"(?<!\w)({month}){_END}{second}\W+(\d{{1,2}}){_ORDINAL}\W+(\d{{4}})(?!\d)"),
    )


_DAY_FIRST, _MONTH_FIRST = _month_patterns(_MONTH)
_HIJRI_DAY_FIRST, _HIJRI_MONTH_FIRST = _month_patterns(_HIJRI)
_SHORT_YEAR = re.compile(rf"(?<!\d)(\d{{1,2}})\W+({_MONTH}){_END}\W+(\d{{2}})(?=\s+\d{{1,2}}:)")
_YEAR_FIRST_DIGITS = re.compile(r"(?<![\d-])(\d{4})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})(?!\d)")
_YEAR_LAST_DIGITS = re.compile(
    r"(?<![\d:])(\d{1,2})\s*([/.-])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2}(?![:\d]))(?!\d)"
)
_HALF = r"صباحا|مسا|ظهرا|عصرا|ليلا|فجرا|بعد الظهر|قبل الظهر|[ap]\.?\s?m\b\.?|ص|م"
_CLOCK = re.compile(
    rf"(?:(?<!\w)({_HALF})\s*)?(?<![\d:.+-])(\d{{1,2}})(?::|h)(\d{{2}})(?::(\d{{2}})(?:[.,]\d+)?)?"
    rf"(?!\d)(?:\s*({_HALF})(?!\w))?"
)
_SHIFT = re.compile(
    r"(?P<named>(?:etc/)?gmt|utc|ut|z)?(?P<gap>\s?)(?P<sign>[+-])(?P<hours>\d{1,2})"
    r"(?::?(?P<minutes>\d{2}))?(?![\d/.:-])"
)
_PLACE = re.compile(r"\b([a-z]+(?:_[a-z]+)*/[a-z]+(?:[_/-][a-z]+)*)\b")
_WORD = re.compile(r"[a-z]+")
_SECONDS = re.compile(r"\d{10}|\d{13}")


def _zone(rest: str, default: tzinfo, *, arabian: bool) -> tzinfo:
    """The zone that is named in ``rest``, which is what follows the hour."""
    for match in _SHIFT.finditer(rest):
        shift = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
        if shift > timedelta(hours=14):
            continue
        ahead = (match["sign"] == "+") != (match["named"] or "").startswith("etc/")
        return timezone(shift if ahead else -shift)
    if place := _PLACE.search(rest):
        name = "/".join(
            "_".join(word.capitalize() for word in part.split("_")) for part in place[1].split("/")
        )
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            pass
    for word in _WORD.findall(rest):
        if word == "ast":
            return timezone(timedelta(hours=3 if arabian else -4))
        if word in _ZONES:
            return timezone(timedelta(hours=_ZONES[word]))
    for name, place_name in _CITIES.items():
        if name in rest:
            return ZoneInfo(place_name)
    return default


def _gregorian(year: int, month: int, day: int) -> date | None:
    if year not in _GREGORIAN_YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hijri(year: int, month: int, day: int, weekday: int) -> date | None:
    """A Hijri date by the table of Umm al-Qura; where the day of the week that is named with it
    lies one day off (the moon was sighted earlier or later), that day decides."""
    if year not in _HIJRI_YEARS:
        return None
    try:
        gregorian = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    plain = date(gregorian.year, gregorian.month, gregorian.day)
    if weekday and plain.isoweekday() != weekday:
        for shift in (timedelta(days=1), timedelta(days=-1)):
            if (plain + shift).isoweekday() == weekday:
                return plain + shift
    return plain


def _named_month(names: dict[str, int], name: str) -> int:
    without_spaces = {key.replace(" ", ""): number for key, number in names.items()}
    return without_spaces[re.sub(r"\s", "", name)]


def _dates(text: str, weekday: int) -> Iterator[date | None]:
    """Every date in ``text``, those of the Gregorian calendar first: where a paper gives both,
    the Hijri one is the gloss."""
    for match in _DAY_FIRST.finditer(text):
        yield _gregorian(int(match[3]), _named_month(_MONTH_OF, match[2]), int(match[1]))
    for match in _MONTH_FIRST.finditer(text):
        yield _gregorian(int(match[3]), _named_month(_MONTH_OF, match[1]), int(match[2]))
    for match in _SHORT_YEAR.finditer(text):
        yield _gregorian(2000 + int(match[3]), _named_month(_MONTH_OF, match[2]), int(match[1]))
    in_digits = [tuple(map(int, match.groups())) for match in _YEAR_FIRST_DIGITS.finditer(text)]
    in_digits += [
        (int(match[4]) + (2000 if len(match[4]) == 2 else 0), int(match[3]), int(match[1]))
        for match in _YEAR_LAST_DIGITS.finditer(text)
    ]
    for year, month, day in in_digits:
        # Arab papers write the day first; only where that cannot be, the month came first.
        first, second = _gregorian(year, month, day), _gregorian(year, day, month)
        if first and second and weekday and first.isoweekday() != weekday == second.isoweekday():
            first = second
        yield first or second
    for match in _HIJRI_DAY_FIRST.finditer(text):
        month = _named_month(_HIJRI_OF, match[2])
        yield _hijri(int(match[3]), month, int(match[1]), weekday)
    for match in _HIJRI_MONTH_FIRST.finditer(text):
        month = _named_month(_HIJRI_OF, match[1])
        yield _hijri(int(match[3]), month, int(match[2]), weekday)
    for year, month, day in in_digits:
        yield _hijri(year, month, day, weekday)


def _hour(hour: int, half: str) -> int:
    half = half.replace(".", "").replace(" ", "")
    if half in {"م", "مسا", "pm", "عصرا", "بعدالظهر"} or (half == "ليلا" and hour > 5):
        return hour + 12 if hour < 12 else (0 if half == "ليلا" and hour == 12 else hour)
    if half == "ظهرا":
        return hour + 12 if hour < 10 else hour
    if half in {"ص", "صباحا", "am", "فجرا", "قبلالظهر", "ليلا"}:
        return 0 if hour == 12 else hour
    return hour


def _in_words(text: str, default: tzinfo, *, arabian: bool) -> datetime | None:
    plain = _plain(text)
    weekday_match = _WEEKDAY.search(plain)
    weekday = _WEEKDAY_OF[weekday_match[0]] if weekday_match else 0
    day = next(filter(None, _dates(plain, weekday)), None)
    if day is None:
        return None
    clock = _CLOCK.search(plain)
    if clock is None:
        return datetime(day.year, day.month, day.day, tzinfo=default)
    hour = _hour(int(clock[2]), clock[5] or clock[1] or "")
    zone = _zone(plain[clock.end() :], default, arabian=arabian)
    try:
        return datetime(
            day.year, day.month, day.day, hour, int(clock[3]), int(clock[4] or 0), tzinfo=zone
        )
    except ValueError:
        return None


def moment(text: str, default: tzinfo = UTC, *, arabian: bool = True) -> datetime | None:
    """Return the aware moment that ``text`` names, or None when it names none.

    Reads RFC 822 with every way of writing an offset, ISO 8601, seconds since 1970, dates in
    digits (the day first) and with the month names of every Arab region, in the Gregorian and
    the Hijri calendar. A time without a zone is in ``default``, a day without a time begins.
    «AST» is Arabia's time, or the Atlantic's when not ``arabian``.

    >>> moment("الثلاثاء، ٩ أبريل/نيسان ٢٠٢٤ 14:30 +0300").isoformat()
    '2024-04-09T14:30:00+03:00'
    >>> moment("الاثنين, 23 تشرين الثاني 2026 09:05:00 GMT").isoformat()
    '2026-11-23T09:05:00+00:00'
    >>> moment("1448/06/20 7:30 م").isoformat()
    '2026-11-30T19:30:00+00:00'
    >>> moment("Mon, 30 Nov 2026 10:00:00 GMT+3").isoformat()
    '2026-11-30T10:00:00+03:00'
    >>> moment("أمس") is None
    True
    """
    text = _INVISIBLE.sub("", to_digits(text[: _LONGEST * 2], "latn")).strip()[:_LONGEST]
    if not text:
        return None
    if _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    result = None
    with suppress(ValueError):
        result = datetime.fromisoformat(text)
    if result is None or result.year not in _GREGORIAN_YEARS:
        result = _in_words(text, default, arabian=arabian)
    if result is None or result == _EPOCH:
        return None  # what programs write when they know no time
    return result if result.tzinfo else result.replace(tzinfo=default)


def rfc822(when: datetime) -> str:
    """Return ``when`` as RSS writes times."""
    return format_datetime(when)


def iso(when: datetime) -> str:
    """Return ``when`` as ISO 8601 in UTC, whole seconds, with a Z.

    >>> iso(datetime(2026, 11, 23, 9, 5, tzinfo=UTC))
    '2026-11-23T09:05:00Z'
    """
    return when.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def first_moment(
    texts: Iterable[str], zone: tzinfo = UTC, *, arabian: bool = True
) -> tuple[datetime | None, str]:
    """Return the first moment that one of ``texts`` names, or None, and what could not be read."""
    unread_text = ""
    for text in texts:
        if result := moment(text, zone, arabian=arabian):
            return result, ""
        unread_text = unread_text or text.strip()[:40]
    return None, unread_text


def times(
    published: Iterable[str], updated: Iterable[str], zone: tzinfo = UTC, *, arabian: bool = True
) -> tuple[datetime | None, datetime | None, tuple[tuple[str, str], ...]]:
    """Return when a story was published and last changed, with a note when neither is known or
    one cannot be read."""
    first, unread_text = first_moment(published, zone, arabian=arabian)
    last, unread_last = first_moment(updated, zone, arabian=arabian)
    if first is None and (unread_text or last is None):
        # A change is no time of publication where one was named and is not understood.
        note = ("unknown_time", unread_text) if unread_text else ("no_time", "")
        return None, last, (note,)
    return first, last, (("unread_time", unread_last),) if unread_last else ()
