"""Each language of the paper has its own front, lists, feeds and search; none is empty or lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from factories.story import story

ENGLISH = {
    "headline": "The council opens a bridge across the river",
    "standfirst": "Three years of work ended with the first bus this morning.",
    "language": "en",
    "body_html": "<p>The council opened a bridge of steel this morning.</p>",
    "tags": ("مدن", "Bridges"),
}
LISTS = ("/", "/latest", "/s/news", "/t/مدن", "/feed.xml", "/atom.xml", "/s/news/feed.xml")


def with_stories(answer: str, *ids: str) -> list[bool]:
    return [f"/a/{public_id}" in answer for public_id in ids]


def test_each_language_has_its_own_front_lists_and_feeds(any_app, any_client):
    arabic = story(any_app)
    english = story(any_app, **ENGLISH)
    for address in LISTS:
        assert with_stories(any_client.get(address).text, arabic, english) == [True, False], address
        there = any_client.get(f"/en{address}").text
        assert with_stories(there, arabic, english) == [False, True], address
    assert "<language>en</language>" in any_client.get("/en/feed.xml").text
    assert "<language>ar</language>" in any_client.get("/feed.xml").text
    assert json.loads(any_client.get("/en/feed.json").text)["language"] == "en"


def test_a_paper_of_arabic_stories_shows_them_in_the_english_interface_as_before(client, app):
    arabic = story(app)
    for address in LISTS:
        assert with_stories(client.get(f"/en{address}").text, arabic) == [True], address
    assert "<language>ar</language>" in client.get("/en/feed.xml").text
    assert "languages" not in client.get("/search?q=جسر").text


def test_news_search_gets_a_map_a_language_and_the_archive_one_of_all(app, client):
    hour = datetime.now(UTC) - timedelta(hours=1)
    arabic = story(app, published_at=hour)
    english = story(app, **ENGLISH, published_at=hour)
    assert with_stories(client.get("/news-sitemap.xml").text, arabic, english) == [True, False]
    there = client.get("/en/news-sitemap.xml").text
    assert with_stories(there, arabic, english) == [False, True]
    assert "<news:language>en</news:language>" in there
    month = client.get(f"/sitemap-{hour:%Y-%m}.xml").text
    assert with_stories(month, arabic, english) == [True, True]


def test_search_crosses_no_language_unless_asked(any_app, any_client):
    arabic = story(any_app, headline="البلدية تعرض OpenBridge على السكان")
    english = story(any_app, **{**ENGLISH, "headline": "OpenBridge comes to the council"})
    found = any_client.get("/search?q=OpenBridge").text
    assert with_stories(found, arabic, english) == [True, False]
    assert "languages" in found
    found = any_client.get("/en/search?q=OpenBridge").text
    assert with_stories(found, arabic, english) == [False, True]
    found = any_client.get("/search?q=OpenBridge&languages=all").text
    assert with_stories(found, arabic, english) == [True, True]
    suggested = any_client.get("/search/suggest?q=OpenB").text
    assert with_stories(suggested, arabic, english) == [True, False]


def test_what_is_related_is_in_the_language_of_the_story(app, client):
    body = "<p>OpenBridge OpenRiver OpenPort 2026.</p>"
    arabic = [story(app, headline=f"الجسر OpenBridge رقم {n}", body_html=body) for n in range(3)]
    english = [
        story(app, **{**ENGLISH, "headline": f"OpenBridge number {n}", "body_html": body})
        for n in range(3)
    ]
    page = client.get(f"/a/{arabic[-1]}").text
    assert with_stories(page, *english) == [False] * 3
    assert any(with_stories(page, *arabic[:2]))
    page = client.get(f"/a/{english[-1]}").text
    assert with_stories(page, *arabic) == [False] * 3
    assert any(with_stories(page, *english[:2]))


def test_robots_are_led_to_the_front_of_a_language_once_it_has_stories(app, client):
    story(app)
    base = "http://127.0.0.1:8000"
    assert "/en/" not in client.get("/robots.txt").text
    assert "/en/" not in client.get("/sitemap-pages.xml").text
    story(app, **{**ENGLISH, "tags": ()})
    assert f"Sitemap: {base}/en/news-sitemap.xml" in client.get("/robots.txt").text
    fronts = client.get("/sitemap-pages.xml").text
    assert f"<loc>{base}/en/</loc>" in fronts
    assert fronts.count(f'hreflang="en" href="{base}/en/latest"') == 2
    assert 'content="noindex"' in client.get("/en/t/مدن").text
    assert 'content="noindex"' not in client.get("/t/مدن").text
