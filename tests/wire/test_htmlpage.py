"""An article page gives its headline, standfirst, author, date, picture and text."""

from __future__ import annotations

from datetime import UTC

import pytest
from wire.samples import fixture

from khabarayn.wire import htmlpage
from khabarayn.wire.fault import WireError


def test_an_article_page_gives_every_field() -> None:
    feed = htmlpage.read(fixture("article.html"))
    (entry,) = feed.entries
    assert feed.title == "صحيفة القافلة"
    assert entry.id == entry.url == "https://qafila.example/culture/camel-library"
    assert entry.title == "مكتبة على ظهر جمل تصل إلى آخر قرية"
    assert entry.summary.startswith("خمسمئة كتاب تعبر الرمال")
    assert entry.authors == ("نوف الرحّال",)
    assert entry.section == "ثقافة"
    assert entry.tags == ("كتب", "صحراء", "قراءة")
    assert entry.published is not None
    assert entry.published.isoformat() == "2026-10-05T07:15:00+03:00"
    assert entry.image is not None
    assert entry.image.url == "https://qafila.example/img/camel.jpg"
    assert (entry.image.alt, entry.image.caption, entry.image.credit) == (
        "جمل يحمل صندوقين من الكتب",
        "القافلة عند مدخل القرية",
        "تصوير القافلة",
    )
    assert entry.content.count("<p>") >= 4
    assert "<h2>قراء عند البئر</h2>" in entry.content
    assert 'href="https://qafila.example/about"' in entry.content
    for noise in ("الرئيسية", "حقوق", "track()", "<script", "مكتبة على ظهر جمل تصل"):
        assert noise not in entry.content


def test_a_page_without_data_is_named_by_its_own_words() -> None:
    paragraph = "كلمات كثيرة تكفي ليُعرف أنها متن مقال حقيقي وليست قائمة روابط. " * 3
    page = (
        f"<html><title>عنوان الصفحة</title><body><h1>العنوان</h1><p>{paragraph}</p></body></html>"
    )
    feed = htmlpage.read(page.encode("windows-1256"), url="https://old.example/x.htm")
    (entry,) = feed.entries
    assert (entry.title, entry.url) == ("العنوان", "https://old.example/x.htm")
    assert "كلمات كثيرة" in entry.content


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<p></p>", "<!-- -->"])
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(WireError) as caught:
        htmlpage.read(page.encode())
    assert caught.value.faults[0].reason == "no_article"


BODY = (
    "<p>أعلنت دار الكتب أن قاعة المخطوطات ستفتح أبوابها للزوار بعد ترميم طال ثلاث سنوات كاملة.</p>"
    '<figure><img src="/p/hall.jpg" alt="قاعة"><figcaption>القاعة بعد الترميم</figcaption></figure>'
    "<p>وقالت المديرة إن القاعة تضم ألفي مخطوط، بعضها يُعرض أول مرة منذ نصف قرن من الزمان.</p>"
    '<iframe src="https://player.example/v/7" title="جولة"></iframe>'
    "<blockquote><p>الكتاب بيت لا يُغلق.</p><cite>المديرة</cite></blockquote>"
    "<p>وتستقبل القاعة زوارها من السبت إلى الأربعاء، صباحًا ومساءً، ولا رسوم على الطلاب فيها.</p>"
)


def page(inside: str = "", head: str = "", after: str = "") -> bytes:
    return (
        f'<html lang="ar"><head><title>قاعة المخطوطات</title>{head}</head><body><nav>'
        f'<a href="/">بيت</a></nav><article><h1>قاعة المخطوطات تُفتح</h1>{inside}{BODY}'
        f"</article>{after}"
        "<aside><time datetime='2020-01-01'>قديم</time><h3>اقرأ أيضًا خبرًا آخر</h3></aside>"
        "<footer>الحقوق محفوظة 2019</footer></body></html>"
    ).encode()


@pytest.mark.parametrize(
    ("inside", "head"),
    [
        ("<time datetime='2026-03-04T09:00:00Z'>4 مارس</time>", ""),
        ("<time>4 آذار 2026 12:00 +0300</time>", ""),
        ('<meta itemprop="datePublished" content="2026-03-04T09:00:00Z">', ""),
        (
            '<span property="schema:datePublished" content="2026-03-04T12:00:00+03:00">أمس</span>',
            "",
        ),
        ('<span itemprop="datePublished">04/03/2026 09:00 GMT</span>', ""),
        ("", '<meta name="pubdate" content="2026-03-04T09:00:00Z">'),
        ("", '<meta name="DC.date.issued" content="2026-03-04T09:00:00Z">'),
        ("", '<meta property="og:published_time" content="2026-03-04T09:00:00Z">'),
        ('<div class="post-date">الأربعاء 15 رمضان 1447 هـ 12:00 بتوقيت مكة</div>', ""),
    ],
)
def test_the_time_of_a_page_is_found_wherever_it_stands(inside: str, head: str) -> None:
    (entry,) = htmlpage.read(page(inside, head), "https://kutub.example/1").entries
    assert entry.published is not None
    assert entry.published.astimezone(UTC).isoformat() == "2026-03-04T09:00:00+00:00"
    assert entry.notes == ()


def test_a_page_whose_time_is_not_known_says_so_and_takes_none_from_its_frame() -> None:
    (entry,) = htmlpage.read(page(), "https://kutub.example/1").entries
    assert (entry.published, entry.notes) == (None, (("no_time", ""),))


@pytest.mark.parametrize(
    ("inside", "head"),
    [
        ('<p>كتبت <a rel="author" href="/by/2">ليلى قاسم</a></p>', ""),
        ('<span itemprop="author"><span itemprop="name">ليلى قاسم</span></span>', ""),
        ('<p class="byline">بقلم: ليلى قاسم</p>', ""),
        ("", '<meta name="author" content="ليلى قاسم">'),
    ],
)
def test_the_name_under_a_page_is_its_author(inside: str, head: str) -> None:
    (entry,) = htmlpage.read(page(inside, head), "https://kutub.example/1").entries
    assert entry.authors == ("ليلى قاسم",)
    assert "ليلى" not in entry.content


def test_what_stands_inside_a_page_comes_along() -> None:
    (entry,) = htmlpage.read(page(), "https://kutub.example/1").entries
    assert '<img src="https://kutub.example/p/hall.jpg"' in entry.content
    assert "القاعة بعد الترميم" in entry.content
    assert "https://player.example/v/7" in entry.content
    assert "<cite>المديرة</cite>" in entry.content
    for noise in ("بيت</a>", "محفوظة", "خبرًا آخر"):
        assert noise not in entry.content


def test_a_date_in_the_middle_of_a_sentence_stays_in_it() -> None:
    inside = (
        '<p>افتُتح المبنى القديم في <time datetime="1950">عام 1950</time> وفيه مكتبة كبيرة '
        "وقاعة للخرائط.</p>"
        '<p>نُشر في <time datetime="2026-03-04T09:00:00Z">4 مارس</time></p>'
    )
    (entry,) = htmlpage.read(page(inside), "https://kutub.example/1").entries
    assert "افتُتح المبنى القديم في عام 1950 وفيه مكتبة كبيرة" in entry.content
    assert "4 مارس" not in entry.content
    assert entry.published is not None
