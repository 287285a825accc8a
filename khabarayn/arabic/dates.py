"""Write dates, times and ages in Arabic, in the month names of each part of the Arab world."""

from datetime import datetime, timedelta, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_timedelta
from hijridate import Gregorian

from khabarayn.arabic.numerals import Digits, to_digits
from khabarayn.arabic.plurals import Forms, category

Months = Literal["dual", "western", "levantine", "algerian", "moroccan"]

_WESTERN = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
    "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip
_LEVANTINE = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
)  # fmt: skip
_ALGERIAN = (
    "جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان",
    "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip
_MOROCCAN = (
    "يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو",
    "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر",
)  # fmt: skip
_DUAL = tuple(f"{west}/{east}" for west, east in zip(_WESTERN, _LEVANTINE, strict=True))

MONTHS: dict[Months, tuple[str, ...]] = {
    "dual": _DUAL,
    "western": _WESTERN,
    "levantine": _LEVANTINE,
    "algerian": _ALGERIAN,
    "moroccan": _MOROCCAN,
}
"""January to December in each style; ``algerian`` is Tunisia's style, too."""

WEEKDAYS = ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
HIJRI_MONTHS = (
    "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
    "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة",
)  # fmt: skip
ZONES = {
    "Africa/Algiers": "الجزائر", "Africa/Cairo": "القاهرة", "Africa/Casablanca": "المغرب",
    "Africa/Djibouti": "جيبوتي", "Africa/Khartoum": "الخرطوم", "Africa/Mogadishu": "مقديشو",
    "Africa/Nouakchott": "نواكشوط", "Africa/Tripoli": "طرابلس", "Africa/Tunis": "تونس",
    "America/New_York": "نيويورك", "Asia/Aden": "عدن", "Asia/Amman": "عمّان",
    "Asia/Baghdad": "بغداد", "Asia/Bahrain": "المنامة", "Asia/Beirut": "بيروت",
    "Asia/Damascus": "دمشق", "Asia/Dubai": "أبوظبي", "Asia/Gaza": "غزة",
    "Asia/Hebron": "القدس", "Asia/Jerusalem": "القدس", "Asia/Kuwait": "الكويت",
    "Asia/Muscat": "مسقط", "Asia/Qatar": "الدوحة", "Asia/Riyadh": "مكة",
    "Asia/Tehran": "طهران", "Europe/Berlin": "برلين", "Europe/Istanbul": "إسطنبول",
    "Europe/London": "لندن", "Europe/Moscow": "موسكو", "Europe/Paris": "باريس",
    "UTC": "غرينتش", "Etc/UTC": "غرينتش",
}  # fmt: skip
"""The city by whose clock a newsroom names each zone."""

# After قبل a noun is genitive, and its number follows the noun's own rules.
_MINUTES_AGO = Forms("", "دقيقة", "دقيقتين", "دقائق", "دقيقة", "دقيقة")
_HOURS_AGO = Forms("", "ساعة", "ساعتين", "ساعات", "ساعة", "ساعة")
_DAYS_AGO = Forms("", "يوم", "يومين", "أيام", "يومًا", "يوم")
_DAYS_SPOKEN_OF = 7
_SPOKEN = {"ar": ("الآن", "أمس"), "en": ("now", "yesterday")}
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_BABEL_MARKS = str.maketrans("", "", "\u200e\u200f\u061c")


def _local(when: datetime, tz: str | tzinfo) -> datetime:
    if when.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return when.astimezone(ZoneInfo(tz) if isinstance(tz, str) else tz)


def _babel_name(locale: str) -> str:
    return locale.replace("-", "_")


def _language(locale: str) -> str:
    return _babel_name(locale).split("_")[0]


def _gmt(local: datetime, greenwich: str) -> str:
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    if minutes == 0:
        return greenwich
    hours, rest = divmod(abs(minutes), 60)
    return f"{greenwich}{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")


def zone_phrase(when: datetime, tz: str | tzinfo, locale: str = "ar") -> str:
    """Return by whose clock a time is told: a city's where one is known, else Greenwich's.

    >>> noon = datetime.fromisoformat("2026-11-23T12:00+00:00")
    >>> zone_phrase(noon, "Asia/Riyadh"), zone_phrase(noon, "Asia/Kolkata")
    ('بتوقيت مكة', 'بتوقيت غرينتش+5:30')
    >>> zone_phrase(noon, "Asia/Riyadh", locale="en")
    'GMT+3'
    """
    local = _local(when, tz)
    if _language(locale) != "ar":
        return _gmt(local, "GMT")
    key = tz if isinstance(tz, str) else str(getattr(tz, "key", None) or tz)
    return f"بتوقيت {ZONES.get(key) or _gmt(local, 'غرينتش')}"


def time_of_day(when: datetime, tz: str | tzinfo, digits: Digits = "latn") -> str:
    """Return the hour and minute of ``when``, an aware moment, on the clock of ``tz``.

    >>> time_of_day(datetime.fromisoformat("2026-11-23T06:40+00:00"), "Asia/Riyadh")
    '09:40'
    """
    return to_digits(f"{_local(when, tz):%H:%M}", digits)


