"""What other papers' programs write comes in as it was meant, or is told in the report."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from ingest.conftest import Take, picture
from sqlalchemy import select

from khabarayn.article.parse import parse
from khabarayn.article.plain import text_of
from khabarayn.article.story import Story
from khabarayn.ingest import pictures
from khabarayn.ingest.body import clean_body
from khabarayn.ingest.fetch import FetchRefused, FetchResult
from khabarayn.ingest.identify import kind_of
from khabarayn.ingest.report import Row
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow
from khabarayn.store.queries.story import article_by_id
from khabarayn.wire import syndicated
from khabarayn.wire.fault import WireError

NAMES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:app="http://www.w3.org/2007/app"'
)
DATED = "<pubDate>Wed, 25 Nov 2026 08:00:00 +0300</pubDate>"
WORDS = "<p>فُتح الجسر الجديد أمام المارة صباح الأربعاء.</p>"
LAST = "<p>ويصل الجسر بين ضفتي الوادي.</p>"


def feed(*items: str, head: str = "<title>ضفاف</title><link>https://difaf.example/</link>") -> str:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0" {NAMES}><channel>{head}{inner}</channel></rss>'


def item(number: int = 1, body: str = WORDS, more: str = DATED, title: str = "جسر يفتح") -> str:
    address = f"https://difaf.example/{number}"
    return (
        f"<title>{title}</title><link>{address}</link><guid>{address}</guid>{more}"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>"
    )


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Pictures that stand at these addresses; every other answers 404."""
    shown: dict[str, bytes] = {}

    def fetch(url: str, **_: object) -> FetchResult:
        if url not in shown:
            raise FetchRefused("status", "404")
        return FetchResult(url, shown[url], "image/jpeg")

    monkeypatch.setattr(pictures, "fetch", fetch)
    return shown


def put(folder: Path, text: str, name: str = "in.xml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


def only() -> ArticleRow:
    return db.session.scalars(select(ArticleRow)).one()


def story(row: Row) -> Story:
    found = article_by_id(row.id)
    assert isinstance(found, Story)
    return found


# Never public by mistake


@pytest.mark.parametrize(
    "more",
    [
        "",
        "<pubDate>قبل ساعتين</pubDate>",
        f"{DATED}<status>private</status>",
        f"{DATED}<app:control><app:draft>yes</app:draft></app:control>",
        f"{DATED}<embargo>حين يصدر البيان</embargo>",
    ],
    ids=["no time", "a time that is none", "private", "a draft", "an embargo without an hour"],
)
def test_what_may_not_be_public_comes_in_as_a_draft_with_a_note(
    take: Take, tmp_path: Path, more: str
) -> None:
    (row,) = take(put(tmp_path, feed(item(more=more))))
    assert (row.outcome, only().status) == ("accepted", "draft")
    assert article_by_id(row.id) is None
    assert "مسودة" in row.notes[0][0]
    assert "draft" in row.notes[0][1]


def test_what_is_dated_tomorrow_waits_for_its_hour(take: Take, tmp_path: Path) -> None:
    hour = (datetime.now(UTC) + timedelta(days=1)).replace(microsecond=0)
    (row,) = take(put(tmp_path, feed(item(more=f"<pubDate>{hour.isoformat()}</pubDate>"))))
    found = only()
    assert (found.status, found.publish_at) == ("scheduled", hour)
    assert hour.isoformat(" ", "minutes") in row.notes[0][0]
    assert [r.outcome for r in take(tmp_path)] == ["unchanged"]
    assert only().status == "scheduled"


def test_an_embargo_names_its_hour_and_its_reason(take: Take, tmp_path: Path) -> None:
    hour = (datetime.now(UTC) + timedelta(hours=5)).replace(microsecond=0)
    story = (
        '{"uri": "urn:difaf:9", "headlines": [{"value": "موازنة العام"}],'
        ' "versioncreated": "2026-11-20T08:00:00Z", "pubstatus": "usable",'
        f' "embargoed": "{hour.isoformat()}", "embargoedreason": "بانتظار الوزير",'
        ' "bodies": [{"value": "تبلغ الموازنة عشرة ملايين."}]}'
    )
    (row,) = take(put(tmp_path, story, "a.json"), status="published")
    assert (only().status, only().publish_at) == ("scheduled", hour)
    assert "بانتظار الوزير" in row.notes[0][0]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ('<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><x/></newsMessage>',
         "NewsML-G2"),
        ('<newsItem standard="NewsML-G2" standardversion="2.33" guid="x"/>', "NewsML-G2 2.33"),
        ('{"db": [{"meta": {"version": "5.82.2"}, "data": {"posts": []}}]}', "Ghost JSON 5.82.2"),
        ('<?xml version="1.0"?><urlset><url/></urlset>', "Sitemap"),
    ],
)  # fmt: skip
def test_a_format_that_is_not_taken_is_refused_by_its_name(data: str, name: str) -> None:
    with pytest.raises(WireError) as caught:
        kind_of(data.encode(), "x.xml")
    (fault,) = caught.value.faults
    assert (fault.reason, fault.detail) == ("not_taken", name)


