"""Dates as the paper wants them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from khabarayn.arabic.dates import date_line, hijri_date
from khabarayn.desk.arrange.site_settings import PaperSettings, set_site
from khabarayn.desk.by import By
from khabarayn.desk.refused import Refused
from khabarayn.settings import Settings, SettingsError
from khabarayn.web import filters_dates as filters

WHEN = datetime(2026, 11, 23, 6, 40, tzinfo=UTC)


def test_a_paper_that_sights_the_moon_is_a_day_before_or_after_the_table(app):
    with app.test_request_context("/"):
        assert filters.hijri(WHEN) == "13 جمادى الآخرة 1448 هـ"
    for shift, day in (("1", "14"), ("-1", "12")):
        with app.app_context():
            set_site(PaperSettings(hijri=shift), By("tests"), ())
        with app.test_request_context("/"):
            assert filters.hijri(WHEN) == f"{day} جمادى الآخرة 1448 هـ"
    with app.app_context(), pytest.raises(Refused):
        set_site(PaperSettings(hijri="2"), By("tests"), ())


def test_the_environment_says_no_other_shift():
    with pytest.raises(SettingsError):
        replace(Settings(), hijri="3").check()


@pytest.mark.parametrize("year", [1890, 1923, 2078, 2120])
def test_a_day_outside_the_table_has_no_hijri_date(year):
    assert hijri_date(datetime(year, 1, 1, tzinfo=UTC), "UTC", shift=1) is None


def test_monday_is_written_as_most_papers_do():
    assert date_line(WHEN, "Asia/Riyadh").startswith("الاثنين 23")