def date_line(
    when: datetime,
    tz: str | tzinfo,
    months: Months = "dual",
    digits: Digits = "latn",
    locale: str = "ar",
) -> str:
    """Return ``when``, an aware moment, in full: weekday, date, hour and by whose clock.

    Languages other than Arabic are written by Babel. A naive moment raises ``ValueError``.

    >>> when = datetime.fromisoformat("2026-11-23T06:40+00:00")
    >>> date_line(when, "Asia/Riyadh")
    'الاثنين 23 نوفمبر/تشرين الثاني 2026، 09:40 بتوقيت مكة'
    >>> date_line(when, "Africa/Algiers", months="algerian", digits="arab")
    'الاثنين ٢٣ نوفمبر ٢٠٢٦، ٠٧:٤٠ بتوقيت الجزائر'
    >>> date_line(when, "Asia/Riyadh", locale="en")
    'Monday, November 23, 2026, 09:40 GMT+3'
    """
    local = _local(when, tz)
    zone = zone_phrase(when, tz, locale)
    if _language(locale) != "ar":
        day = format_date(local, "full", locale=_babel_name(locale)).translate(_BABEL_MARKS)
        return f"{day}, {local:%H:%M} {zone}"
    day = f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[months][local.month - 1]} {local.year}"
    return to_digits(f"{day}، {local:%H:%M} {zone}", digits)


def short_date(
    when: datetime,
    tz: str | tzinfo,
    months: Months = "western",
    digits: Digits = "latn",
    locale: str = "ar",
) -> str:
    """Return the date of ``when``, an aware moment, for cards and lists, its month named as in
    ``date_line``: a page names its months in one way.

    >>> when = datetime.fromisoformat("2026-11-23T06:40+00:00")
    >>> short_date(when, "Asia/Riyadh"), short_date(when, "Asia/Beirut", months="levantine")
    ('23 نوفمبر 2026', '23 تشرين الثاني 2026')
    >>> short_date(when, "Asia/Riyadh", locale="en")
    'Nov 23, 2026'
    """
    local = _local(when, tz)
    if _language(locale) != "ar":
        return format_date(local, "medium", locale=_babel_name(locale)).translate(_BABEL_MARKS)
    return to_digits(f"{local.day} {MONTHS[months][local.month - 1]} {local.year}", digits)


def hijri_date(
    when: datetime,
    tz: str | tzinfo,
    digits: Digits = "latn",
    locale: str = "ar",
    shift: int = 0,
) -> str | None:
    """Return the Hijri date of ``when`` by the Umm al-Qura calendar; None outside 1343-1500 AH.

    ``shift`` is in days, for countries that begin their months by the sighted moon: with 1 the
    date is a day further on. Languages other than Arabic are given the months' usual Latin names.

    >>> hijri_date(datetime.fromisoformat("2026-11-23T06:40+00:00"), "Asia/Riyadh")
    '13 جمادى الآخرة 1448 هـ'
    >>> hijri_date(datetime.fromisoformat("2026-11-23T06:40+00:00"), "Asia/Riyadh", locale="en")
    '13 Jumada al-Akhirah 1448 AH'
    >>> hijri_date(datetime.fromisoformat("2026-11-23T06:40+00:00"), "Asia/Riyadh", shift=-1)
    '12 جمادى الآخرة 1448 هـ'
    >>> hijri_date(datetime.fromisoformat("1900-01-01T00:00+00:00"), "Asia/Riyadh") is None
    True
    """
    local = _local(when, tz)
    local += shift * _DAY
    try:
        hijri = Gregorian(local.year, local.month, local.day).to_hijri()
    except OverflowError:
        return None
    if _language(locale) != "ar":
        return f"{hijri.day} {hijri.month_name()} {hijri.year} AH"
    return to_digits(f"{hijri.day} {HIJRI_MONTHS[hijri.month - 1]} {hijri.year} هـ", digits)


def _ago(count: int, forms: Forms, digits: Digits) -> str:
    form = category(count)
    noun: str = getattr(forms, form)
    return f"قبل {noun}" if form in ("one", "two") else to_digits(f"قبل {count} {noun}", digits)


def relative(
    when: datetime,
    now: datetime,
    tz: str | tzinfo = "Asia/Riyadh",
    digits: Digits = "latn",
    locale: str = "ar",
) -> str | None:
    """Return how long ago ``when`` was, both aware; None past a week or more than a minute ahead.

    Yesterday and the days before it are those of the calendar of ``tz``.

    >>> now = datetime.fromisoformat("2026-11-23T18:00+03:00")
    >>> [relative(now - timedelta(minutes=m), now) for m in (0, 1, 2, 3, 11)]
    ['الآن', 'قبل دقيقة', 'قبل دقيقتين', 'قبل 3 دقائق', 'قبل 11 دقيقة']
    >>> [relative(now - timedelta(hours=h), now) for h in (1, 10, 30, 48, 24 * 7, 24 * 8)]
    ['قبل ساعة', 'قبل 10 ساعات', 'أمس', 'قبل يومين', 'قبل 7 أيام', None]
    >>> [relative(now - timedelta(hours=h), now, locale="en") for h in (2, 30, 48)]
    ['2 hours ago', 'yesterday', '2 days ago']
    """
    age = now - when
    if age < -_MINUTE:
        return None
    days = (_local(now, tz).date() - _local(when, tz).date()).days
    if days > _DAYS_SPOKEN_OF:
        return None
    if age < _MINUTE:
        unit, forms, count = _MINUTE, _MINUTES_AGO, 0
    elif age < _HOUR:
        unit, forms, count = _MINUTE, _MINUTES_AGO, age // _MINUTE
    elif age < _DAY:
        unit, forms, count = _HOUR, _HOURS_AGO, age // _HOUR
    else:
        unit, forms, count = _DAY, _DAYS_AGO, days
    language = _language(locale)
    if language in _SPOKEN and (count == 0 or (unit, count) == (_DAY, 1)):
        return _SPOKEN[language][count]
    if language == "ar":
        return _ago(count, forms, digits)
    age_in_units = -count * unit
    phrase = format_timedelta(
        age_in_units, threshold=1, add_direction=True, locale=_babel_name(locale)
    )
    return phrase.translate(_BABEL_MARKS)
