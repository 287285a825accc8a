"""The report of an import: for people in their language, for programs in both."""

from __future__ import annotations

import json

import pytest
from flask_babel import gettext

from khabarayn.ingest.report import ACCEPTED, REFUSED, UPDATED, Report, Row, in_both
from khabarayn.wire.fault import Spot

pytestmark = pytest.mark.usefixtures("app_context")

WHY = ("بلا عنوان", "no headline")
ROWS = (
    Row(ACCEPTED, "a.json", headline="الجسر", id="22222222"),
    Row(ACCEPTED, "b.json", notes=(("بلا صورة", "no picture"),)),
    Row(REFUSED, "c.xml", Spot(item=3, line=40), WHY),
)


def test_a_refused_story_is_one_line_with_its_place_and_reason():
    line = ROWS[2].text("en")
    assert "c.xml" in line
    assert "40" in line
    assert line.endswith("no headline")
    assert ROWS[2].text("ar").endswith("بلا عنوان")


def test_only_rows_that_somebody_should_look_at_are_printed_and_then_the_sum():
    lines = list(Report(ROWS).lines("en"))
    assert len(lines) == 4
    assert lines[0].startswith("accepted: b.json")
    assert lines[1] == "  no picture"
    assert "c.xml" in lines[2]
    assert "accepted: 2" in lines[3]
    assert "updated: 0" in lines[3]


def test_sections_that_the_paper_does_not_have_are_named_with_their_numbers():
    lines = list(Report((), unknown_sections={"culture": 7}).lines("ar"))
    assert "culture (7)" in lines[0]
    assert "--section-map" in lines[0]


def test_programs_get_every_reason_in_both_languages_and_no_empty_value():
    found = json.loads(json.dumps(Report(ROWS, stopped=True).to_json()))
    assert found["counts"] == {**found["counts"], ACCEPTED: 2, UPDATED: 0, REFUSED: 1}
    assert found["stopped"] is True
    assert found["rows"][0] == {
        "outcome": ACCEPTED,
        "file": "a.json",
        "headline": "الجسر",
        "id": "22222222",
    }
    assert found["rows"][2]["reason"] == {"ar": "بلا عنوان", "en": "no headline"}


def test_words_are_said_in_arabic_and_in_english():
    arabic, english = in_both(lambda: gettext("العنوان"))
    assert (arabic, english) == ("العنوان", "Headline")
