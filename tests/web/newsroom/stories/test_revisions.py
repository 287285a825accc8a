"""Every saved text can be read, compared and brought back; none is ever erased."""

from __future__ import annotations

from web.newsroom.stories.test_edit import FORM, numbers, written

from khabarayn.store.db import db
from khabarayn.store.models import LogRow


def changed(client, id: str, base: int, **given: str) -> None:
    answer = client.post(f"/newsroom/stories/{id}", data={**FORM, "base": str(base), **given})
    assert answer.status_code == 303, answer.text


def test_the_list_names_who_and_the_difference_names_words(enter):
    first, second = enter("editor", name="ليلى"), enter("editor", name="كريم")
    id = written(first)
    changed(second, id, 1, headline="افتتاح مكتبة كبيرة على الميناء")
    page = first.get(f"/newsroom/stories/{id}/revisions").text
    assert "ليلى" in page and "كريم" in page
    page = first.get(f"/newsroom/stories/{id}/revisions/2").text
    assert "<del>عامة</del><ins>كبيرة</ins>" in page
    assert "فتحت المكتبة أبوابها" not in page


def test_any_two_can_be_compared_and_the_first_is_all_new(enter):
    editor = enter("editor")
    id = written(editor)
    changed(editor, id, 1, body="<p>فتحت المكتبة أبوابها مساء اليوم.</p>")
    changed(editor, id, 2, body="<p>أغلقت المكتبة أبوابها مساء اليوم.</p>")
    page = editor.get(f"/newsroom/stories/{id}/revisions/3?with=1").text
    assert "<del>صباح</del><ins>مساء</ins>" in page
    assert "<ins>فتحت المكتبة أبوابها صباح اليوم.</ins>" in (
        editor.get(f"/newsroom/stories/{id}/revisions/1").text
    )
    same = editor.get(f"/newsroom/stories/{id}/revisions/3?with=3").text
    assert "لا فرق بين الإصدارين." in same


def test_an_old_text_comes_back_as_a_new_revision(app, enter):
    editor = enter("editor")
    id = written(editor)
    changed(editor, id, 1, headline="عنوان ندمت عليه")
    assert editor.post(f"/newsroom/stories/{id}/revisions/1").status_code == 303
    assert numbers(app, id) == [1, 2, 3]
    assert FORM["headline"] in editor.get(f"/newsroom/stories/{id}").text
    assert "استعادة الإصدار 1" in editor.get(f"/newsroom/stories/{id}/revisions").text
    with app.app_context():
        verbs = list(db.session.scalars(db.select(LogRow.verb).order_by(LogRow.id)))
    assert verbs[-3:] == ["draft", "revise", "restore"]


def test_what_is_not_there_is_not_found(enter):
    editor = enter("editor")
    id = written(editor)
    for path in (f"{id}/revisions/9", "23456789/revisions", "23456789/revisions/1"):
        assert editor.get(f"/newsroom/stories/{path}").status_code == 404, path
    assert editor.post(f"/newsroom/stories/{id}/revisions/9").status_code == 404
    assert editor.get(f"/newsroom/stories/{id}/revisions/1?with=٢").status_code == 200


def test_who_may_only_read_cannot_restore(app, enter):
    id = written(enter("writer"))
    other = enter("writer")
    page = other.get(f"/newsroom/stories/{id}/revisions/1")
    assert page.status_code == 200 and "استعد هذا الإصدار" not in page.text
    assert other.post(f"/newsroom/stories/{id}/revisions/1").status_code == 403
    assert numbers(app, id) == [1]
