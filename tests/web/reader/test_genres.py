"""Readers are told what is no plain report: on the page and cards, where it is shared, in feeds."""

from __future__ import annotations

import json
import re

import pytest
from factories.story import story

from khabarayn.store.db import now

LABELS = {
    "رأي": ("رأي", "OpinionNewsArticle"),
    "analysis": ("تحليل", "AnalysisNewsArticle"),
    "مقابلة": ("مقابلة", "NewsArticle"),
    "رسالة قارئ": ("رسالة قارئ", "OpinionNewsArticle"),
    "Sponsored": ("مادة إعلانية", "AdvertiserContentArticle"),
}
LINK = '<p>التفاصيل في <a href="https://bank.example/card">موقع المصرف</a>.</p>'


def described(client, public_id):
    """Return what a story's page tells search engines of the story itself."""
    page = client.get(f"/a/{public_id}").text
    graph = json.loads(re.search(r'ld\+json"[^>]*>(.*?)</script>', page, re.S)[1])["@graph"]
    return next(node for node in graph if node["@type"].endswith("Article"))


@pytest.mark.parametrize("written", LABELS)
def test_a_genre_is_named_wherever_the_headline_stands(app, client, written):
    label, kind = LABELS[written]
    id = story(app, headline="الجسر بعد عام", genre=written, published_at=now())
    badge = f'<span class="genre">{label}</span>'
    page = client.get(f"/a/{id}").text
    assert badge in page.split("<h1")[0]
    assert badge in client.get("/latest").text
    assert f'data-title="{label}: الجسر بعد عام"' in page
    assert described(client, id)["@type"] == kind
    assert client.get("/feed.json").json["items"][0]["title"] == f"{label}: الجسر بعد عام"
    for address in ("/feed.xml", "/atom.xml"):
        assert f"{label}: الجسر بعد عام</title>" in client.get(address).text


@pytest.mark.parametrize("written", ["", "تقرير", "explainer"])
def test_a_report_carries_no_label(app, client, written):
    id = story(app, headline="الجسر بعد عام", genre=written)
    assert 'class="genre"' not in client.get(f"/a/{id}").text
    assert described(client, id)["@type"] == "NewsArticle"
    assert client.get("/feed.json").json["items"][0]["title"] == "الجسر بعد عام"


def test_a_headline_that_names_its_genre_is_not_labelled_twice(app, client):
    story(app, headline="مقابلة: مهندس الجسر يتحدث", genre="مقابلة")
    title = client.get("/feed.json").json["items"][0]["title"]
    assert title == "مقابلة: مهندس الجسر يتحدث"


def test_what_was_paid_for_says_by_whom_and_its_links_say_so(app, client):
    paid = story(app, genre="sponsored", source_name="مصرف الواحة", body_html=LINK)
    page = client.get(f"/a/{paid}").text
    assert "مادة إعلانية برعاية مصرف الواحة، وليست من عمل هيئة التحرير." in page
    assert 'href="https://bank.example/card" rel="noopener external sponsored"' in page
    assert described(client, paid)["sponsor"]["name"] == "مصرف الواحة"
    feed = client.get("/feed.json").json["items"][0]["content_html"]
    assert '<a rel="sponsored" href="https://bank.example/card"' in feed
    free = client.get(f"/a/{story(app, body_html=LINK)}").text
    assert 'href="https://bank.example/card" rel="noopener external"' in free
    assert 'class="paid"' not in free


def test_what_was_paid_for_is_no_news_and_never_leads_by_itself(app, client):
    paid = story(app, genre="sponsored", published_at=now())
    news = story(app, published_at=now())
    assert paid not in client.get("/news-sitemap.xml").text
    assert news in client.get("/news-sitemap.xml").text
    assert f"/a/{paid}" not in client.get("/").text.split('class="blocks"')[0]
    assert f"/a/{paid}" in client.get("/latest").text
