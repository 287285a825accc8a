"""A feed and a story that use every field of their shapes."""

from datetime import UTC, datetime
from pathlib import Path

from khabarayn.wire.fault import Fault
from khabarayn.wire.feed import Entry, Feed, FeedImage
from khabarayn.wire.newsitem import Byline, NewsItem, NewsPicture

FIXTURES = Path(__file__).parent / "fixtures"
EARLY = datetime(2026, 10, 1, 6, 30, tzinfo=UTC)
LATE = datetime(2026, 11, 2, 18, 5, 9, tzinfo=UTC)


def fixture(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


FULL_ENTRY = Entry(
    id="https://news.example/a/2b3c4d5f",
    url="https://news.example/a/2b3c4d5f",
    title="نسبة < 5% و«أخرى» & C++ في عنوان",
    summary="تمهيد فيه <قوسان> وعلامة & وفاصلة، ثم نقطة.",
    content='<p>متن فيه <a href="https://x.example/?a=1&amp;b=2">رابط</a> و]]> غريبة.</p>',
    published=EARLY,
    updated=LATE,
    authors=("سلمى الحارثي", "Jane O'Neil"),
    section="العالم",
    tags=("ماء", "تاريخ المدن"),
    image=FeedImage(
        url="https://news.example/media/abc/800.jpg?x=1&y=2",
        alt='نص "بديل"',
        caption="تعليق & شرح",
        credit="خَبَرَيْن",
        mime="image/jpeg",
        length=40_960,
        width=800,
        height=450,
    ),
)
BARE_ENTRY = Entry(
    id="urn:example:bare", title="خبر بلا زوائد", published=EARLY, updated=EARLY, content="<p>ن</p>"
)
FULL_FEED = Feed(
    title="خَبَرَيْن: الصين",
    home_url="https://news.example/s/world/china",
    feed_url="https://news.example/s/world/china/feed.xml",
    description="آخر أخبار الصين & جوارها",
    language="ar",
    updated=LATE,
    icon="https://news.example/static/icon.png",
    next_url="https://news.example/s/world/china/feed.xml?before=abc",
    entries=(FULL_ENTRY, BARE_ENTRY),
)
EMPTY_FAULTS: tuple[Fault, ...] = ()

FULL_ITEM = NewsItem(
    uri="tag:news.example,2026:full",
    headline="عنوان كامل & فيه <علامات>",
    body_html='<p>متن.</p><figure><img src="file:../pictures/map.jpg" alt="خريطة"></figure>',
    short_headline="عنوان قصير",
    standfirst="تمهيد",
    teaser="نص ترويجي #ماء",
    language="ar",
    genre="feature",
    version="4",
    published=EARLY,
    updated=LATE,
    status="canceled",
    section="world/china",
    section_name="الصين",
    tags=("ماء", "مدن"),
    authors=(Byline("سلمى", "salma", "محررة", "تكتب عن المدن."), Byline("قسم البيانات")),
    source_name="وكالة",
    source_link="https://agency.example/",
    source_url="https://agency.example/1",
    licence="CC BY 4.0",
    copyright="© وكالة",
    url="https://news.example/a/2b3c4d5f",
    flags=("sensitive", "evergreen", "breaking"),
    lead=NewsPicture(
        "file:../pictures/lead.jpg", "بديل", "تعليق", "رسم", (0.25, 0.6), "image/jpeg", 1600, 900
    ),
    pictures=(NewsPicture("file:../pictures/map.jpg", "خريطة"),),
    corrections=((LATE, "ورد الرقم 5 < 6 خطأ، والصواب 7."),),
    withdrawn_reason="نُشر قبل اكتمال التحقق.",
    see_also=("tag:news.example,2026:other",),
    translations=("tag:news.example,2026:in-english",),
)
