"""Dates as readers in Beirut, Algiers, Rabat and Mecca write them."""

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarayn.arabic.dates import (
    MONTHS,
    Months,
    date_line,
    hijri_date,
    relative,
    short_date,
    time_of_day,
    zone_phrase,
)

WHEN = datetime(2026, 11, 23, 6, 40, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # six in the evening in Mecca


@pytest.mark.parametrize(
    ("months", "written"),
    [
        ("dual", "نوفمبر/تشرين الثاني"),
        ("western", "نوفمبر"),
        ("levantine", "تشرين الثاني"),
        ("algerian", "نوفمبر"),
        ("moroccan", "نونبر"),
    ],
)
def test_each_style_has_its_own_november(months: Months, written: str):
    line = date_line(WHEN, "Asia/Riyadh", months)
    assert line == f"الاثنين 23 {written} 2026، 09:40 بتوقيت مكة"


def test_every_style_has_twelve_different_months():
    assert all(len(set(names)) == 12 for names in MONTHS.values())


def test_the_browser_knows_the_same_months():
    script = Path(__file__).resolve().parents[2] / "static/js/pure/months.js"
    styles = re.findall(r'(\w+):\s*"([^"]+)"\.split', script.read_text("utf-8"))
    told = {style: tuple(names.split(",")) for style, names in styles}
    assert told == {style: names for style, names in MONTHS.items() if style != "dual"}


def test_indic_digits_reach_every_number_of_the_line():
    line = date_line(WHEN, "Asia/Beirut", "levantine", "arab")
    assert line == "الاثنين ٢٣ تشرين الثاني ٢٠٢٦، ٠٨:٤٠ بتوقيت بيروت"


def test_the_day_is_that_of_the_zone_not_of_greenwich():
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    assert short_date(late, "Asia/Riyadh") == "24 نوفمبر 2026"
    assert time_of_day(late, "Asia/Riyadh") == "01:30"
    assert date_line(late, "Asia/Riyadh").startswith("الثلاثاء 24")


@pytest.mark.parametrize(
    ("zone", "phrase"),
    [
        ("Asia/Riyadh", "بتوقيت مكة"),
        ("UTC", "بتوقيت غرينتش"),
        ("Africa/Abidjan", "بتوقيت غرينتش"),
        ("America/Caracas", "بتوقيت غرينتش-4"),
        ("Asia/Kathmandu", "بتوقيت غرينتش+5:45"),
        ("America/St_Johns", "بتوقيت غرينتش-3:30"),
    ],
)
def test_a_known_zone_has_a_city_and_any_other_its_distance_from_greenwich(zone: str, phrase: str):
    assert zone_phrase(WHEN, zone) == phrase


def test_a_fixed_offset_serves_as_a_zone():
    assert time_of_day(WHEN, timezone(timedelta(hours=-3))) == "03:40"
    assert zone_phrase(WHEN, timezone(timedelta(hours=-3))) == "بتوقيت غرينتش-3"


@pytest.mark.parametrize(
    ("age", "written"),
    [
        (timedelta(seconds=-30), "الآن"),
        (timedelta(seconds=59), "الآن"),
        (timedelta(minutes=1), "قبل دقيقة"),
        (timedelta(minutes=2, seconds=59), "قبل دقيقتين"),
        (timedelta(minutes=10), "قبل 10 دقائق"),
        (timedelta(minutes=59), "قبل 59 دقيقة"),
        (timedelta(hours=2), "قبل ساعتين"),
        (timedelta(hours=3), "قبل 3 ساعات"),
        (timedelta(hours=23, minutes=59), "قبل 23 ساعة"),
        (timedelta(hours=24), "أمس"),
        (timedelta(hours=41, minutes=59), "أمس"),
        (timedelta(hours=42, minutes=1), "قبل يومين"),
        (timedelta(days=3), "قبل 3 أيام"),
        (timedelta(days=7), "قبل 7 أيام"),
        (timedelta(days=8), None),
        (timedelta(minutes=-2), None),
    ],
)
def test_an_age_is_told_in_right_grammar(age: timedelta, written: str | None):
    assert relative(NOW - age, NOW) == written


def test_an_age_is_told_in_english_and_in_indic_digits():
    assert relative(NOW - timedelta(minutes=11), NOW, digits="arab") == "قبل ١١ دقيقة"
    assert relative(NOW - timedelta(minutes=11), NOW, locale="en") == "11 minutes ago"
    assert relative(NOW - timedelta(hours=1), NOW, locale="en-GB") == "1 hour ago"
    assert relative(NOW, NOW, locale="en") == "now"
    assert relative(NOW - timedelta(hours=3), NOW, locale="fr") == "il y a 3 heures"


def test_hijri_dates_stop_where_the_calendar_is_known():
    assert hijri_date(datetime(2026, 2, 18, 9, tzinfo=UTC), "Asia/Riyadh") == "1 رمضان 1447 هـ"
    assert hijri_date(datetime(1924, 7, 31, tzinfo=UTC), "UTC") is None
    assert hijri_date(datetime(1924, 8, 1, tzinfo=UTC), "UTC") == "1 محرم 1343 هـ"
    assert hijri_date(datetime(2077, 11, 17, tzinfo=UTC), "UTC") is None


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        date_line(datetime(2026, 11, 23), "Asia/Riyadh")


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1800, 1, 2)))
def test_no_date_carries_an_invisible_mark(when: datetime):
    for locale in ("ar", "en", "fa", "he"):
        for written in (
            date_line(when, "UTC", locale=locale),
            short_date(when, "UTC", locale=locale),
            relative(when, when + timedelta(hours=5), "UTC", locale=locale) or "",
        ):
            assert not set(written) & set("\u200e\u200f\u061c")
