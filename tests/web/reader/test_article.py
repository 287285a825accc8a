"""The article page: every part in its place, whole with no script."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from factories.story import BODY, BY, stories, story

from khabarayn.desk.stories.correct import correct
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.settings import MONTHS


@pytest.fixture
def public_id(app):
    stories(app, 6)
    return story(
        app,
        body_html=BODY * 2,
        teaser="جسر جديد يختصر ساعة #مدن #جسور",
        credit="شارك في الإعداد: قسم البيانات.",
        key_points=("طوله أربعمئة متر.",),
        authors=(),
        source_name="وكالة الأنهار",
        source_link="https://example.org",
    )


def test_the_parts_stand_in_the_order_of_a_newspaper(client, public_id):
    page = client.get(f"/a/{public_id}").text
    order = [
        "</h1>",
        ">ثلاث سنوات من العمل انتهت اليوم",
        "وكالة الأنهار",
        "<time",
        "طوله أربعمئة متر.",
        "ويبلغ طول الجسر",
        'data-slot="1"',
        "شارك في الإعداد: قسم البيانات.",
        "<bdi>#جسور</bdi>",
        "https://wa.me/",
        "data-related",
    ]
    # What search engines are told stands before the page itself.
    places = [page.index(part, page.index("<body")) for part in order]
    assert places == sorted(places), list(zip(places, order, strict=True))


def test_the_page_reads_right_to_left_and_names_itself(client, public_id):
    page = client.get(f"/a/{public_id}").text
    assert re.search(r'<html[^>]*lang="ar"[^>]*dir="rtl"', page)
    assert f'data-article="{public_id}"' in page
    assert 'data-rev="1"' in page
    assert page.count("<h1") == 1


def test_every_lazy_place_holds_a_real_link(client, public_id):
    page = client.get(f"/a/{public_id}").text
    slots = re.findall(r'data-hx-get="(/_f/see-also/[^"]+)"', page)
    assert 1 <= len(slots) <= 5
    assert page.count(f'data-hx-get="/_f/related/{public_id}"') == 1
    for url in slots:
        piece = client.get(url)
        assert piece.status_code == 200
        target = re.search(r'href="(/a/[a-z0-9]{8})"', piece.text)
        assert target
        assert target[1] in page


def test_the_address_with_a_slug_leads_to_the_canonical_one(client, public_id):
    answer = client.get(f"/a/{public_id}/جسر-جديد")
    assert answer.status_code == 301
    assert answer.location == f"/a/{public_id}"


@pytest.mark.parametrize("wrong", ["zzzzzzzz", "1", "٢٢٢٢٢٢٢٢", "a" * 400, "%00", "..%2f..%2fetc"])
def test_what_is_not_there_is_not_found(client, wrong):
    assert client.get(f"/a/{wrong}").status_code == 404


def test_a_draft_is_not_found(app, client):
    hidden = story(app, status="draft")
    for address in (f"/a/{hidden}", f"/share/{hidden}.jpg"):
        assert client.get(address).status_code == 404
    for address in (f"/_f/related/{hidden}", f"/_f/see-also/{hidden}/1"):
        assert client.get(address).status_code == 204


def test_a_withdrawn_story_is_gone_with_its_reason(app, client, public_id):
    with app.app_context():
        withdraw(public_id, BY, "تبيّن أن الخبر مكرر.")
    answer = client.get(f"/a/{public_id}")
    assert answer.status_code == 410
    assert "تبيّن أن الخبر مكرر." in answer.text
    headline = re.search(r"<h1[^>]*>([^<]+)</h1>", answer.text)
    assert headline
    assert f"<title>{headline[1]} | " in answer.text, "the page says which story it was"
    assert "ويبلغ طول الجسر" not in answer.text


def test_a_correction_is_on_the_page(app, client, public_id):
    with app.app_context():
        correct(public_id, BY, "الطول أربعمئة متر لا خمسمئة.")
    page = client.get(f"/a/{public_id}").text
    assert "الطول أربعمئة متر لا خمسمئة." in page
    assert page.index('<a class="corrected" href="#correction">صُحّح</a>') < page.index("data-story")
    assert 'id="correction"' in page


def test_a_story_without_a_correction_names_none(client, public_id):
    assert "صُحّح" not in client.get(f"/a/{public_id}").text.split("data-related")[0]


def test_a_sensitive_story_has_no_automatic_insets(app, client):
    stories(app, 6)
    grave = story(app, body_html=BODY * 2, sensitive=True)
    assert "data-slot" not in client.get(f"/a/{grave}").text


def test_the_page_is_sent_once_and_then_only_confirmed(client, public_id):
    first = client.get(f"/a/{public_id}")
    assert first.headers["ETag"].startswith('W/"')
    again = client.get(f"/a/{public_id}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Set-Cookie" not in first.headers


def test_a_story_without_a_picture_is_shared_with_a_drawn_one(client, public_id):
    page = client.get(f"/a/{public_id}").text
    assert f"/share/{public_id}.jpg" in page
    drawn = client.get(f"/share/{public_id}.jpg")
    assert drawn.mimetype == "image/jpeg"
    assert drawn.data[:3] == b"\xff\xd8\xff"


def test_the_hashtags_of_a_story_stand_once_and_at_its_foot(app, client):
    shown = story(app, teaser="عن #القدس_القديمة و#Gaza2026", tags=("القدس القديمة",))
    head, text, foot = re.split(r"data-story>|class=\"tools\"", client.get(f"/a/{shown}").text)
    assert 'rel="tag"' not in head + text
    found = re.findall('rel="tag" href="(.*?)"><bdi>(.*?)</bdi>', foot)
    assert [name for _address, name in found] == ["#القدس_القديمة", "#Gaza2026"]
    for address, _name in found:
        assert client.get(address).status_code == 200


def test_the_hijri_date_stands_beside_the_other_for_those_who_ask(app, client):
    shown = story(app, published_at=datetime(2026, 11, 23, 22, tzinfo=UTC))
    arabic, english = (client.get(f"{prefix}/a/{shown}").text for prefix in ("", "/en"))
    # One in the morning in Mecca: the next day already.
    assert ">14 جمادى الآخرة 1448 هـ</time>" in arabic
    assert ">14 Jumada al-Akhirah 1448 AH</time>" in english
    assert 'name="hijri"' in client.get("/settings").text


def test_a_story_from_beyond_the_calendar_has_no_hijri_date(app, client):
    shown = story(app, published_at=datetime(1900, 1, 1, tzinfo=UTC))
    assert "article__hijri" not in client.get(f"/a/{shown}").text


def test_readers_choose_among_the_month_names_that_the_site_knows(client):
    offered = re.findall(r'name="months" value="(\w*)"', client.get("/settings").text)
    assert tuple(offered) == ("", *MONTHS)
