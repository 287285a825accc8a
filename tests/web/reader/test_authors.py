"""An author has a face, a way to be written to, a count and a feed."""

from __future__ import annotations

import json
import re

import pytest
from factories.media import media
from factories.story import BY, stories, story

from khabarayn.article.proposal import ProposedAuthor
from khabarayn.desk.arrange.bylines import change_author
from khabarayn.desk.refused import Refused
from khabarayn.store.db import db
from khabarayn.store.queries.authors import author_by_slug

SAMAR = ProposedAuthor("سمر الخطيب", "samar")
SAID = "samar@waha.example\nhttps://mastodon.example/@samar\n"


def known(app, contacts: str = SAID) -> None:
    with app.app_context():
        portrait = media(renditions=[{"name": "1x1-192.jpg", "bytes": 900}]).public_id
        db.session.commit()
        change_author(
            "samar", BY, name="سمر الخطيب", role="محررة مدن", bio="تكتب عن المدن.",
            contacts=contacts, portrait=portrait,
        )  # fmt: skip


def graph(text: str) -> list[dict]:
    found = re.search(r'ld\+json">(.*?)</script>', text)
    assert found is not None
    return json.loads(found[1])["@graph"]


def test_an_authors_page_says_who_they_are_how_much_they_wrote_and_how_to_follow(
    any_app, any_client
):
    stories(any_app, 3, authors=(SAMAR,))
    known(any_app)
    text = any_client.get("/by/samar").text
    assert "3 أخبار" in text
    assert 'href="mailto:samar@waha.example"' in text
    assert 'rel="me noopener external"' in text
    assert ">mastodon.example<" in text
    assert "/by/samar/feed.xml" in text.split("<main", 1)[1]
    (page,) = graph(text)
    assert page["@type"] == "ProfilePage"
    person = page["mainEntity"]
    assert person["jobTitle"] == "محررة مدن"
    assert person["image"].endswith("1x1-192.jpg")
    assert person["email"] == "samar@waha.example"
    assert person["sameAs"] == ["https://mastodon.example/@samar"]


def test_a_story_shows_at_its_foot_who_wrote_it(any_app, any_client):
    public_id = story(any_app, authors=(SAMAR,))
    assert "author-card" not in any_client.get(f"/a/{public_id}").text
    known(any_app)
    text = any_client.get(f"/a/{public_id}").text
    assert "author-card" in text
    assert "تكتب عن المدن." in text
    (author,) = graph(text)[0]["author"]
    assert author["@type"] == "Person"
    assert author["sameAs"] == ["https://mastodon.example/@samar"]
    assert author["url"].endswith("/by/samar")


@pytest.mark.parametrize(
    "contacts",
    ["samar@", "javascript:alert(1)", "not a link", "http://[", "a@b@c.example",
     "\n".join(f"https://x{n}.example/" for n in range(6))],
)  # fmt: skip
def test_what_is_no_way_to_write_to_somebody_is_refused_and_changes_nothing(any_app, contacts):
    story(any_app, authors=(SAMAR,))
    known(any_app)
    with any_app.app_context():
        with pytest.raises(Refused) as refused:
            change_author("samar", BY, name="سمر", contacts=contacts)
        assert refused.value.field == "contacts"
        db.session.rollback()
        found = author_by_slug("samar")
        assert found is not None
        assert found[0].contacts == tuple(SAID.split())


def test_the_newsroom_edits_them_and_keeps_what_was_typed(app, enter):
    story(app, authors=(SAMAR,))
    chief = enter("chief")
    one = "/newsroom/arrange/authors/samar"
    bad = chief.post(one, data={"name": "سمر الخطيب", "contacts": "samar at waha"})
    assert bad.status_code == 422
    assert "samar at waha" in bad.text
    assert chief.post(one, data={"name": "سمر الخطيب", "contacts": SAID}).status_code == 303
    assert "https://mastodon.example/@samar" in chief.get(one).text
