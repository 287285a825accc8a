"""What an article says about itself to search engines and chat apps."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from factories.media import picture_bytes
from factories.story import BY, story
from lxml import html
from PIL import Image

from khabarayn.article.proposal import ProposedAuthor, ProposedPicture
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.pictures.upload import upload
from khabarayn.desk.stories.correct import correct

AT = datetime(2026, 3, 1, 6, tzinfo=UTC)
LATER = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")


def head(client, address: str) -> dict[str, list[str]]:
    """Return every meta property of a page, in order, and its title."""
    tree = html.fromstring(client.get(address).text)
    found: dict[str, list[str]] = {"title": [tree.findtext("head/title") or ""]}
    for meta in tree.iterfind("head/meta[@property]"):
        found.setdefault(meta.get("property"), []).append(meta.get("content"))
    return found


def linked_data(client, address: str) -> dict[str, Any]:
    tree = html.fromstring(client.get(address).text)
    (script,) = tree.iterfind("head/script[@type='application/ld+json']")
    told = json.loads(script.text)
    assert told["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in told["@graph"]}


def absolute(address: object) -> bool:
    parts = urlsplit(str(address))
    return parts.scheme == "http" and parts.netloc == "127.0.0.1:8000" and parts.path != ""


@pytest.fixture
def corrected(app) -> str:
    """A story with all that can be told, corrected once."""
    public_id = story(
        app,
        headline="تحديث C++ يصل </script> إلى الجسر",
        tags=("مدن", "جسور"),
        authors=(ProposedAuthor("سلمى", "salma", role="محررة"),),
        published_at=AT,
    )
    with app.app_context():
        correct(public_id, BY, "الطول أربعمئة متر.", at=LATER)
    return public_id


def test_the_article_tells_its_hours_section_and_tags(client, corrected):
    found = head(client, f"/a/{corrected}")
    assert found["og:type"] == ["article"]
    assert found["og:locale"] == ["ar_AR"]
    assert found["article:published_time"] == [AT.isoformat()]
    assert found["article:modified_time"] == [LATER.isoformat()]
    assert found["article:section"] == ["أخبار"]
    assert found["article:tag"] == ["مدن", "جسور"]


def test_a_page_that_is_no_article_tells_none_of_it(client):
    found = head(client, "/latest")
    assert found["og:locale"] == ["ar_AR"]
    assert not [name for name in found if name.startswith("article:")]
    assert head(client, "/en/latest")["og:locale"] == ["en_US"]


def test_the_drawn_picture_has_the_size_that_is_told(client, corrected):
    found = head(client, f"/a/{corrected}")
    told = int(found["og:image:width"][0]), int(found["og:image:height"][0])
    drawn = client.get(urlsplit(found["og:image"][0]).path).data
    assert Image.open(io.BytesIO(drawn)).size == told == (1200, 630)


@pytest.mark.parametrize("size", [(1600, 900), (1300, 1500)])
def test_a_picture_has_the_size_that_is_told(app, client, size):
    with app.app_context():
        store = app.extensions["khabarayn.media"]
        media = upload(picture_bytes(*size), OPERATOR, alt="جسر فوق نهر", store=store)
    public_id = story(app, lead=ProposedPicture(f"media:{media}", alt="جسر فوق نهر"))
    found = head(client, f"/a/{public_id}")
    told = int(found["og:image:width"][0]), int(found["og:image:height"][0])
    sent = client.get(urlsplit(found["og:image"][0]).path).data
    real = Image.open(io.BytesIO(sent)).size
    assert (told[0], abs(told[1] - real[1]) <= 1) == (real[0], True)
    assert found["og:image:alt"] == ["جسر فوق نهر"]


def test_no_control_of_direction_leaves_the_page(app, client, corrected):
    found = head(client, f"/a/{corrected}")
    assert found["title"] == ["تحديث C++ يصل </script> إلى الجسر | خَبَرَيْن"]
    assert head(client, "/en/latest")["title"] == ["Latest news | خَبَرَيْن"]
    fenced = story(app, headline="لغة \u2068C++\u2069 اليوم", standfirst="مقدمة \u2068F#\u2069")
    for address in (f"/a/{fenced}", "/feed.xml", "/atom.xml", "/feed.json"):
        page = client.get(address).text
        bodyless = page.split("<body")[0]
        assert "لغة C++ اليوم" in bodyless, address
        assert not re.search("[\u2066-\u2069\u200e\u200f]", bodyless), address
    shared = re.findall(r"(?:wa\.me|t\.me|x\.com)/[^\"]*", client.get(f"/a/{fenced}").text)
    assert shared
    assert not re.search("%E2%81%A[6-9]", " ".join(shared))


def test_a_story_that_begins_with_a_latin_word_reads_from_the_right(app, client):
    public_id = story(app, headline="OpenAI GPT تطلق نموذجًا جديدًا للغة")
    page = client.get(f"/a/{public_id}").text
    assert '<h1 id="headline" lang="ar" dir="rtl">' in page
    assert '<div class="story" lang="ar" dir="rtl"' in page
    assert 'lang="ar" dir="rtl"><a href="/a/' + public_id in client.get("/latest").text


def test_a_language_is_told_from_the_letters_where_the_source_is_wrong(app, client):
    arabic = story(app, language="en-us")
    english = story(
        app,
        headline="A bridge opens over the river",
        standfirst="",
        body_html="<p>The city opened a bridge today.</p>",
        language="ar",
    )
    assert 'lang="ar" dir="rtl" data-story' in client.get(f"/a/{arabic}").text
    assert 'lang="en" dir="ltr" data-story' in client.get(f"/a/{english}").text


def test_the_linked_data_is_a_news_article(client, corrected):
    data = linked_data(client, f"/a/{corrected}")["NewsArticle"]
    assert data["headline"] == "تحديث C++ يصل </script> إلى الجسر"
    assert data["url"] == data["mainEntityOfPage"] == f"http://127.0.0.1:8000/a/{corrected}"
    assert data["inLanguage"] == "ar"
    assert data["articleSection"] == ["أخبار"]
    assert data["keywords"] == ["مدن", "جسور"]
    assert isinstance(data["wordCount"], int)
    assert data["wordCount"] > 50
    assert data["isAccessibleForFree"] is True
    assert MOMENT.fullmatch(data["datePublished"])
    assert data["datePublished"] == AT.isoformat()
    assert data["dateModified"] == LATER.isoformat()


def test_the_linked_data_names_who_wrote_and_who_published(client, corrected):
    data = linked_data(client, f"/a/{corrected}")["NewsArticle"]
    (author,) = data["author"]
    assert (author["@type"], author["name"]) == ("Person", "سلمى")
    assert absolute(author["url"])
    publisher = data["publisher"]
    assert (publisher["@type"], publisher["name"]) == ("NewsMediaOrganization", "خَبَرَيْن")
    assert absolute(publisher["url"])
    assert publisher["logo"]["@type"] == "ImageObject"
    with client.get(urlsplit(publisher["logo"]["url"]).path) as logo:
        size = Image.open(io.BytesIO(logo.data)).size
    # Google's «Article»: a logo of at least 112 × 112.
    assert min(size) >= 112
    (correction,) = data["correction"]
    assert (correction["@type"], correction["text"]) == ("CorrectionComment", "الطول أربعمئة متر.")
    assert correction["datePublished"] == LATER.isoformat()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_address_and_moment_of_the_linked_data_is_whole(client, corrected, prefix):
    data = linked_data(client, f"{prefix}/a/{corrected}")
    told = list(leaves(data))
    addresses = [value for name, value in told if name in {"url", "image", "mainEntityOfPage"}]
    moments = [value for name, value in told if name.startswith("date")]
    assert len(addresses) == 6
    assert all(absolute(address) for address in addresses), addresses
    assert len(moments) == 3
    assert all(MOMENT.fullmatch(str(moment)) for moment in moments), moments
    assert all(value not in (None, "") for _, value in told)


def leaves(value, name=""):
    """Yield every plain value of a JSON document with the name that it stands under."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, name)
    else:
        yield name, value


