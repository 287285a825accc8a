"""WordPress's export: what readers saw comes in, each item by itself, and the rest is told of."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

import pytest

from khabarayn.wire import wxr
from khabarayn.wire.fault import Spot, WireError
from khabarayn.wire.feed import Entry
from khabarayn.wire.xml import parse_item

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!-- an export -->\n<rss version="2.0"'
    ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/">\n<channel><title>ضفاف</title>'
    "<link>https://difaf.example</link><language>ar</language><wp:wxr_version>1.2</wp:wxr_version>"
    "<wp:base_blog_url>https://difaf.example</wp:base_blog_url>"
    "<wp:author><wp:author_login>nada</wp:author_login>"
    "<wp:author_display_name><![CDATA[ندى سالم]]></wp:author_display_name></wp:author>"
    "<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>balad</wp:category_nicename>"
    "<wp:category_parent></wp:category_parent><wp:cat_name>البلد</wp:cat_name></wp:category>"
    "<wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>wadi</wp:category_nicename>"
    "<wp:category_parent>balad</wp:category_parent><wp:cat_name>الوادي</wp:cat_name></wp:category>"
)
TAIL = "\n</channel></rss>"
BODY = "فُتح الجسر الجديد صباح الأربعاء.\n\nويصل بين ضفتي الوادي."


def post(number: int = 7, body: str = BODY, more: str = "", **changes: str) -> str:
    """One item as WordPress writes it; ``changes`` are texts of its elements, «wp» left out."""
    texts = {
        "status": "publish",
        "post_type": "post",
        "post_name": "%d8%ac%d8%b3%d8%b1",
        "post_date": "2024-05-12 12:00:00",
        "post_date_gmt": "2024-05-12 09:00:00",
    } | changes
    inner = "".join(f"<wp:{name}><![CDATA[{text}]]></wp:{name}>" for name, text in texts.items())
    return (
        f"\n<item><title><![CDATA[جسر يفتح {number}]]></title>"
        f"<link>https://difaf.example/2024/05/12/%d8%ac%d8%b3%d8%b1-{number}/</link>"
        f'<dc:creator>nada</dc:creator><guid isPermaLink="false">https://difaf.example/?p={number}'
        f"</guid><content:encoded><![CDATA[{body}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[بعد عام من العمل]]></excerpt:encoded>"
        f"<wp:post_id>{number}</wp:post_id>{inner}"
        '<category domain="category" nicename="wadi"><![CDATA[الوادي]]></category>'
        f'<category domain="post_tag" nicename="jusur"><![CDATA[جسور]]></category>{more}</item>'
    )


def meta(key: str, value: str) -> str:
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )


def picture(number: int = 12) -> str:
    return post(
        number,
        "",
        f"<wp:attachment_url>https://difaf.example/wp-content/uploads/{number}.jpg"
        f"</wp:attachment_url>{meta('_wp_attachment_image_alt', 'جسر فوق نهر')}",
        post_type="attachment",
        status="inherit",
        post_parent="7",
    )


def read(*items: str) -> list[Entry | WireError]:
    data = "".join((HEAD, *items, TAIL)).encode()
    found = wxr.read(lambda: io.BytesIO(data))
    return [content if isinstance(content, WireError) else content[0] for _, content in found]


def only(*items: str) -> Entry:
    (entry,) = read(*items)
    assert isinstance(entry, Entry)
    return entry


def test_a_post_comes_in_with_all_that_readers_saw() -> None:
    entry = only(post(7, more=meta("_thumbnail_id", "12")), picture())
    assert (entry.title, entry.summary) == ("جسر يفتح 7", "بعد عام من العمل")
    assert entry.content == "<p>فُتح الجسر الجديد صباح الأربعاء.</p>\n<p>ويصل بين ضفتي الوادي.</p>"
    assert entry.published == datetime(2024, 5, 12, 9, tzinfo=UTC)
    assert entry.authors == ("ندى سالم",)
    assert entry.sections == (("balad", "البلد"), ("balad/wadi", "الوادي"))
    assert entry.tags == ("جسور",)
    assert entry.image is not None
    assert (entry.image.alt, entry.image.caption) == ("جسر فوق نهر", "بعد عام من العمل")
    assert entry.addresses == (
        "/?p=7", "/%d8%ac%d8%b3%d8%b1", "/2024/05/12/%d8%ac%d8%b3%d8%b1-7/",
    )  # fmt: skip
    assert not entry.status


def test_a_post_that_was_renamed_is_known_by_its_former_name_too() -> None:
    entry = only(post(7, more=meta("_wp_old_slug", "jisr")))
    assert entry.addresses == (
        "/?p=7", "/%d8%ac%d8%b3%d8%b1", "/jisr", "/2024/05/12/%d8%ac%d8%b3%d8%b1-7/",
        "/2024/05/12/jisr-7/",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "private"}, "hidden"),
        ({"status": "trash"}, "hidden"),
        ({"post_password": "sirr"}, "hidden"),
        ({"post_type": "page"}, "standing"),
        ({"post_type": "nav_menu_item"}, "other_types"),
    ],
)
def test_what_readers_did_not_see_as_a_story_stays_outside(
    changes: dict[str, str], reason: str
) -> None:
    (error,) = read(post(7, **changes))
    assert isinstance(error, WireError)
    assert error.faults[0].reason == reason


NO_TIME = "0000-00-00 00:00:00"


@pytest.mark.parametrize(
    ("changes", "status", "noted"),
    [
        ({"status": "draft", "post_date_gmt": NO_TIME}, "draft", False),
        ({"status": "pending"}, "pending", False),
        ({"status": "future"}, "future", False),
        ({"status": "future", "post_date_gmt": NO_TIME, "post_date": NO_TIME}, "future", False),
        ({"post_date_gmt": NO_TIME, "post_date": NO_TIME}, "", True),
        ({"status": "future", "post_date_gmt": "2199-01-01 00:00:00"}, "", False),
        ({"status": "awaiting-legal"}, "awaiting-legal", False),
    ],
    ids=["draft", "pending", "a schedule missed", "a schedule without its hour", "no time",
         "to come", "of a plugin"],
)  # fmt: skip
def test_what_is_not_ready_is_never_public(
    changes: dict[str, str], status: str, noted: bool
) -> None:
    entry = only(post(7, **changes))
    assert entry.status == status
    assert (("no_time", "") in entry.notes) == noted
    assert bool(entry.addresses) == (not status)


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("أول\nسطر\n\n<h2>عنوان</h2>\n\nآخر", "<p>أول<br>\nسطر</p>\n<h2>عنوان</h2>\n<p>آخر</p>"),
        ('<!-- wp:paragraph {"a":"}"} -->\n<p>نص</p>\n<!-- /wp:paragraph -->', "<p>نص</p>"),
        ("https://film.example/7", '<a class="embed" href="https://film.example/7"></a>'),
        ('<audio controls src="https://s.example/1.mp3"></audio>',
         '<p><a class="embed" href="https://s.example/1.mp3"></a></p>'),
        ('[gallery ids="12,99"]', '<figure><img src="https://difaf.example/wp-content/uploads/12.jpg"'
         ' alt="جسر فوق نهر"><figcaption>بعد عام من العمل</figcaption></figure>'),
    ],
)  # fmt: skip
def test_the_text_has_the_form_that_wordpress_shows(body: str, html: str) -> None:
    assert only(post(7, body), picture()).content == html


def test_what_only_wordpress_fills_is_noted() -> None:
    entry = only(post(7, BODY + '\n<!-- wp:latest-posts {"n":3} /-->', meta("_thumbnail_id", "5")))
    assert entry.notes == (("left_out", "wp:latest-posts"), ("no_featured", "5"))


def test_one_broken_item_stops_no_other_and_is_told_with_its_line() -> None:
    broken = "\n<item><title>مكسور</titel></item>"
    never_ends = "\n<item><title><![CDATA[لا نهاية"
    marks = post(8, "يكتب <code>&lt;item></code> و </item> في نصه." + "\x0b")
    first, fault, second, last = read(post(7), broken, marks, never_ends)
    assert isinstance(first, Entry)
    assert isinstance(second, Entry)
    assert "</item>" in second.content
    for error, number, line in ((fault, 2, 8), (last, 4, 11)):
        assert isinstance(error, WireError)
        assert error.faults[0].reason == "bad_xml"
        assert (error.faults[0].spot.item, error.faults[0].spot.line) == (number, line)


def test_an_item_without_an_end_is_refused_and_never_held_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wxr, "_LONGEST_ITEM", 2_000)
    monkeypatch.setattr(wxr, "_CHUNK", 500)
    longest = 0

    def parsed(shell: str, piece: str, spot: Spot) -> Element:
        nonlocal longest
        longest = max(longest, len(piece))
        return parse_item(shell, piece, spot)

    monkeypatch.setattr(wxr, "parse_item", parsed)
    endless = "\n<item><title>لا نهاية" + "\nسطر آخر" * 3_000
    first, fault, last = read(post(7), endless, post(8))
    assert isinstance(first, Entry)
    assert isinstance(last, Entry)
    assert isinstance(fault, WireError)
    assert (fault.faults[0].reason, fault.faults[0].spot) == ("too_long", Spot(item=2, line=8))
    assert last.line == 3_009
    assert longest <= 2_000


def test_entities_are_refused_and_an_item_may_be_longer_than_a_chunk() -> None:
    data = ("<!DOCTYPE rss [<!ENTITY a 'b'>]>" + HEAD + post(7) + TAIL).encode()
    ((_, error),) = wxr.read(lambda: io.BytesIO(data))
    assert isinstance(error, WireError)
    assert error.faults[0].reason == "forbidden_xml"
    assert len(only(post(7, "كلمة " * 200_000)).content) > 900_000
