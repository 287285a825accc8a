"""Stories in ninjs: valid, the same when they come back, and refused with a place and a reason."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wire.samples import FULL_ITEM, fixture

from khabarayn.wire import ninjs, ninjswrite
from khabarayn.wire.fault import WireError
from khabarayn.wire.newsitem import Byline, NewsItem, NewsPicture

BARE_ITEM = NewsItem(uri="urn:example:1", headline="خبر", body_html="<p>نص</p>")


WITHHELD = replace(FULL_ITEM, status="withheld", withdrawn_reason="", flags=())


@pytest.mark.parametrize("item", [FULL_ITEM, BARE_ITEM, WITHHELD], ids=["full", "bare", "withheld"])
def test_a_story_is_valid_and_comes_back_as_it_went_out(item: NewsItem) -> None:
    text = ninjswrite.write(item)
    ninjs.validator().validate(json.loads(text))
    assert ninjs.read(text.encode()) == item


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1))
def test_any_headline_survives_the_journey(text: str) -> None:
    if ninjs.plain(text, unescaped=True) == text:
        item = replace(BARE_ITEM, headline=text, tags=(text,))
        assert ninjs.read(ninjswrite.write(item).encode()) == item


def test_the_closed_schema_refuses_a_property_that_ninjs_does_not_know() -> None:
    document = ninjswrite.document(FULL_ITEM)
    assert ninjs.validator().is_valid(document)
    assert not ninjs.validator().is_valid({**document, "flags": []})
    assert ninjs.validator(closed=False).is_valid({**document, "flags": []})
    picture = {**document["associations"][0], "shape": "round"}
    assert not ninjs.validator(closed=False).is_valid({**document, "associations": [picture]})


def test_an_agency_story_gives_every_field() -> None:
    item = ninjs.read(fixture("story.ninjs.json"))
    assert item.headline == "جسر المشاة فوق النهر يفتح أبوابه & يغلق طريق السيارات"
    assert item.short_headline == "جسر المشاة يفتح"
    assert item.standfirst == "عبره ألفا شخص في ساعته الأولى."
    assert item.body_html.count("<p>") == 2
    assert item.authors == (Byline("سعاد المرزوقي"), Byline("وليد الساحلي"))
    assert item.tags == ("نقل", "مدن")
    assert (item.source_name, item.licence) == ("وكالة الضفتين", "للمشتركين")
    assert item.published is not None
    assert item.published.astimezone(UTC) == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert item.lead is not None
    assert item.lead.href == "https://wakala.example/p/9-l.jpg"
    assert (item.lead.alt, item.lead.credit) == ("جسر أبيض يعبره مشاة", "وكالة الضفتين")


def test_a_broken_list_gives_its_whole_stories_and_says_what_broke_where() -> None:
    found = list(ninjs.read_all(fixture("broken-list.ninjs.json")))
    good = [item.uri for item in found if isinstance(item, NewsItem)]
    assert good == ["urn:test:one", "urn:test:six"]
    faults = [fault for bad in found if isinstance(bad, WireError) for fault in bad.faults]
    assert [(f.reason, f.spot.item) for f in faults] == [
        ("bad_json", 2),
        ("no_headline", 3),
        ("no_uri", 4),
        ("not_one_of", 5),
        ("wrong_type", 5),
    ]
    assert faults[0].spot.line == 3
    assert faults[0].spot.column > 90


def test_a_sound_list_names_every_missing_field() -> None:
    bad = [{"headlines": [{"value": "بلا معرّف"}]}, {"uri": "urn:x", "headlines": [{}]}, 7]
    faults = [
        fault
        for error in ninjs.read_all(json.dumps(bad).encode())
        if isinstance(error, WireError)
        for fault in error.faults
    ]
    assert [(f.reason, f.spot.item, f.spot.path) for f in faults] == [
        ("no_uri", 1, "$"),
        ("missing_field", 2, "$.headlines[0]"),
        ("wrong_type", 3, "$"),
    ]
    assert faults[1].detail == "value"


def test_a_time_that_cannot_be_read_is_named() -> None:
    document = {"uri": "urn:x", "headlines": [{"value": "عنوان"}], "bodies": [{"value": "نص."}]}
    item = ninjs.item_of({**document, "firstcreated": "قبل قليل"})
    assert (item.published, item.notes) == (None, (("unknown_time", "قبل قليل"),))
    assert ninjs.item_of(document).notes == (("no_time", ""),)


def test_a_status_of_another_system_is_a_draft_with_a_note_or_one_of_ours() -> None:
    document = {
        **ninjswrite.document(BARE_ITEM),
        "firstcreated": "2026-11-20T09:00:00Z",
        "pubstatus": "awaiting-legal",
    }
    item = ninjs.item_of(document)
    assert (item.status, item.notes) == ("withheld", (("foreign_status", "awaiting-legal"),))
    for said, ours in (("cancelled", "canceled"), ("Usable", "usable"), ("Killed", "canceled")):
        item = ninjs.item_of({**document, "pubstatus": said})
        assert (item.status, item.notes) == (ours, ())


FIRST = {
    "uri": "urn:wire:1",
    "type": "text",
    "version": 3,
    "versioncreated": "2026-11-28T09:00:00+03:00",
    "pubstatus": "usable",
    "headline": "الميناء يستقبل أول باخرة",
    "description_text": "بداية الموسم",
    "byline": "ندى سالم",
    "subject": [{"name": "نقل", "code": "04015000", "scheme": "topics"}],
    "associations": {
        "featuremedia": {
            "uri": "urn:pic:1",
            "type": "picture",
            "description_text": "عند الرصيف",
            "body_text": "باخرة بيضاء",
            "byline": "هند",
            "renditions": {"original": {"href": "https://w.example/1.jpg", "width": 1200}},
        }
    },
}


def test_the_first_version_comes_in_whole() -> None:
    item = ninjs.item_of({**FIRST, "body_html": "<p>استقبل الميناء باخرة.</p>"})
    assert (item.headline, item.standfirst) == ("الميناء يستقبل أول باخرة", "بداية الموسم")
    assert item.body_html == "<p>استقبل الميناء باخرة.</p>"
    assert [author.name for author in item.authors] == ["ندى سالم"]
    assert (item.tags, item.version) == (("نقل",), "3")
    assert item.updated == datetime(2026, 11, 28, 6, tzinfo=UTC)
    assert item.lead == NewsPicture(
        "https://w.example/1.jpg", "باخرة بيضاء", "عند الرصيف", "هند", width=1200
    )


@pytest.mark.parametrize(
    ("extra", "status", "embargo"),
    [
        ({"body_text": "نص"}, "usable", ""),
        ({"headline": None, "headline_main": "عنوان", "body_main": "نص"}, "usable", ""),
        ({"body_html": "<p>نص</p>", "state": "in_progress", "_etag": "a"}, "withheld", ""),
        ({"body_html": "<p>نص</p>", "state": "killed", "family_id": "7"}, "canceled", ""),
        ({"body_html": "<p>نص</p>", "embargoed": "2036-12-15T10:00:00Z"}, "usable", "2036-12-15"),
        ({"body_html": "<p>نص</p>", "uri": None, "guid": "urn:wire:1", "_etag": "a"}, "usable", ""),
    ],
)
def test_what_the_first_version_and_superdesk_say_of_a_storys_state(
    extra: dict[str, object], status: str, embargo: str
) -> None:
    values = {name: value for name, value in (FIRST | extra).items() if value is not None}
    item = ninjs.item_of(values)
    assert (item.uri, item.status) == ("urn:wire:1", status)
    assert (str(item.embargo)[:10] if item.embargo else "") == embargo


@pytest.mark.parametrize("version", ["3.0", "2.2", ""], ids=["declared", "lying", "undeclared"])
def test_the_third_version_comes_in_whole(version: str) -> None:
    item = ninjs.item_of(
        {
            "uri": "urn:wire:3",
            "standard": {"name": "ninjs", "version": version},
            "versionCreated": "2026-11-28T09:00:00Z",
            "pubStatus": "withheld",
            "headlines": [{"value": "عنوان", "contentType": "text/plain"}],
            "bodies": [{"value": "<p>نص</p>", "contentType": "text/html"}],
            "infoSources": [{"role": "source", "name": "وكالة"}],
            "embargoed": "2036-12-15T10:00:00Z",
        }
    )
    assert (item.headline, item.body_html, item.status) == ("عنوان", "<p>نص</p>", "withheld")
    assert item.updated == datetime(2026, 11, 28, 9, tzinfo=UTC)
    assert item.embargo is not None
    assert item.source_name == "وكالة"


@pytest.mark.parametrize(
    "value",
    [{"headline": 7}, {"associations": {"a": 3}}, {"renditions": {"x": {"href": 5}}},
     {"subject": "نقل"}, {"person": [1]}, {"body_html": ["x"]},
     {"renditions": {"x": {"href": "https://a.example/1.jpg", "width": math.inf}}}],
)  # fmt: skip
def test_wrong_types_in_the_first_version_crash_nothing(value: dict[str, object]) -> None:
    with pytest.raises(WireError):
        ninjs.item_of({"uri": "urn:wire:1", "headline_x": "", **value})


@pytest.mark.parametrize("standard", ["ninjs", ["3.0"], 3, None])
def test_a_third_version_that_declares_no_object_is_refused(standard: object) -> None:
    with pytest.raises(WireError) as caught:
        ninjs.item_of({"uri": "urn:x", "pubStatus": "usable", "standard": standard})
    assert caught.value.faults[0].reason == "wrong_type"


def test_a_story_without_text_is_refused() -> None:
    with pytest.raises(WireError) as caught:
        ninjs.item_of({"uri": "urn:x", "headlines": [{"value": "عنوان"}], "bodies": []})
    assert caught.value.faults[0].reason == "no_body"


def test_json_nested_without_end_is_refused_not_crashed() -> None:
    (error,) = ninjs.read_all(b"[" * 200_000)
    assert isinstance(error, WireError)


def test_one_story_a_line_is_read_too() -> None:
    lines = "\n".join(
        json.dumps(ninjswrite.document(replace(BARE_ITEM, uri=f"urn:{n}"))) for n in "ab"
    )
    assert [i.uri for i in ninjs.read_all(lines.encode()) if isinstance(i, NewsItem)] == [
        "urn:a",
        "urn:b",
    ]
