"""The desk: what stands on each shelf for whom, found by words, a page at a time, by day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from factories.story import BY, ENGLISH, proposal, story
from insiders import insider
from sqlalchemy import event

from khabarayn.article.proposal import ProposedAuthor
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.presence import OFTEN, here, leave
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.return_story import return_story
from khabarayn.desk.stories.schedule import schedule
from khabarayn.desk.stories.submit import submit
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.jobs.outbox import beat
from khabarayn.store.db import db, now
from khabarayn.store.models import PresenceRow
from khabarayn.store.queries.presence import open_now, present
from khabarayn.store.queries.story_filter import StoryListFilter
from khabarayn.store.queries.story_lists import list_counts, list_page


@contextmanager
def asked(app) -> Iterator[list[str]]:
    """Collect the statements that the database is asked meanwhile."""
    statements: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_connection, _cursor, statement, *_rest) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def kept(app, owner=None, **given) -> str:
    with app.app_context():
        return draft(proposal(**given), BY, owner_id=owner.id if owner else None)


def ids_in(answer) -> list[str]:
    return re.findall(r'data-line>\s*<h2[^>]*><a href="/newsroom/stories/(\w{8})', answer.text)


def shelf(client, name: str, **asked_for) -> list[str]:
    answer = client.get("/newsroom/", query_string={"shelf": name, **asked_for})
    assert answer.status_code == 200
    return ids_in(answer)


def test_each_story_stands_on_its_shelf(app, enter):
    editor, writer = enter("editor"), enter("writer")
    mine = kept(app, writer.by, headline="مسودة الكاتبة")
    back, waiting, hour = (kept(app, writer.by) for _ in range(3))
    live = story(app)
    with app.app_context():
        submit(waiting, BY)
        schedule(hour, BY, now() + timedelta(hours=1))
        withdraw(story(app), BY, "مكرر")
    assert shelf(writer, "mine") == [hour, waiting, back, mine]
    assert shelf(editor, "mine") == []
    assert shelf(editor, "review") == [waiting]
    assert shelf(editor, "scheduled") == [hour]
    assert shelf(editor, "live") == [live]
    assert shelf(editor, "drafts") == [back, mine]
    assert len(shelf(editor, "withdrawn")) == 1
    page = editor.get("/newsroom/").text
    counts = re.findall(r'tabs__count">([^<]+)<', page)
    assert counts == ["0", "1", "1", "1", "2", "1"]


def test_unpublished_stories_of_others_are_not_shown_to_writers(app, enter):
    writer, other = enter("writer"), enter("contributor")
    hidden = kept(app, other.by, headline="سر المتعاونة")
    with app.app_context():
        submit(hidden, BY)
    for name in ("mine", "review", "drafts", "scheduled", "withdrawn"):
        answer = writer.get("/newsroom/", query_string={"shelf": name, "owner": other.person.id})
        assert hidden not in answer.text
        assert "سر المتعاونة" not in answer.text
    assert shelf(other, "review") == [hidden]
    assert writer.get("/newsroom/calendar").status_code == 200


def test_words_are_found_however_they_are_spelled_and_ids_too(app, enter):
    editor = enter("editor")
    wanted = kept(app, headline="إفتتاحُ المدرسة الجديدة في آسيا", section="world")
    other = kept(
        app,
        headline="أسعار القمح",
        section="economy",
        standfirst="في الأسواق",
        body_html="<p>ارتفعت الأسعار.</p>",
    )
    for words in ("افتتاح", "المدرسه", "اسيا المدرسة", "آسيا"):
        assert shelf(editor, "drafts", q=words) == [wanted], words
    assert shelf(editor, "drafts", q="الاسواق") == [other]
    assert shelf(editor, "drafts", q=wanted) == [wanted]
    assert shelf(editor, "drafts", section="economy") == [other]
    for nothing in ("%", "_", "لا شيء هنا", "100%"):
        assert shelf(editor, "drafts", q=nothing) == [], nothing
    assert "لا شيء في هذا الرف بهذه الكلمات" in editor.get("/newsroom/?shelf=drafts&q=صفر").text


def test_a_shelf_goes_on_by_key_without_losing_or_repeating(app):
    with app.app_context():
        ids = [draft(proposal(), BY) for _ in range(7)]
        for public_id in ids:
            schedule(public_id, BY, now() + timedelta(hours=2))
        wanted = StoryListFilter(reader=0, sees_all=True)
        for name in ("scheduled",):
            seen, key = [], ""
            while True:
                page = list_page(name, wanted, before=key, limit=3)
                seen += [one.id for one in page.stories]
                key = page.next_key
                if not key:
                    break
            assert seen == ids
        assert list_counts(wanted)["scheduled"] == 7


@pytest.mark.parametrize("name", ["mine", "review", "scheduled", "live", "drafts", "withdrawn"])
def test_the_desk_asks_few_questions_however_much_lies_on_it(app, enter, name):
    editor = enter("editor")
    # What a process asks once in a while is asked here.
    editor.get("/newsroom/")
    counts = []
    for _ in range(2):
        for _ in range(4):
            public_id = kept(app, editor.by)
            with app.app_context():
                if name == "review":
                    submit(public_id, BY, "ملاحظة")
                elif name == "scheduled":
                    schedule(public_id, BY, now() + timedelta(hours=1))
        with asked(app) as statements:
            editor.get("/newsroom/", query_string={"shelf": name})
        counts.append(len(statements))
        assert not [s for s in statements if "article.body" in s]
    assert counts[0] == counts[1]


def test_the_newest_note_of_review_stands_on_the_line(app, enter):
    writer = enter("writer")
    public_id = kept(app, writer.by)
    with app.app_context():
        submit(public_id, BY)
        return_story(public_id, BY, "الرقم في العنوان <خطأ>")
    assert "الرقم في العنوان &lt;خطأ&gt;" in writer.get("/newsroom/").text


def test_what_cannot_be_is_refused_politely(enter):
    editor = enter("editor")
    assert editor.get("/newsroom/?shelf=nothing").status_code == 404
    assert editor.get("/newsroom/?before=x").status_code == 400
    for asked_for in ("owner=x", "owner=99999999999999999999", "section=../x", "q=" + "س" * 900):
        assert editor.get(f"/newsroom/?{asked_for}").status_code == 200
    assert editor.get("/newsroom/calendar/2026-13").status_code == 404


def test_the_month_shows_each_hour_on_its_day_by_the_sites_clock(app, enter):
    editor = enter("editor")
    first = (now() + timedelta(days=40)).replace(day=1, hour=21, minute=30, second=0)
    public_id = kept(app, headline="خبر آخر الليل")
    with app.app_context():
        schedule(public_id, BY, first)
    page = editor.get(f"/newsroom/calendar/{first:%Y-%m}").text
    # 21:30 in UTC is half past midnight of the next day in Mecca.
    day = re.search(r"</span> 2\b.*?</li>", page, re.S)
    assert day
    assert "00:30" in day[0]
    assert "خبر آخر الليل" in day[0]
    assert "لا خبر مجدولًا" in editor.get("/newsroom/calendar/2030-01").text


def test_who_has_a_story_open_is_seen_and_forgotten(app, enter):
    huda, salim = enter("editor", name="هدى"), enter("editor", name="سليم")
    public_id = kept(app, headline="خبر مفتوح")
    with app.app_context():
        here(public_id, huda.by)
        here(public_id, salim.by)
        here(public_id, salim.by)
        here("zzzzzzz2", salim.by)
        assert set(present([public_id])[public_id]) == {"هدى", "سليم"}
        assert present([public_id], but=salim.person.id) == {public_id: ("هدى",)}
        assert [(one.id, set(one.names)) for one in open_now()] == [(public_id, {"هدى", "سليم"})]
    page = salim.get("/newsroom/?shelf=drafts").text
    assert "مفتوح الآن عند" in page
    assert "هدى" in page
    with app.app_context():
        leave(public_id, huda.by)
        assert present([public_id]) == {public_id: ("سليم",)}
        db.session.query(PresenceRow).update({"at": now() - timedelta(minutes=2)})
        db.session.commit()
        assert present([public_id]) == {}
        here(public_id, salim.by)
        assert present([public_id]) == {public_id: ("سليم",)}
        assert timedelta(minutes=1) > OFTEN


def test_the_desk_is_said_in_english_too(app, enter):
    editor = enter("editor")
    kept(app)
    assert editor.get("/en/newsroom/?shelf=drafts").status_code == 200
    assert editor.get("/en/newsroom/calendar").status_code == 200


def test_what_was_begun_and_never_saved_is_found_again_on_ones_own_shelf(app, enter):
    client = enter("writer")
    id = re.search(r'data-write="([^"]+)"', client.get("/newsroom/stories/new").text)[1]
    typed = {"headline": "خبر لم يُحفظ بعد", "body": "<p>سطر.</p>"}
    sent = client.post(f"/newsroom/stories/{id}/draft", json={"typed": typed, "base": 0})
    assert sent.status_code == 200
    mine = client.get("/newsroom/").text
    assert "خبر لم يُحفظ بعد" in mine
    assert f"/newsroom/stories/{id}" in mine
    # Theirs alone, and on no other shelf.
    assert "خبر لم يُحفظ بعد" not in client.get("/newsroom/?shelf=drafts").text
    assert "خبر لم يُحفظ بعد" not in enter("chief").get("/newsroom/").text


def test_a_dead_worker_is_told_where_a_story_waits_for_its_hour(app, enter):
    editor = enter("editor")
    hour = kept(app)
    told = "لا عامل يعمل الآن"
    assert told not in editor.get("/newsroom/").text
    with app.app_context():
        schedule(hour, BY, now() + timedelta(hours=1))
    assert told in editor.get("/newsroom/").text
    with app.app_context():
        beat()
    assert told not in editor.get("/newsroom/").text


def test_words_of_the_body_find_a_story_in_whatever_state(app, enter):
    editor = enter("editor")
    told = {"body_html": "<p>قال الخبير إنّ المِجَسّات الحراريّة كافية.</p>"}
    waiting, live, gone = kept(app, **told), story(app, **told), story(app, **told)
    story(app)
    with app.app_context():
        submit(waiting, BY)
        withdraw(gone, BY, "مكرر")
    for words in ("المجسات", "خبير المجسات الحرارية", "الحراري"):
        assert shelf(editor, "review", q=words) == [waiting], words
        assert shelf(editor, "withdrawn", q=words) == [gone], words
    for words in ("المجسات", "الحراري"):
        assert shelf(editor, "live", q=words) == [live], words
    assert shelf(editor, "live", q="المجسات غواصة") == []
    with app.app_context():
        publish(waiting, BY)
    assert shelf(editor, "live", q="المجسات") == [waiting, live]


def test_words_of_headline_and_body_are_found_together(any_app):
    from insiders import insider

    editor = insider(any_app, "editor")
    live = story(any_app, headline="قطار الساحل", body_html="<p>تأخر الافتتاح أسبوعًا.</p>")
    draft_ = kept(any_app, headline="قطار الجبل", body_html="<p>تأخر الافتتاح شهرًا.</p>")
    assert shelf(editor, "live", q="قطار الافتتاح") == [live]
    assert shelf(editor, "drafts", q="قطار الافتتاح") == [draft_]
    for odd in ('"', "'", "* OR", "\\", "«»", "a'b\"c\\", "NEAR(", ":"):
        assert editor.get("/newsroom/", query_string={"shelf": "live", "q": odd}).status_code == 200


def test_author_tag_and_days_narrow_a_shelf_together(app, enter):
    editor = enter("editor")
    hind = ProposedAuthor("هند العلي")
    day = datetime(2026, 3, 5, 22, 30, tzinfo=UTC)
    first = story(app, authors=(hind,), tags=("طاقة",), published_at=day, section="economy")
    second = story(app, authors=(hind,), tags=("نقل",), published_at=day, section="economy")
    third = story(app, tags=("طاقة",), published_at=day - timedelta(days=9), section="news")
    assert shelf(editor, "live", author="هند") == [second, first]
    assert shelf(editor, "live", tag="الطاقة") == []
    assert shelf(editor, "live", tag="#طاقة") == [first, third]
    assert shelf(editor, "live", author="هند العلي", tag="طاقة", section="economy") == [first]
    # By the paper's clock (three hours ahead) it is the sixth already.
    assert shelf(editor, "live", **{"from": "2026-03-06", "to": "2026-03-06"}) == [second, first]
    assert shelf(editor, "live", **{"from": "٢٠٢٦-٠٣-٠٦"}) == [second, first]
    assert shelf(editor, "live", to="2026-03-05") == [third]
    for odd in ("2026-02-30", "x", "0000-00-00", "9999-12-31", "2026-3-6"):
        assert len(shelf(editor, "live", **{"from": odd})) == 3, odd


def test_what_narrows_a_shelf_stays_in_its_links_and_fields(app, enter):
    editor = enter("editor")
    for _ in range(31):
        story(app, tags=("طاقة",), section="economy")
    asked_for = {"shelf": "live", "tag": "طاقة", "section": "economy", "from": "2026-01-01"}
    page = editor.get("/newsroom/", query_string=asked_for).text
    links = [unescape(link) for link in re.findall(r'href="(/newsroom/\?[^"]*)"', page)]
    onward = [link for link in links if "before=" in link]
    assert len(onward) == 1
    for link in [*onward, *(link for link in links if "shelf=drafts" in link)]:
        said = parse_qs(urlsplit(link).query)
        assert (said["tag"], said["section"], said["from"]) == (
            ["طاقة"],
            ["economy"],
            ["2026-01-01"],
        )
    assert len(ids_in(editor.get(onward[0]))) == 1
    assert 'name="tag" value="طاقة"' in page
    assert 'name="from" value="2026-01-01"' in page
    assert '<details class="filters__more" open>' in page


def test_each_tab_leads_to_its_list_under_the_same_filters(enter):
    editor = enter("editor")
    page = editor.get("/newsroom/?shelf=drafts&section=tech").text
    tabs = set(re.findall(r'href="(/newsroom/\?[^"]*shelf=[^"]*)"', page))
    assert {parse_qs(urlsplit(unescape(tab)).query)["shelf"][0] for tab in tabs} >= {
        "mine", "drafts", "review", "scheduled", "live",
    }  # fmt: skip
    assert all("section=tech" in tab for tab in tabs if "shelf=review" in tab)


def test_a_list_shows_the_stories_of_one_language_when_asked(app):
    arabic, english = story(app), story(app, **ENGLISH)
    editor = insider(app, "editor")
    everything = {arabic, english}
    wanted = {"": everything, "&language=en": {english}, "&language=ar": {arabic}}
    for asked_for, shown in {**wanted, "&language=xx": everything}.items():
        page = editor.get(f"/newsroom/?shelf=live{asked_for}").text
        assert {one for one in everything if f"/stories/{one}" in page} == shown, asked_for
