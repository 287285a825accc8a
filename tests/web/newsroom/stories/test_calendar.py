"""The calendar shows a month of scheduled stories, each on its day by the paper's clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import time_machine
from factories.story import BY, proposal

from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.schedule import schedule

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)


def scheduled(app, at: datetime, **given) -> str:
    with app.app_context():
        story = draft(proposal(**given), BY)
        schedule(story, BY, at)
    return story


@pytest.fixture
def editor(enter):
    with time_machine.travel(NOW, tick=False):
        yield enter("editor")


def test_a_story_stands_on_its_day_by_the_papers_clock(app, editor):
    # 22:30 in UTC is past midnight in Riyadh.
    story = scheduled(app, datetime(2026, 11, 20, 22, 30, tzinfo=UTC), headline="جسر الليل")
    page = editor.get("/newsroom/calendar/2026-11").text
    assert f"/newsroom/stories/{story}" in page
    before, after = page.split("جسر الليل", 1)
    assert max(map(int, re.findall(r">\s*(\d{1,2})\s*<", before))) == 21
    assert "22" in after


def test_the_present_month_is_shown_without_one_in_the_address(app, editor):
    scheduled(app, datetime(2026, 11, 29, 9, tzinfo=UTC), headline="في الشهر نفسه")
    scheduled(app, datetime(2026, 12, 1, 9, tzinfo=UTC), headline="في الشهر القادم")
    page = editor.get("/newsroom/calendar").text
    assert "في الشهر نفسه" in page
    assert "في الشهر القادم" not in page
    assert "/newsroom/calendar/2026-12" in page
    assert "/newsroom/calendar/2026-10" in page


def test_a_years_end_leads_on_to_the_next_year(editor):
    page = editor.get("/newsroom/calendar/2026-12").text
    assert "/newsroom/calendar/2027-01" in page
    assert "/newsroom/calendar/2026-11" in page


@pytest.mark.parametrize(("month", "missing"), [("2000-01", "1999-12"), ("2099-12", "2100-01")])
def test_nothing_leads_beyond_the_years_that_there_are(editor, month, missing):
    page = editor.get(f"/newsroom/calendar/{month}")
    assert page.status_code == 200
    assert missing not in page.text


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "2026-1", "1999-12", "now"])
def test_what_is_no_month_is_not_found(editor, month):
    assert editor.get(f"/newsroom/calendar/{month}").status_code == 404
