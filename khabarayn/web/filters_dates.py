"""Filters of templates that write moments, numbers and durations in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import groupby

from flask_babel import get_locale, gettext

from khabarayn.arabic import dates, numerals, plurals
from khabarayn.article.story import Card
from khabarayn.web.site import paper

# Cached: pages format the same few moments, places and languages again and again.
_short_date = lru_cache(maxsize=8192)(dates.short_date)


_time_of_day = lru_cache(maxsize=8192)(dates.time_of_day)


_cached_str = lru_cache(maxsize=64)(str)


_date_line = lru_cache(maxsize=2048)(dates.date_line)


_hijri_date = lru_cache(maxsize=2048)(dates.hijri_date)


def locale_code() -> str:
    """Return the code of the language in which the page is written."""
    return _cached_str(get_locale() or "ar")


def _months() -> dates.Months:
    return paper().months  # type: ignore[return-value]


def _digits() -> numerals.Digits:
    return paper().digits if locale_code().startswith("ar") else "latn"  # type: ignore[return-value]


def date_line(when: datetime) -> str:
    """The moment in full, with by whose clock it is told."""
    site = paper()
    return _date_line(when, site.timezone, _months(), _digits(), locale_code())


def short_date(when: datetime) -> str:
    """Return the day by the paper's clock, short, in the reader's months and digits."""
    return _short_date(when, paper().timezone, _months(), _digits(), locale_code())


def time_of_day(when: datetime) -> str:
    """Return hour and minute by the paper's clock."""
    return _time_of_day(when, paper().timezone, _digits())


def zone_phrase(when: datetime) -> str:
    """Return by whose clock the paper tells times: «بتوقيت مكة»."""
    return dates.zone_phrase(when, paper().timezone, locale_code())


def day_line(when: datetime) -> str:
    """The day in full, without the hour: what stands above the stories of that day."""
    return re.split("[،,] \\S*[0-9٠-٩]+:", date_line(when))[0]


def hijri(when: datetime) -> str:
    """The day in the Umm al-Qura calendar; '' where its months are not known."""
    shift = int(paper().hijri)
    return _hijri_date(when, paper().timezone, _digits(), locale_code(), shift) or ""


def iso(when: datetime) -> str:
    """The moment for machines, on the site's clock, to the second."""
    return when.astimezone(paper().tz).isoformat(timespec="seconds")


def digits(value: object) -> str:
    """``value`` with its digits in the set that the site is read in."""
    return numerals.to_digits(str(value), _digits())


def number(value: float) -> str:
    """Return a count with its thousands marked, in the reader's digits: «142,984»."""
    return numerals.number(value, _digits())


def file_size(size: int) -> str:
    """Return so many bytes as people read them, in the reader's digits."""
    return numerals.file_size(size, _digits(), locale_code())


def reading_time(minutes: int) -> str:
    """How long a story takes, in counted words: «4 دقائق»."""
    if locale_code().startswith("ar"):
        return plurals.count_phrase(minutes, plurals.MINUTES, _digits())
    return gettext("%(count)s دقيقة", count=minutes)


def by_day(cards: Iterable[Card]) -> Iterator[tuple[datetime, list[Card]]]:
    """Yield the cards, which stand newest first, in groups of one calendar day of the site."""
    zone = paper().tz
    for _, group in groupby(cards, lambda card: card.published_at.astimezone(zone).date()):
        stories = list(group)
        yield stories[0].published_at, stories
