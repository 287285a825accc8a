"""A published page stands at its address, in the foot and in the sitemap, and in no list."""

from __future__ import annotations

import json
import re

from factories.standing import WORDS, filled
from factories.story import BY, story

from khabarayn.desk.arrange.standing_pages import seed_pages
from khabarayn.desk.stories.withdraw import withdraw


def test_readers_find_a_published_page_by_its_address_and_in_no_list(any_app, any_client):
    with any_app.app_context():
        seed_pages(BY)
    story(any_app)
    assert any_client.get("/p/about").status_code == 404
    with any_app.app_context():
        public_id = filled("about")
    assert any_client.get("/about").headers["Location"] == "/p/about"
    page = any_client.get("/p/about")
    assert page.status_code == 200
    assert WORDS in page.text
    assert re.search(r'<link rel="canonical" href="[^"]*/p/about">', page.text)
    for address in (
        "/latest", "/s/news", "/feed.xml", "/atom.xml", "/feed.json", "/news-sitemap.xml",
        "/search?q=واحة النخيل العتيقة", "/api/sync?since=0",
    ):  # fmt: skip
        text = any_client.get(address).text
        assert public_id not in text, address
        assert WORDS not in text, address
    assert any_client.get(f"/a/{public_id}").status_code == 404
    assert any_client.post(f"/api/reads/{public_id}").status_code in {204, 404}
    assert "/p/about" in any_client.get("/sitemap-pages.xml").text
    assert 'href="/p/about"' in any_client.get("/latest").text, "the foot leads to it"
    assert 'href="/p/privacy"' not in any_client.get("/latest").text


def test_a_withdrawn_page_says_why_and_leaves_foot_and_sitemap(any_app, any_client):
    with any_app.app_context():
        seed_pages(BY)
        public_id = filled("terms")
    assert 'href="/p/terms"' in any_client.get("/sections").text
    with any_app.app_context():
        withdraw(public_id, BY, "نراجع الشروط")
    gone = any_client.get("/p/terms")
    assert gone.status_code == 410
    assert "نراجع الشروط" in gone.text
    assert "سُحبت هذه الصفحة" in gone.text
    assert 'href="/p/terms"' not in any_client.get("/sections").text
    assert "/p/terms" not in any_client.get("/sitemap-pages.xml").text


def test_search_engines_are_told_of_the_published_policies_and_of_no_other(any_app, any_client):
    with any_app.app_context():
        seed_pages(BY)
        for slug in ("about", "corrections", "contact"):
            filled(slug)
    document = re.search(r'ld\+json">(.*?)</script>', any_client.get("/").text)
    assert document is not None
    paper = next(
        one for one in json.loads(document[1])["@graph"] if one["@type"] == "NewsMediaOrganization"
    )
    assert paper["publishingPrinciples"].endswith("/p/about")
    assert paper["correctionsPolicy"].endswith("/p/corrections")
    assert paper["contactPoint"]["url"].endswith("/p/contact")
    assert "ownershipFundingInfo" not in paper
    with any_app.app_context():
        filled("ownership")
    assert "/p/ownership" in any_client.get("/").text
    assert '"AboutPage"' in any_client.get("/p/about").text
