"""Many stories at once on the desk: asked once more, done, and told one by one."""

from __future__ import annotations

import re

from factories.story import BY, proposal, story

from khabarayn.desk.stories.draft import draft
from khabarayn.store.queries.story_lists import story_summary


def status(app, public_id: str) -> str:
    with app.app_context():
        return story_summary(public_id).status


def test_one_click_withdraws_nothing_and_none_is_withdrawn_without_a_reason(app, enter):
    chief = enter("chief")
    stories = [story(app), story(app)]
    asked = {"do": "withdraw", "story": stories, "back": "?shelf=live"}
    page = chief.post("/newsroom/many", data=asked)
    assert page.status_code == 200
    assert 'name="given"' in page.text
    assert [status(app, one) for one in stories] == ["published"] * 2
    answer = chief.post("/newsroom/many", data={**asked, "sure": "1", "given": " "})
    assert answer.status_code == 422
    assert "لا يُسحب خبر بلا سبب مكتوب." in answer.text
    assert [status(app, one) for one in stories] == ["published"] * 2
    done = chief.post("/newsroom/many", data={**asked, "sure": "1", "given": "خطأ في المصدر"})
    assert [status(app, one) for one in stories] == ["withdrawn"] * 2
    assert 'href="/newsroom/?shelf=live"' in done.text


def test_the_report_says_what_was_done_and_what_was_refused_and_why(app, enter):
    writer = enter("writer")
    with app.app_context():
        own = draft(proposal(headline="مسودتي"), writer.by)
        other = draft(proposal(headline="مسودة زميل"), BY)
    asked = {"do": "section", "given": "economy", "sure": "1", "story": [own, other]}
    page = writer.post("/newsroom/many", data=asked).text
    stayed, done = page.split('id="done"')
    assert "مسودة زميل" in stayed
    assert "ليس لك إذن بهذا العمل." in stayed
    assert "مسودتي" in done
    with app.app_context():
        assert story_summary(own).section.slug == "economy"


def test_stories_that_one_may_not_read_are_not_even_named(app, enter):
    contributor = enter("contributor")
    with app.app_context():
        other = draft(proposal(headline="سر زميل"), BY)
    answer = contributor.post(
        "/newsroom/many", data={"do": "tag", "story": [other]}, follow_redirects=True
    )
    assert "سر زميل" not in answer.text
    assert "اختر خبرًا واحدًا على الأقل." in answer.text


def test_nothing_chosen_or_strange_leads_back_with_a_word(app, enter):
    editor = enter("editor")
    one = story(app)
    for data in (
        {"do": "section"},
        {"do": "withdraw", "story": [one]},
        {"do": "rm", "story": [one]},
        {"do": "tag", "story": ["'; --", "zzzzzzzz"]},
        {"do": "tag", "story": [], "back": "//elsewhere.example"},
        {"do": "tag", "story": [], "back": "?a\r\nX: y"},
    ):
        answer = editor.post("/newsroom/many", data=data)
        assert answer.status_code == 303, data
        assert answer.headers["Location"].startswith("/newsroom/"), data
        assert "elsewhere" not in answer.headers["Location"]
    assert status(app, one) == "published"


def test_the_desk_offers_only_what_one_may_do(app, enter):
    one = story(app)
    for role, offered in (("editor", ["section", "tag", "untag"]),
                          ("chief", ["section", "tag", "untag", "withdraw"])):  # fmt: skip
        page = enter(role).get("/newsroom/?shelf=live").text
        assert re.findall(r'name="do" value="(\w+)"', page) == offered
        assert f'name="story" value="{one}" form="many"' in page


def test_a_line_of_the_desk_says_who_signed_and_how_often_it_was_read(app, enter):
    from datetime import date

    from khabarayn.article.proposal import ProposedAuthor
    from khabarayn.store.db import db
    from khabarayn.store.models import ArticleRow, ReadsRow

    one = story(app, authors=(ProposedAuthor("هند العلي"), ProposedAuthor("سالم عمر")))
    story(app)
    with app.app_context():
        number = db.session.query(ArticleRow.id).filter_by(public_id=one).scalar()
        for day in (1, 2):
            db.session.add(ReadsRow(day=date(2026, 3, day), article_id=number, count=20))
        db.session.commit()
    page = enter("editor").get("/newsroom/?shelf=live").text
    lines = re.split(r"<li class=\"line", page)[1:]
    assert "هند العلي" in lines[1]
    assert "سالم عمر" in lines[1]
    assert "40 قراءة" in lines[1]
    assert "قراءة" not in lines[0]