# Pictures


@pytest.mark.parametrize(
    "img",
    [
        '<img src="data:image/gif;base64,R0lGOD" data-src="https://p.example/a.jpg" alt="جسر">',
        '<img src="/s/blank.gif" data-lazy-src="https://p.example/a.jpg" alt="جسر">',
        '<img src="/s/lazy-placeholder.png" data-original="https://p.example/a.jpg" alt="جسر">',
        '<img data-lazy-srcset="https://p.example/s.jpg 300w, https://p.example/a.jpg 900w"'
        ' alt="جسر">',
        '<img srcset="https://p.example/a.jpg 2x, https://p.example/s.jpg" alt="جسر">',
        '<img src="data:image/svg+xml,%3Csvg/%3E" data-orig-file="https://p.example/a.jpg"'
        ' alt="جسر">',
        '<picture><source type="image/webp" data-srcset="https://p.example/a.jpg 800w">'
        '<img src="data:," alt="جسر"></picture>',
        '<img src="data:image/gif;base64,R0" alt=""><noscript>'
        '<img src="https://p.example/a.jpg" alt="جسر"></noscript>',
        '<noscript><img src="https://p.example/a.jpg" alt="جسر"></noscript>',
        '<amp-img src="https://p.example/a.jpg" alt="جسر" width="900" height="500"></amp-img>',
    ],
)
def test_a_picture_that_a_page_loads_late_is_found(
    take: Take, tmp_path: Path, far: dict[str, bytes], img: str
) -> None:
    far["https://p.example/a.jpg"] = picture(20, (900, 500))
    (row,) = take(put(tmp_path, feed(item(body=f"{WORDS}<p>{img}</p>{LAST}"))))
    assert (row.outcome, row.notes) == ("accepted", ())
    (image,) = [block for block in story(row).blocks if block.kind == "image"]
    assert image.alt == "جسر"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "face",
    [
        '<media:content url="https://secure.gravatar.com/avatar/ab?s=96&amp;d=mm" medium="image"/>',
        '<media:content url="https://p.example/f/me.png" medium="image"><media:title>هدى النجار'
        "</media:title></media:content><dc:creator>هدى النجار</dc:creator>",
        '<media:thumbnail url="https://p.example/tiny.jpg" width="72" height="72"/>',
        '<media:thumbnail url="https://lh3.googleusercontent.com/a-/x=s96-c"/>',
    ],
)
def test_a_face_or_a_thumbnail_leads_no_story(
    take: Take, tmp_path: Path, far: dict[str, bytes], face: str
) -> None:
    far["https://p.example/a.jpg"] = picture(20, (900, 500))
    body = f'{WORDS}<p><img src="https://p.example/a.jpg" alt="جسر فوق واد"></p>{LAST}'
    (row,) = take(put(tmp_path, feed(item(body=body, more=DATED + face))))
    lead = story(row).card.picture
    assert lead is not None
    assert (lead.width, lead.alt) == (900, "جسر فوق واد")
    assert [block.kind for block in story(row).blocks] == ["paragraph", "paragraph"]
    assert any("مصغّرة" in arabic for arabic, _ in row.notes)


