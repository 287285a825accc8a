"""Feeds go out and come back the same, and broken or mislabelled ones are still understood."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wire.samples import BARE_ENTRY, FULL_FEED, fixture

from khabarayn.wire import atom, jsonfeed, rss
from khabarayn.wire.fault import WireError
from khabarayn.wire.feed import Entry, Feed

FORMATS = pytest.mark.parametrize("wire", [rss, atom, jsonfeed], ids=["rss", "atom", "jsonfeed"])


@FORMATS
def test_a_feed_comes_back_as_it_went_out(wire: ModuleType) -> None:
    assert wire.read(wire.write(FULL_FEED).encode()) == FULL_FEED


@FORMATS
def test_a_feed_of_bare_entries_comes_back_as_it_went_out(wire: ModuleType) -> None:
    feed = Feed(title="خبر", home_url="https://x.example/", entries=(BARE_ENTRY,), updated=None)
    back = wire.read(wire.write(feed).encode())
    assert replace(back, updated=None) == feed


# Pairs of Latin-1 signs are left out: feedparser takes some for UTF-8 that was encoded twice.
WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S")).filter(
        lambda letter: not "\x80" <= letter <= "\xff"
    ),
    min_size=1,
    max_size=12,
).filter(lambda word: not any(mark in word for mark in "<>&"))
LINES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


@FORMATS
@given(title=LINES, summary=LINES, tag=LINES)
@settings(max_examples=40, deadline=None)
def test_any_words_survive_the_journey(
    wire: ModuleType, title: str, summary: str, tag: str
) -> None:
    entry = replace(BARE_ENTRY, title=title, summary=summary, tags=(tag,))
    feed = replace(FULL_FEED, entries=(entry,))
    assert wire.read(wire.write(feed).encode()).entries == (entry,)


@FORMATS
def test_controls_that_no_document_may_hold_are_left_out(wire: ModuleType) -> None:
    entry = replace(BARE_ENTRY, title="عنوان \x0b\x00نظيف")
    text = wire.write(replace(FULL_FEED, entries=(entry,)))
    if wire is not jsonfeed:
        ElementTree.fromstring(text)
    assert wire.read(text.encode()).entries[0].title in {"عنوان نظيف", "عنوان \x00نظيف"}


def test_a_feed_with_full_content_gives_every_field() -> None:
    feed = rss.read(fixture("feed.rss"))
    first, second = feed.entries
    assert (feed.title, feed.language, feed.faults) == ("جريدة المرسى", "ar", ())
    assert first.title == "المنارة القديمة تعود إلى العمل بعد ترميمها"
    assert first.summary == "أضيئت المنارة مساء أمس أول مرة منذ ثلاثين عامًا."
    assert first.authors == ("مها القبطان",)
    assert first.tags == ("بحر", "تراث")
    assert first.published is not None
    assert first.published.astimezone(UTC) == datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
    assert 'href="https://marsa.example/about"' in first.content
    assert first.image is not None
    assert (first.image.url, first.image.alt, first.image.caption, first.image.credit) == (
        "https://marsa.example/p/light.jpg",
        "منارة بيضاء فوق صخور سوداء",
        "المنارة بعد الترميم",
        "أرشيف الميناء",
    )
    assert second.title == "سوق السمك: أسعار أقل & صيد أوفر"
    assert second.image is not None
    assert second.image.length == 20480
    assert (first.line, second.line) == (11, 28)


def test_windows_1256_that_claims_utf_8_is_no_mojibake() -> None:
    data = fixture("windows-1256.rss")
    assert b"UTF-8" in data
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")
    honest, lying = rss.read(fixture("feed.rss")), rss.read(data)
    assert [entry.title for entry in lying.entries] == [entry.title for entry in honest.entries]
    assert lying.entries[0].content == honest.entries[0].content


def test_a_broken_feed_gives_its_whole_items_and_says_where_it_broke() -> None:
    feed = rss.read(fixture("broken.rss"))
    assert [entry.id for entry in feed.entries] == ["b-1", "b-3"]
    assert [entry.line for entry in feed.entries] == [7, 17]
    (fault,) = feed.faults
    assert (fault.reason, fault.spot.item, fault.spot.line) == ("bad_xml", 2, 13)
    assert feed.description == "زراعة وطعام"


def test_a_feed_cut_off_in_the_middle_keeps_what_came_before() -> None:
    whole = fixture("feed.rss")
    feed = rss.read(whole[: whole.index("سوق السمك".encode())])
    assert [entry.id for entry in feed.entries] == ["marsa-101"]
    assert feed.faults[0].spot.item == 2


def test_atom_with_xhtml_content_is_read() -> None:
    feed = atom.read(fixture("feed.atom"))
    first, second = feed.entries
    assert feed.title == "مرصد النجوم"
    assert first.content.startswith("<div><p>تبلغ الزخة ذروتها")
    assert first.content.count("<p>") == 2
    assert first.url == "https://rasd.example/a/7"
    assert first.authors == ("رامي الفلكي",)
    assert first.tags == ("فضاء",)
    assert second.published is None
    assert second.updated == datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"x" * (10 * 1024 * 1024 + 1), "too_big"),
        (b"<rss><channel>", "bad_xml"),
        (b"<rss version='2.0'><channel><title>x</title></channel></rss>", "no_items"),
        (b"<svg><item/></svg>", "unknown_kind"),
        (
            b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss><channel><item>'
            b"<title>&e;</title></item></channel></rss>",
            "forbidden_xml",
        ),
        (
            b'<!DOCTYPE r [<!ENTITY e "x">]><rss><channel><item><title>&e; & </title></item>'
            b"</channel></rss>",
            "forbidden_xml",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(WireError) as caught:
        rss.read(data)
    assert caught.value.faults[0].reason in {reason, "bad_xml"}
    assert reason in {"forbidden_xml", caught.value.faults[0].reason}
    assert "root:" not in str(caught.value)


def test_json_feed_with_plain_text_becomes_paragraphs() -> None:
    data = (
        '{"version":"https://jsonfeed.org/version/1","title":"ن","items":[{"id":7,'
        '"content_text":"أول <script>\\n\\nثانٍ","author":{"name":"س"},"tags":"x"}, 5]}'
    )
    feed = jsonfeed.read(data.encode())
    assert feed.entries == (Entry(id="7", content="<p>أول</p><p>ثانٍ</p>", authors=("س",)),)
    assert feed.faults[0].spot.path == "$.items[1]"


def test_broken_json_names_line_and_column() -> None:
    with pytest.raises(WireError) as caught:
        jsonfeed.read(b'{"items": [\n  {"id": 1,}\n]}')
    spot = caught.value.faults[0].spot
    # Newer Pythons point at the comma, older ones behind it.
    assert (spot.line, spot.column - spot.column % 2) in {(2, 10), (2, 12)}
