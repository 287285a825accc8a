"""What stands beside the text: remarks, suggestions, places, names, stories, previews."""

from __future__ import annotations

import pytest
from factories.media import media
from factories.story import body, stories, story
from web.newsroom.stories.test_edit import FORM, written

from khabarayn.article.identity import new_public_id
from khabarayn.desk.arrange.house_words import set_house_word
from khabarayn.desk.by import OPERATOR
from khabarayn.store.db import db

LONG = "".join(f"<p>{'كلمات كثيرة عن الجسر والنهر والبلدية ' * 5}({n}).</p>" for n in range(10))


def told(client, what: str, **given: object):
    return client.post(f"/newsroom/stories/{new_public_id()}/{what}", json=given)


def test_remarks_name_the_text_the_place_and_the_fix(app, enter):
    with app.app_context():
        set_house_word("ترامب", ["ترمب"], OPERATOR)
    found = told(enter("contributor"), "copydesk", texts=["عنوان سليم", "😀 اعلن ترمب"]).json
    assert found["count"] == 2
    hamza, name = found["remarks"]
    # Browsers count the sign in two units.
    assert (hamza["text"], hamza["start"], hamza["end"]) == (1, 3, 7)
    assert (hamza["found"], hamza["replacement"]) == ("اعلن", "أعلن")
    assert (name["found"], name["replacement"]) == ("ترمب", "ترامب")


def test_remarks_are_told_in_the_language_of_the_newsroom(enter):
    writer = enter("writer")
    page = f"/newsroom/stories/{new_public_id()}/copydesk"
    told_in = {
        prefix: writer.post(prefix + page, json={"texts": ["ذهب الي"]}).json["remarks"][0]["reason"]
        for prefix in ("", "/en")
    }
    assert told_in == {"": "إلى حرف الجر", "/en": "the preposition ilā"}


def test_too_much_text_is_refused(enter):
    assert told(enter("writer"), "copydesk", texts=["x"] * 3000).status_code == 413


@pytest.mark.parametrize("what", ["copydesk", "suggestions", "places"])
def test_nonsense_gets_an_answer(enter, what):
    for sent in ("", "[]", "7", '{"texts": 7, "body": 7, "tags": []}'):
        answer = enter("writer").post(
            f"/newsroom/stories/{new_public_id()}/{what}",
            data=sent,
            headers={"Content-Type": "application/json"},
        )
        assert answer.status_code == 200, sent


def test_suggestions_come_with_reasons(app, enter):
    stories(app, 4, tags=("جسور",), section="news")
    headline = "البلدية تفتتح جسرًا على النهر"
    found = told(enter("writer"), "suggestions", headline=headline, body=body(99)).json
    assert found["section"]["value"] == "news" and found["section"]["name"] == "أخبار"
    assert "جسور" in [tag["value"] for tag in found["tags"]]
    assert all(tag["reason"] for tag in found["tags"])


def test_places_say_where_why_and_what_is_likely(app, enter):
    target = story(app, body_html=LONG)
    pin = f'<p class="see-also"><a href="/a/{target}">مثبّت</a></p>'
    text = f"{LONG}{pin}<p>خاتمة.</p>"
    found = told(enter("writer"), "places", headline="البلدية والجسر", body=text).json
    assert found["blocks"] == 12
    assert all(place["reason"] for place in found["places"])
    pinned = [place for place in found["places"] if place["pinned"]]
    assert [place["card"]["id"] for place in pinned] == [target]
    assert pinned[0]["after"] == 10
    assert not told(enter("writer"), "places", body=LONG, sensitive="1").json["places"]


def test_names_are_found_however_they_are_spelt(app, enter):
    story(app, tags=("آسيا الوسطى", "مدن"))
    writer = enter("writer")
    for typed in ("اسي", "#آس", "الوسط", "وسط"):
        found = writer.get("/newsroom/stories/names", query_string={"kind": "tags", "q": typed})
        assert found.json["names"] == ["آسيا الوسطى"], typed
    for bad in ({"kind": "users", "q": "a"}, {"kind": "tags", "q": " "}, {}):
        assert writer.get("/newsroom/stories/names", query_string=bad).json == {"names": []}


def test_a_story_is_found_by_words_and_by_address_but_never_a_draft(app, enter):
    link = story(app, headline="الجسر الكبير يفتح")
    hidden = story(app, headline="الجسر الصغير يفتح", status="draft")
    writer = enter("writer")
    for asked in ("الجسر الكبير", f"https://news.example/a/{link}", link):
        found = writer.get("/newsroom/stories/find", query_string={"q": asked}).json["stories"]
        assert [one["id"] for one in found] == [link]
    found = writer.get("/newsroom/stories/find", query_string={"q": hidden}).json["stories"]
    assert hidden not in [one["id"] for one in found]


def test_a_stored_picture_is_told(app, enter):
    with app.app_context():
        name = media(alt="وصف").public_id
        db.session.commit()
    writer = enter("writer")
    assert writer.get(f"/newsroom/stories/picture/{name}").json["alt"] == "وصف"
    assert writer.get("/newsroom/stories/picture/nothing").status_code == 404


def test_the_preview_is_the_article_page_without_its_scripts(enter):
    writer = enter("writer")
    id = written(writer, body=LONG)
    answer = writer.get(f"/newsroom/stories/{id}/preview")
    assert answer.status_code == 200
    assert FORM["headline"] in answer.text and "مكتبات" in answer.text
    assert "js/app" not in answer.text and "htmx.min" not in answer.text
    assert "noindex" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_preview_of_half_a_story_stands_in_for_what_is_missing(enter):
    writer = enter("writer")
    id = new_public_id()
    writer.post(f"/newsroom/stories/{id}/draft", json={"typed": {"standfirst": "مقدمة فقط."}})
    for path in ("preview", "looks"):
        answer = writer.get(f"/newsroom/stories/{id}/{path}")
        assert answer.status_code == 200 and "مقدمة فقط." in answer.text
    picture = writer.get(f"/newsroom/stories/{id}/share.jpg")
    assert picture.data.startswith(b"\xff\xd8")


def test_what_cannot_be_shown_says_why(enter):
    writer = enter("writer")
    id = new_public_id()
    typed = {"headline": "ط" * 400}
    writer.post(f"/newsroom/stories/{id}/draft", json={"typed": typed})
    answer = writer.get(f"/newsroom/stories/{id}/preview")
    assert answer.status_code == 422 and "أطول من 300 حرف" in answer.text