def test_the_lead_is_shown_once_and_keeps_the_words_that_stood_with_it(
    take: Take, tmp_path: Path, far: dict[str, bytes]
) -> None:
    far["https://p.example/u/bridge.jpg"] = picture(20, (900, 500))
    body = (
        f'{WORDS}<figure><img src="https://p.example/u/bridge-300x200.jpg" alt="جسر">'
        f"<figcaption>الجسر عند الغروب</figcaption></figure>{LAST}"
    )
    media = (
        '<media:content url="https://p.example/u/bridge.jpg" medium="image">'
        "<media:title>bridge</media:title></media:content>"
    )
    (row,) = take(put(tmp_path, feed(item(body=body, more=DATED + media))))
    lead = story(row).card.picture
    assert lead is not None
    assert (lead.alt, lead.caption) == ("جسر", "الجسر عند الغروب")
    assert [block.kind for block in story(row).blocks] == ["paragraph", "paragraph"]


def test_a_small_lead_is_a_word_to_the_editor(
    take: Take, tmp_path: Path, far: dict[str, bytes]
) -> None:
    far["https://p.example/a.jpg"] = picture(20, (300, 200))
    media = '<enclosure url="https://p.example/a.jpg" type="image/jpeg" length="9"/>'
    (row,) = take(put(tmp_path, feed(item(more=DATED + media))))
    assert story(row).card.picture is not None
    assert "300" in row.notes[0][0]


def test_a_picture_whose_address_has_arabic_and_spaces_is_fetched(
    take: Take, tmp_path: Path, far: dict[str, bytes]
) -> None:
    far["https://p.example/%D8%AC%D8%B3%D8%B1%20a.jpg"] = picture(20, (900, 500))
    media = '<enclosure url="https://p.example/جسر a.jpg" type="image/jpeg" length="9"/>'
    (row,) = take(put(tmp_path, feed(item(more=DATED + media))))
    assert row.notes == ()
    assert story(row).card.picture is not None


# Words


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>بلغ العدد <del>سبعة</del> <ins>ثمانية</ins>.</p>", "بلغ العدد ثمانية."),
        ('<p>السعر <span style="text-decoration: line-through">90</span> 70.</p>', "السعر 70."),
        ("&lt;p&gt;أول.&lt;/p&gt;&lt;p&gt;ثانٍ.&lt;/p&gt;", "أول.\nثانٍ."),
        ("<p>أول.</p><p>The post <a href='#'>أول</a> appeared first on <a href='#'>ضفاف</a>.</p>",
         "أول."),
        ("<p>أول.</p><p>ظهرت المقالة <a>أول</a> أولًا على ضفاف.</p>", "أول."),
        ("<p>أول.</p><p>L’article أول est apparu en premier sur ضفاف.</p>", "أول."),
        ("<p>أول.</p><p><a href='https://x.example'>اقرأ المزيد »</a></p>", "أول."),
        ("<p>ظهر الهلال أولًا في غرب البلاد.</p>", "ظهر الهلال أولًا في غرب البلاد."),
        ("<p>كلمة</p>[gallery ids=\"1,2\"]", "كلمة"),
    ],
)  # fmt: skip
def test_what_programs_left_in_a_text_is_not_read(html: str, words: str) -> None:
    body, _notes = clean_body(html)
    assert text_of(parse(body)) == words


def test_struck_text_codes_and_players_without_an_address_are_told() -> None:
    _body, notes = clean_body(
        "<p>كان <s>9</s> 8.</p>[gallery ids='3']<object data='x.swf'></object>"
    )
    assert ("struck", "9") in notes
    assert {detail for code, detail in notes if code == "left_out"} == {
        "[gallery ids='3']",
        "object",
    }


