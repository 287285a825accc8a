"""A story's page leads to its other languages, and says nothing where it has none."""

from __future__ import annotations

import json
import re

from factories.story import BY, story, two_versions

from khabarayn.desk.stories.withdraw import withdraw


def jsonld(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found
    return json.loads(found[1])["@graph"][0]


def test_each_version_leads_readers_and_search_engines_to_the_other(any_app, any_client):
    arabic, english = two_versions(any_app)
    base = "http://127.0.0.1:8000/a"
    wanted = {"ar": f"{base}/{arabic}", "en": f"{base}/{english}"}
    for public_id in (arabic, english):
        page = any_client.get(f"/a/{public_id}").text
        links = dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', page))
        assert links == wanted
    page = any_client.get(f"/a/{arabic}").text
    assert f'href="/en/a/{english}"' in page
    assert "اقرأ بالإنجليزية" in page
    assert jsonld(page)["workTranslation"][0]["url"] == wanted["en"]  # type: ignore[index]
    page = any_client.get(f"/en/a/{english}").text
    assert f'href="/a/{arabic}"' in page
    assert "Read in Arabic" in page
    assert jsonld(page)["translationOfWork"]["url"] == wanted["ar"]  # type: ignore[index]
    sitemap = any_client.get("/sitemap-2026-03.xml").text
    for language, url in wanted.items():
        link = f'<xhtml:link rel="alternate" hreflang="{language}" href="{url}"/>'
        assert sitemap.count(link) == 2


def test_a_story_of_one_language_says_nothing_of_others(app, client):
    page = client.get(f"/a/{story(app)}").text
    assert "hreflang" not in page.partition("<footer")[0]
    assert "Translation" not in page


def test_a_version_that_is_not_public_is_not_shown(app, client):
    arabic, english = two_versions(app)
    with app.app_context():
        withdraw(english, BY, "نُشر خطأ.")
    page = client.get(f"/a/{arabic}").text
    assert english not in page
