"""An article page gives its headline, standfirst, author, date, picture and text."""

from __future__ import annotations

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
