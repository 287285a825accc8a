"""A standing page is written in the editor of stories; its state stands on the list of pages."""

from __future__ import annotations

import re

import pytest
from factories.story import BY, story

from khabarayn.desk.arrange.standing_pages import seed_pages
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.stories.withdraw import withdraw

PAGES = "/newsroom/pages"


@pytest.fixture
def chief(app, enter):
    with app.app_context():
        seed_pages(OPERATOR)
    return enter("chief")


def editor_of(client, slug: str) -> str:
    text = client.get(PAGES).text
    found = re.search(rf'href="(/newsroom/stories/\w+)"[^<]*(?:<[^a][^>]*>[^<]*)*/p/{slug}<', text)
    assert found is not None
    return found[1]


def test_the_list_says_how_many_blanks_each_page_has(chief):
    text = chief.get(PAGES).text
    assert "سياسة التصحيح" in text
    assert "فراغات" in text
    assert text.count("مسودة") >= 8


def test_a_page_is_written_previewed_and_published(chief, client):
    url = editor_of(chief, "about")
    form = chief.get(url).text
    assert "[[" in form
    assert "لا تظهر في قائمة" in form
    refused = chief.post(f"{url}/publish", data={"seen": "1"})
    assert refused.status_code == 422
    assert "فراغات لم تُملأ" in refused.text
    given = {"headline": "من نحن", "body": "<p>نكتب عن الواحة وأهلها.</p>", "base": "1"}
    assert chief.post(url, data=given).status_code == 303
    preview = chief.get(f"{url}/preview").text
    assert "نكتب عن الواحة" in preview
    assert "شاهد أيضًا" not in preview
    done = chief.post(f"{url}/publish", data={"seen": "2"}, follow_redirects=True)
    assert "نُشرت الصفحة" in done.text
    assert 'href="/p/about"' in done.text
    assert "نكتب عن الواحة" in client.get("/p/about").text
    listed = chief.get("/newsroom/?shelf=live").text
    assert "من نحن" not in listed[listed.index('id="lines"') :], "no story of the desk"
    audit = chief.get(f"{url}/revisions").text
    assert audit.count(chief.person.name) >= 1


def test_a_page_is_no_story_to_be_copied_corrected_or_shown_outside(chief):
    url = editor_of(chief, "terms")
    work = chief.get(f"{url}/notes").text
    assert "/duplicate" not in work
    assert "/previews" not in work
    assert chief.post(f"{url}/duplicate").status_code in {303, 422}
    assert chief.post(f"{url}/previews", data={"days": "3"}).status_code == 422


def test_a_new_page_begins_with_its_address_and_a_bad_one_keeps_what_was_typed(chief):
    answer = chief.post(PAGES, data={"headline": "فريقنا", "slug": "Our Team"})
    assert answer.status_code == 422
    assert "Our Team" in answer.text
    assert "فريقنا" in answer.text
    begun = chief.post(PAGES, data={"headline": "فريقنا", "slug": "team"})
    assert begun.status_code == 303
    assert "/p/team" in chief.get(PAGES).text


def test_a_page_is_begun_in_english_and_readers_of_english_get_it(chief, client):
    begun = chief.post(f"{PAGES}/version", data={"page": "corrections", "language": "en"})
    url = begun.headers["Location"]
    assert "Corrections policy" in chief.get(url).text
    assert "/en/p/corrections" in chief.get(PAGES).text
    again = chief.post(f"{PAGES}/version", data={"page": "corrections", "language": "en"})
    assert again.status_code == 422
    given = {"headline": "Corrections policy", "body": "<p>النص بالعربية وحدها.</p>", "base": "1"}
    chief.post(url, data={**given, "headline": "سياسة"})
    refused = chief.post(f"{url}/publish", data={"seen": "2"})
    assert refused.status_code == 422
    assert "ليس بلغتها" in refused.text
    chief.post(url, data={**given, "body": "<p>We say what was wrong.</p>", "base": "2"})
    chief.post(f"{url}/publish", data={"seen": "3"})
    arabic = editor_of(chief, "corrections")
    given = {"headline": "سياسة التصحيح", "body": "<p>نقول ما كان خطأ.</p>", "base": "1"}
    chief.post(arabic, data=given)
    chief.post(f"{arabic}/publish", data={"seen": "2"})
    english, own = client.get("/en/p/corrections").text, client.get("/p/corrections").text
    assert "We say what was wrong." in english
    assert "نقول ما كان خطأ." in own
    for text in (english, own):
        assert 'hreflang="en" href="http://127.0.0.1:8000/en/p/corrections"' in text
        assert 'hreflang="ar" href="http://127.0.0.1:8000/p/corrections"' in text
    foot = english[english.rindex("<footer") :]
    assert "Corrections policy" in foot
    assert "سياسة التصحيح" not in foot
    assert "سياسة التصحيح" in client.get("/").text
    front = client.get("/en/").text
    policy = '"correctionsPolicy":"http://127.0.0.1:8000/en/p/corrections"'
    assert policy in front.replace(": ", ":")


def test_readers_of_english_get_the_arabic_page_until_there_is_theirs(chief, client):
    url = editor_of(chief, "contact")
    given = {"headline": "تواصل معنا", "body": "<p>اكتبوا إلينا.</p>", "base": "1"}
    chief.post(url, data=given)
    chief.post(f"{url}/publish", data={"seen": "2"})
    answer = client.get("/en/p/contact")
    assert "اكتبوا إلينا." in answer.text
    assert 'rel="canonical" href="http://127.0.0.1:8000/p/contact"' in answer.text


def test_a_page_that_is_there_in_english_alone_is_offered_to_readers_of_english_alone(chief, app):
    url = chief.post(f"{PAGES}/version", data={"page": "corrections", "language": "en"}).headers[
        "Location"
    ]
    given = {"headline": "Corrections policy", "body": "<p>We say what was wrong.</p>", "base": "1"}
    chief.post(url, data=given)
    chief.post(f"{url}/publish", data={"seen": "2"})
    public_id = story(app)
    with app.app_context():
        withdraw(public_id, BY, "خطأ في النقل")
    client = app.test_client()
    assert client.get("/p/corrections").status_code == 404
    assert 'href="/p/corrections"' not in client.get(f"/a/{public_id}").text
    assert 'href="/en/p/corrections"' in client.get(f"/en/a/{public_id}").text


@pytest.mark.parametrize(
    ("page", "language", "field"),
    [("nothing", "en", "page"), ("about", "fr", "language"), ("about", "", "language")],
)
def test_what_cannot_be_begun_in_another_language_is_said(chief, page, language, field):
    answer = chief.post(f"{PAGES}/version", data={"page": page, "language": language})
    assert answer.status_code == 422
    assert f'aria-describedby="bad-{field}"' in answer.text
