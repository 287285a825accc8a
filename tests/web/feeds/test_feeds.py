"""What programs read."""

from __future__ import annotations

import html
import json
import re
from datetime import UTC, datetime

import pytest
from defusedxml import ElementTree
from factories.story import BODY, BY, MORNING, stories, story

from khabarayn.article.proposal import ProposedAuthor
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.store.db import now
from khabarayn.wire import atom, jsonfeed, rss

READ = {"feed.xml": rss.read, "atom.xml": atom.read, "feed.json": jsonfeed.read}
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.parametrize("form", READ)
@pytest.mark.parametrize("place", ["", "/s/news", "/t/مدن", "/by/salma"])
def test_every_list_is_a_feed_with_the_whole_text(app, client, form, place):
    ids = stories(app, 3, body_html=BODY, authors=(ProposedAuthor("سلمى", "salma"),))
    story(app, status="draft")
    answer = client.get(f"{place}/{form}")
    assert answer.status_code == 200
    feed = READ[form](answer.data)
    assert [entry.url.rpartition("/")[2] for entry in feed.entries] == ids[::-1]
    assert "ويُفتح الجسر للشاحنات" in feed.entries[0].content
    assert feed.entries[0].url.startswith("http://127.0.0.1:8000/a/")


def test_a_withdrawn_story_leaves_the_feeds(app, client):
    public_id = story(app)
    with app.app_context():
        withdraw(public_id, BY, "مكرر.")
    assert public_id not in client.get("/feed.xml").text


def test_a_feed_of_nothing_is_not_found(client):
    assert client.get("/s/nowhere/feed.xml").status_code == 404
    assert client.get("/feed.xml").status_code == 200


def addresses(answer):
    return [node.text for node in ElementTree.fromstring(answer.data).iter(f"{NAMESPACE}loc")]


def test_the_sitemaps_hold_every_story_once(app, client):
    march = stories(app, 2, published_at=MORNING)
    april = story(app, published_at=datetime(2026, 4, 1, tzinfo=UTC))
    index = addresses(client.get("/sitemap.xml"))
    assert [url.rpartition("/")[2] for url in index] == [
        "sitemap-pages.xml",
        "sitemap-2026-04.xml",
        "sitemap-2026-03.xml",
    ]
    assert {url.rpartition("/")[2] for url in addresses(client.get("/sitemap-2026-03.xml"))} == set(
        march
    )
    assert addresses(client.get("/sitemap-2026-04.xml")) == [f"http://127.0.0.1:8000/a/{april}"]
    assert client.get("/sitemap-2025-01.xml").status_code == 404
    assert client.get("/sitemap-2026-13.xml").status_code == 404


def test_the_news_sitemap_holds_only_the_last_two_days(app, client):
    story(app, published_at=MORNING)
    fresh = story(app, published_at=now())
    assert addresses(client.get("/news-sitemap.xml")) == [f"http://127.0.0.1:8000/a/{fresh}"]


def test_robots_names_the_sitemaps_and_closes_what_is_personal(client):
    text = client.get("/robots.txt").text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text
    assert "Disallow: /newsroom/" in text


def test_the_manifest_names_files_that_exist(client):
    manifest = json.loads(client.get("/manifest.webmanifest").data)
    assert (manifest["lang"], manifest["dir"], manifest["id"]) == ("ar", "rtl", "/")
    for picture in (*manifest["icons"], *manifest["screenshots"]):
        with client.get(picture["src"]) as answer:
            assert answer.status_code == 200
            assert answer.headers["Content-Type"].startswith(picture["type"])


def test_a_feeds_body_says_its_direction_and_keeps_latin_words_in_order(app, client):
    story(app, body_html="<p>لغة C++ وهاتف iPhone 15 Pro Max في السوق.</p>")
    held = '<div lang="ar" dir="rtl"><p>لغة <bdi lang="en">C++</bdi>'
    assert held in client.get("/feed.json").json["items"][0]["content_html"]
    for address in ("/feed.xml", "/atom.xml"):
        assert html.escape(held, quote=False) in client.get(address).text.replace("&quot;", '"')
    assert "<dc:language>ar</dc:language>" in client.get("/feed.xml").text
    assert client.get("/feed.json").json["items"][0]["language"] == "ar"


def news_article(client, public_id):
    """Return what a story's page tells search engines of the story itself."""
    page = client.get(f"/a/{public_id}").text
    told = json.loads(re.search(r'ld\+json"[^>]*>(.*?)</script>', page, re.S)[1])
    return next(node for node in told["@graph"] if node["@type"] == "NewsArticle")


def test_an_agencys_story_without_names_is_credited_to_the_agency(app, client):
    public_id = story(
        app,
        authors=(),
        source_name="وكالة الضفتين",
        source_link="https://difaf.example/",
        source_url="https://difaf.example/9",
    )
    rss, atom = client.get("/feed.xml").text, client.get("/atom.xml").text
    assert "<dc:creator>وكالة الضفتين</dc:creator>" in rss
    assert '<source url="https://difaf.example/">وكالة الضفتين</source>' in rss
    assert "<author><name>وكالة الضفتين</name></author>" in atom
    (author,) = next(
        item["authors"]
        for item in client.get("/feed.json").json["items"]
        if item["url"].endswith(public_id)
    )
    assert author == {"name": "وكالة الضفتين"}
    data = news_article(client, public_id)
    assert [(a["@type"], a["name"]) for a in data["author"]] == [("Organization", "وكالة الضفتين")]


def test_a_person_without_a_title_is_a_person_and_a_desk_is_not(app, client):
    public_id = story(app, authors=(ProposedAuthor("هدى النجار"), ProposedAuthor("قسم البيانات")))
    data = news_article(client, public_id)
    assert [a["@type"] for a in data["author"]] == ["Person", "Organization"]