def test_a_bookmark_is_a_card_and_a_caption_belongs_to_its_picture() -> None:
    body, _ = clean_body(
        '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container"'
        ' href="https://x.example/guide"><div class="kg-bookmark-title">دليل</div>'
        '<div class="kg-bookmark-description">خطوات</div><img src="https://x.example/i.png"></a>'
        '</figure><div class="wp-caption"><img src="https://x.example/p.jpg" alt="نهر">'
        '<p class="wp-caption-text">النهر شتاءً</p></div>'
        '[caption id="a" width="9"]<img src="https://x.example/q.jpg" /> ضفة[/caption]'
    )
    card, first, second = parse(body)
    assert (card.kind, card.url, card.title, card.text) == (  # type: ignore[attr-defined]
        "embed", "https://x.example/guide", "دليل", "خطوات",
    )  # fmt: skip
    assert [image.caption for image in (first, second)] == ["النهر شتاءً", "ضفة"]  # type: ignore[attr-defined]


def test_a_picture_alone_does_not_lose_the_words_of_the_description(
    take: Take, tmp_path: Path, far: dict[str, bytes]
) -> None:
    far["https://p.example/a.jpg"] = picture(20, (900, 500))
    more = f"{DATED}<description>افتُتح معرض الخط في دار الكتب.</description>"
    (row,) = take(put(tmp_path, feed(item(body='<img src="https://p.example/a.jpg">', more=more))))
    assert text_of(story(row).blocks) == "افتُتح معرض الخط في دار الكتب."


def test_the_caption_of_a_picture_is_not_the_body() -> None:
    entry = syndicated.read(
        feed(
            f"<title>ع</title><link>https://d.example/1</link>{DATED}<description>متن الخبر."
            "</description><media:content url='https://d.example/1.jpg' medium='image'>"
            "<media:description>شرح طويل جدًا للصورة وحدها لا للخبر كله</media:description>"
            "</media:content>"
        ).encode()
    ).entries[0]
    assert entry.content == "متن الخبر."
    assert entry.image is not None
    assert entry.image.caption.startswith("شرح طويل")


def test_a_film_is_a_card_under_its_own_words(
    take: Take, tmp_path: Path, far: dict[str, bytes]
) -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:yt="http://www.youtube.com/xml/schemas/2015"'
        ' xmlns:media="http://search.yahoo.com/mrss/"><title>قناة</title><entry><id>yt:video:Zz9</id>'
        "<yt:videoId>Zz9</yt:videoId><title>جولة في السد</title>"
        '<link rel="alternate" href="https://www.youtube.com/watch?v=Zz9"/>'
        "<published>2026-11-20T06:00:00+00:00</published><media:group>"
        "<media:description>جولة\n\nمع الحراس &amp; الزوار.</media:description></media:group>"
        "</entry></feed>"
    )
    (row,) = take(put(tmp_path, text))
    first, second, card = story(row).blocks
    assert (first.html, second.html) == ("جولة", "مع الحراس &amp; الزوار.")  # type: ignore[attr-defined]
    assert (card.url, card.title) == ("https://www.youtube.com/watch?v=Zz9", "جولة في السد")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("language", "title", "code"),
    [
        ("en-us", "السد يمتلئ قبل موعده", "ar"),
        ("", "The dam is full early", "en"),
        ("ar", "The dam is full early", "en"),
        ("ar-sa", "السد يمتلئ", "ar-sa"),
        ("fa", "سد پر شد", "fa"),
    ],
)
def test_the_letters_decide_the_language(
    take: Take, tmp_path: Path, language: str, title: str, code: str
) -> None:
    head = f"<title>ضفاف</title><link>https://d.example/</link><language>{language}</language>"
    take(put(tmp_path, feed(item(body=f"<p>{title}.</p>", title=title), head=head)))
    assert only().language == code


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("desk@difaf.media (هدى النجار)", ("هدى النجار",)),
        ("هدى النجار &lt;h@difaf.press&gt;", ("هدى النجار",)),
        ("news@difaf.online", ()),
        ("هدى النجار (h@difaf.news)", ("هدى النجار",)),
        ("mailto:h@difaf.example، هدى النجار", ("هدى النجار",)),
        ("بقلم: هدى النجار، سامي العلي", ("هدى النجار", "سامي العلي")),
        ("admin", ()),
    ],
)
def test_an_author_is_a_name_and_no_address(written: str, names: tuple[str, ...]) -> None:
    data = feed(f"<title>ع</title>{DATED}<author>{written}</author><description>ن</description>")
    assert syndicated.read(data.encode()).entries[0].authors == names


