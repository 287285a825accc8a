"""Writing a story by plain forms: nothing that was typed is lost, whatever is wrong with it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from factories.story import story as published
from flask.testing import FlaskClient

from khabarayn.article.identity import new_public_id
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, DraftRow, RevisionRow

FORM = {
    "headline": "افتتاح مكتبة عامة على الميناء",
    "section": "news",
    "body": "<p>فتحت المكتبة أبوابها صباح اليوم.</p><p>وفيها عشرة آلاف كتاب.</p>",
    "tags": "مكتبات، مدن",
    "authors": "سمر الحداد",
    "base": "0",
}


def written(client: FlaskClient, **given: str) -> str:
    """Save a new story by the form and return its id."""
    id = new_public_id()
    answer = client.post(f"/newsroom/stories/{id}", data={**FORM, **given})
    assert (answer.status_code, answer.location) == (303, f"/newsroom/stories/{id}"), answer.text
    return id


def numbers(app, id: str) -> list[int]:
    with app.app_context():
        query = db.select(RevisionRow.number).join(
            ArticleRow, ArticleRow.id == RevisionRow.article_id
        )
        return list(db.session.scalars(query.where(ArticleRow.public_id == id).order_by("number")))


def test_a_new_story_is_saved_under_the_id_that_its_form_had(app, enter):
    writer = enter("writer")
    page = writer.get("/newsroom/stories/new").text
    id = re.search(r'action="/newsroom/stories/(\w{8})"', page)[1]
    assert writer.post(f"/newsroom/stories/{id}", data=FORM).status_code == 303
    link = writer.get(f"/newsroom/stories/{id}").text
    for said in (FORM["headline"], "مكتبات، مدن", "سمر الحداد", "وفيها عشرة آلاف كتاب."):
        assert said in link
    assert numbers(app, id) == [1]


def test_pressing_save_twice_saves_once(app, enter):
    writer = enter("writer")
    id = written(writer)
    for _ in range(2):
        assert writer.post(f"/newsroom/stories/{id}", data=FORM).status_code == 303
    assert numbers(app, id) == [1]


def test_what_is_wrong_is_said_and_what_was_typed_stays(app, enter):
    writer = enter("writer")
    id = new_public_id()
    for wrong, said in (
        ({"headline": ""}, "لا بدّ من عنوان للخبر."),
        ({"body": ""}, "متن الخبر فارغ."),
        ({"section": "nowhere"}, "لا يوجد قسم بهذا الاسم"),
        ({"headline": "ط" * 301}, "أطول من 300 حرف"),
        ({"source_url": "ftp://x"}, "ليس رابط صفحة"),
        ({"lead": "nothing"}, "الصورة غير موجودة"),
    ):
        answer = writer.post(f"/newsroom/stories/{id}", data={**FORM, **wrong})
        assert answer.status_code == 422
        assert said in answer.text, wrong
        assert "سمر الحداد" in answer.text
    assert numbers(app, id) == []


def test_plain_text_becomes_paragraphs(app, enter):
    id = written(enter("writer"), body="الفقرة الأولى.\r\n\r\nالثانية & فيها <3 علامة.")
    with app.app_context():
        row = db.session.scalar(db.select(ArticleRow).where(ArticleRow.public_id == id))
        assert [block.html for block in row.body] == [
            "الفقرة الأولى.",
            "الثانية &amp; فيها &lt;3 علامة.",
        ]


def test_a_long_story_fits(app, enter):
    long = "".join(f"<p>{'كلمة ' * 60}{n}</p>" for n in range(400))
    assert len(long.encode()) > 200_000
    assert numbers(app, written(enter("writer"), body=long)) == [1]


def test_two_editors_collide_and_both_texts_are_shown(app, enter):
    first, second = enter("editor", name="ليلى"), enter("editor", name="كريم")
    id = written(first)
    mine = {
        **FORM,
        "base": "1",
        "headline": "عنوان كريم",
        "body": FORM["body"] + "<p>زاد كريم.</p>",
    }
    theirs = {**FORM, "base": "1", "headline": "عنوان ليلى",
              "body": "<p>مقدمة ليلى.</p>" + FORM["body"]}  # fmt: skip
    assert first.post(f"/newsroom/stories/{id}", data=theirs).status_code == 303
    answer = second.post(f"/newsroom/stories/{id}", data=mine)
    assert answer.status_code == 409
    for said in ("عنوان كريم", "عنوان ليلى", "زاد كريم.", "مقدمة ليلى."):
        assert said in answer.text
    assert numbers(app, id) == [1, 2]
    # It is still there when they come back, and the form is not shown before they are made one.
    assert second.get(f"/newsroom/stories/{id}").location == f"/newsroom/stories/{id}/merge"
    answer = second.post(
        f"/newsroom/stories/{id}/merge", data={"newest": "2", "headline": "mine", "body": "both"}
    )
    assert answer.status_code == 303
    page = second.get(f"/newsroom/stories/{id}").text
    for said in ("عنوان كريم", "زاد كريم.", "مقدمة ليلى."):
        assert said in page
    one = {**FORM, "base": "2", "headline": "عنوان كريم", "body": "<p>كله.</p>"}
    assert second.post(f"/newsroom/stories/{id}", data=one).status_code == 303
    assert numbers(app, id) == [1, 2, 3]


def test_a_merge_of_what_has_been_saved_again_is_asked_again(app, enter):
    first, second = enter("editor"), enter("editor")
    id = written(first)
    for headline in ("ثانٍ", "ثالث"):
        first.post(f"/newsroom/stories/{id}", data={**FORM, "base": "1", "headline": headline})
    second.post(f"/newsroom/stories/{id}", data={**FORM, "base": "1", "headline": "مختلف"})
    answer = second.post(f"/newsroom/stories/{id}/merge", data={"newest": "1", "headline": "mine"})
    assert answer.status_code == 409


def test_leaving_mine_takes_the_newest(app, enter):
    first, second = enter("editor"), enter("editor")
    id = written(first)
    first.post(f"/newsroom/stories/{id}", data={**FORM, "base": "1", "headline": "عنوان الأولى"})
    second.post(f"/newsroom/stories/{id}", data={**FORM, "base": "1", "headline": "عنوان الثانية"})
    answer = second.post(f"/newsroom/stories/{id}/draft/forget")
    assert answer.location == f"/newsroom/stories/{id}"
    assert "عنوان الأولى" in second.get(f"/newsroom/stories/{id}").text


def test_who_may_not_edit_a_story_sees_how_it_looks(app, enter):
    id = published(app)
    writer = enter("writer")
    assert writer.get(f"/newsroom/stories/{id}").location == f"/newsroom/stories/{id}/preview"
    assert writer.post(f"/newsroom/stories/{id}", data=FORM).status_code == 303
    assert numbers(app, id) == [1]
    assert writer.get(f"/newsroom/stories/{id}/preview").status_code == 200


def test_another_contributors_draft_is_nobodys_business(app, enter):
    id = written(enter("contributor"))
    other = enter("contributor")
    for path in ("", "/preview", "/looks", "/share.jpg", "/revisions", "/revisions/1", "/draft"):
        assert other.get(f"/newsroom/stories/{id}{path}").status_code == 403, path
    for path in ("/draft", "/draft/forget", "/merge", "/revisions/1"):
        assert other.post(f"/newsroom/stories/{id}{path}", data={}).status_code == 403, path


def test_a_published_story_changes_for_readers_only_when_it_is_published(app, enter):
    id = published(app)
    editor = enter("editor")
    answer = editor.post(
        f"/newsroom/stories/{id}", data={**FORM, "base": "1", "headline": "عنوان لم يُنشر"}
    )
    assert answer.status_code == 303
    assert "عنوان لم يُنشر" not in editor.get(f"/a/{id}").text
    assert "عنوان لم يُنشر" in editor.get(f"/newsroom/stories/{id}").text


def test_an_author_known_by_name_stays_one_person(app, enter):
    writer = enter("writer")
    first = written(writer, authors="سمر الحداد")
    second = written(writer, authors="سمر الحداد، غيرها")
    with app.app_context():
        rows = db.session.execute(db.text("select name from author")).all()
    assert sorted(row.name for row in rows) == ["سمر الحداد", "غيرها"]
    assert first != second


def test_the_unsaved_text_is_forgotten_once_it_is_saved(app, enter):
    writer = enter("writer")
    id = new_public_id()
    writer.post(f"/newsroom/stories/{id}/draft", json={"typed": FORM, "base": 0, "version": 0})
    assert writer.post(f"/newsroom/stories/{id}", data=FORM).status_code == 303
    with app.app_context():
        assert db.session.scalar(db.select(db.func.count(DraftRow.id))) == 0


def test_all_that_is_wrong_is_said_at_once_and_a_missing_section_by_its_name(enter):
    writer = enter("writer")
    id = new_public_id()
    bad = {"headline": " ", "section": "", "body": "", "teaser": "ن" * 1001, "source_url": "x",
           "authors": "ع" * 121, "source_link": "https://x.example/" + "a" * 2000}  # fmt: skip
    answer = writer.post(f"/newsroom/stories/{id}", data={**FORM, **bad})
    assert answer.status_code == 422
    for said in ("لا بدّ من عنوان للخبر.", "اختر القسم.", "متن الخبر فارغ.",
                 "النص الترويجي أطول من 1,000 حرف", "هذا ليس رابط صفحة: x"):  # fmt: skip
        assert said in answer.text
    told = writer.post(
        f"/newsroom/stories/{id}",
        data={**FORM, **bad},
        headers={"Accept": "application/json"},
    )
    assert told.json["bad"].keys() == bad.keys()


def test_a_story_begun_and_never_saved_can_be_thrown_away(app, enter):
    writer = enter("writer")
    id = new_public_id()
    sent = writer.post(
        f"/newsroom/stories/{id}/draft", json={"typed": {"headline": "بداية"}, "base": 0}
    )
    assert sent.status_code == 200
    for page in ("/newsroom/", f"/newsroom/stories/{id}"):
        assert f'action="/newsroom/stories/{id}/draft/forget"' in writer.get(page).text
    answer = writer.post(f"/newsroom/stories/{id}/draft/forget")
    assert (answer.status_code, answer.location) == (303, "/newsroom/")
    assert "بداية" not in writer.get("/newsroom/").text
    with app.app_context():
        assert db.session.query(DraftRow).count() == 0


def test_who_opens_a_story_is_seen_by_the_next_one_before_a_key_is_pressed(enter):
    first, second = enter("editor", name="سلمى"), enter("editor", name="كريم")
    id = written(first)
    first.get(f"/newsroom/stories/{id}")
    page = second.get(f"/newsroom/stories/{id}").text
    assert "مفتوح الآن عند <bdi>سلمى</bdi>" in page


def test_the_note_of_handing_in_says_who_may_go_on_writing(enter):
    for role, words in (("writer", "ويبقى لك أن تعدّله"), ("contributor", "ولا تعدّله حتى")):
        writer = enter(role)
        assert words in writer.get(f"/newsroom/stories/{written(writer)}/submit").text


def test_a_new_story_is_saved_in_the_language_one_works_in(enter):
    writer = enter("writer")
    for prefix in ("", "/en"):
        id = new_public_id()
        answer = writer.post(f"{prefix}/newsroom/stories/{id}", data=FORM)
        assert answer.status_code == 303
        assert urlsplit(answer.location).path == f"{prefix}/newsroom/stories/{id}"
        assert f'<html lang="{prefix[1:] or "ar"}"' in writer.get(answer.location).text