def test_the_front_page_names_the_paper_and_how_its_search_is_asked(client):
    told = linked_data(client, "/")
    assert told["NewsMediaOrganization"]["name"] == "خَبَرَيْن"
    site = told["WebSite"]
    assert site["publisher"]["@id"] == told["NewsMediaOrganization"]["@id"]
    way = site["potentialAction"]["target"]["urlTemplate"]
    assert way == "http://127.0.0.1:8000/search?q={search_term_string}"
    assert client.get(urlsplit(way).path + "?q=خبر").status_code == 200


def test_stories_and_sections_tell_the_way_that_leads_to_them(client, corrected):
    for address, names in (
        (f"/a/{corrected}", ["خَبَرَيْن", "أخبار"]),
        ("/s/news", ["خَبَرَيْن", "أخبار"]),
    ):
        steps = linked_data(client, address)["BreadcrumbList"]["itemListElement"]
        assert [step["name"] for step in steps] == names, address
        assert [step["position"] for step in steps] == [1, 2]
        assert all(absolute(step["item"]) for step in steps)


def test_search_engines_may_show_large_pictures_of_what_they_may_list(client, corrected):
    assert (
        '<meta name="robots" content="max-image-preview:large">'
        in client.get(f"/a/{corrected}").text
    )
    assert '<meta name="robots" content="noindex">' in client.get("/search?q=x").text


def test_a_shared_picture_is_at_least_1200_pixels_wide(app, client):
    with app.app_context():
        store = app.extensions["khabarayn.media"]
        media = upload(picture_bytes(1600, 900), OPERATOR, alt="جسر فوق نهر", store=store)
    public_id = story(app, lead=ProposedPicture(f"media:{media}", alt="جسر فوق نهر"))
    assert int(head(client, f"/a/{public_id}")["og:image:width"][0]) >= 1200


def test_a_small_picture_is_not_shared_the_drawn_headline_is(app, client):
    with app.app_context():
        store = app.extensions["khabarayn.media"]
        media = upload(picture_bytes(900, 700), OPERATOR, alt="جسر فوق نهر", store=store)
    public_id = story(app, lead=ProposedPicture(f"media:{media}", alt="جسر فوق نهر"))
    found = head(client, f"/a/{public_id}")
    assert found["og:image:width"] == ["1200"]
    assert urlsplit(found["og:image"][0]).path == f"/share/{public_id}.jpg"