def test_relative_addresses_begin_where_their_element_says() -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://d.example/ar/"><title>ض</title>'
        '<entry><id>urn:d:1</id><title>ع</title><link href="a/1" hreflang="ar"/>'
        '<link rel="alternate" hreflang="en" href="/en/1"/><updated>2026-11-20T06:00:00Z</updated>'
        '<content type="html" xml:base="https://cdn.example/p/">&lt;img src="x.jpg"&gt;نص</content>'
        "</entry></feed>"
    )
    entry = syndicated.read(text.encode()).entries[0]
    assert entry.url == "https://d.example/ar/a/1"
    assert 'src="https://cdn.example/p/x.jpg"' in entry.content


def test_a_bare_ampersand_means_itself() -> None:
    address = "https://d.example/n.php?id=7&cat=2"
    text = feed(
        f"<title>ماء & ملح</title><link>{address}</link>{DATED}<description>ن</description>"
    )
    found = syndicated.read(text.encode())
    assert (found.faults, found.entries[0].url, found.entries[0].title) == (
        (),
        address,
        "ماء & ملح",
    )


def test_a_time_without_a_zone_is_by_the_clock_of_the_site() -> None:
    data = feed(item(more="<pubDate>18.10.2026 09:30</pubDate>")).encode()
    entry = syndicated.read(data, zone=ZoneInfo("Asia/Riyadh")).entries[0]
    assert entry.published == datetime(2026, 10, 18, 6, 30, tzinfo=UTC)


# One story is one story


def test_two_feeds_of_one_site_tell_a_story_once(take: Take, tmp_path: Path) -> None:
    other = "<title>ضفاف - الأخبار</title><link>https://difaf.example/news</link>"
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    put(one, feed(item(more=f"{DATED}<category>محليات</category>")))
    put(two, feed(item(), head=other))
    said = [take(folder)[0].outcome for folder in (one, two, one, two)]
    assert said == ["accepted", "unchanged", "unchanged", "unchanged"]
    assert only().rev == 1
    shorter = tmp_path / "shorter"
    shorter.mkdir()
    put(shorter, feed(item(body="<p>فُتح الجسر […]</p>"), head=other))
    assert [take(folder)[0].outcome for folder in (shorter, one)] == ["unchanged", "unchanged"]


def test_numbers_for_names_are_one_story_by_its_page(take: Take, tmp_path: Path) -> None:
    numbered = item().replace("<guid>https://difaf.example/1</guid>", "<guid>105</guid>")
    other = "<title>ضفاف - الأخبار</title><link>https://difaf.example/news</link>"
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    put(one, feed(numbered))
    put(two, feed(numbered, head=other))
    assert [take(folder)[0].outcome for folder in (one, two)] == ["accepted", "unchanged"]
    assert only().headline == "جسر يفتح"


def test_stories_that_share_one_address_stay_apart(take: Take, tmp_path: Path) -> None:
    items = [
        f"<title>خبر {n}</title><link>https://difaf.example/live</link><guid>{n}</guid>{DATED}"
        f"<description>نص الخبر رقم {n}.</description>"
        for n in (1, 2)
    ]
    assert [row.outcome for row in take(put(tmp_path, feed(*items)))] == ["accepted", "accepted"]
