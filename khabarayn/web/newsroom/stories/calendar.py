"""The calendar of scheduled stories, a month a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import ClassVar

from babel.dates import format_date
from flask import current_app, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from khabarayn.arabic.dates import MONTHS, WEEKDAYS
from khabarayn.settings import Settings, settings_of
from khabarayn.store.db import now
from khabarayn.store.queries.story_lists import StorySummary, scheduled_between
from khabarayn.web.newsroom.access import needs, person
from khabarayn.web.newsroom.stories.story_lists import wanted_of
from khabarayn.web.newsroom.stories.workflow import story_url
from khabarayn.web.page import Page

# Saturday, Sunday … Friday: the week of most of the Arab world.
_FIRST = 5
YEARS = (2000, 2099)


@dataclass(frozen=True)
class Entry:
    """A scheduled story in the calendar, and the address where it is edited."""

    story: StorySummary
    url: str


@dataclass(frozen=True)
class Day:
    """``number`` is 0 for a box that belongs to another month."""

    number: int
    name: str
    today: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class CalendarPage(Page):
    """A month of scheduled stories, by day; ``days`` begins with blank ones, as its week does."""

    template: ClassVar[str] = "newsroom/stories/calendar.html"

    title: str
    weekdays: tuple[str, ...]
    days: tuple[Day, ...]
    total: int
    before_url: str
    after_url: str
    list_url: str


@needs("newsroom.see")
def calendar(month: tuple[int, int] | None = None) -> str:
    """The month as «2026-11», or the present one, by the site's clock."""
    settings = settings_of(current_app.config)
    today = now().astimezone(settings.tz).date()
    first = date(*month, 1) if month else today.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    start, end = (datetime.combine(d, datetime.min.time(), settings.tz) for d in (first, after))
    stories = scheduled_between(start, end, wanted_of(person()))
    by_day = {
        day: tuple(Entry(story, story_url(story.id)) for story in group)
        for day, group in groupby(stories, lambda s: _day_of(s, settings))
    }
    empty = (first.weekday() - _FIRST) % 7
    boxes = [Day(0, "", False, ())] * empty
    for number in range((after - first).days):
        day = first + timedelta(days=number)
        boxes.append(Day(day.day, _weekday(day), day == today, by_day.get(day, ())))
    before = first - timedelta(days=1)
    week = [date(2026, 1, 3) + timedelta(days=number) for number in range(7)]
    return CalendarPage(
        title=_("الأخبار المجدولة: %(month)s", month=_month(first, settings)),
        weekdays=tuple(_weekday(day) for day in week),
        days=tuple(boxes),
        total=len(stories),
        before_url=_url(before),
        after_url=_url(after),
        list_url=url_for("newsroom.story_list", shelf="scheduled"),
    ).render()


def _url(day: date) -> str:
    inside = YEARS[0] <= day.year <= YEARS[1]
    return url_for("newsroom.calendar_of", month=(day.year, day.month)) if inside else ""


def _day_of(story: StorySummary, settings: Settings) -> date:
    assert story.publish_at is not None
    return story.publish_at.astimezone(settings.tz).date()


def _arabic() -> bool:
    return str(get_locale() or "ar").startswith("ar")


def _weekday(day: date) -> str:
    if _arabic():
        return WEEKDAYS[day.weekday()]
    return format_date(day, "EEEE", locale=str(get_locale()))


def _month(day: date, settings: Settings) -> str:
    if _arabic():
        names = MONTHS[settings.months]  # type: ignore[index]
        return f"{names[day.month - 1]} {day.year}"
    return format_date(day, "MMMM y", locale=str(get_locale()))
