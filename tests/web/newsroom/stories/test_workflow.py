"""The steps of a story at their addresses: shown to those who may, taken once, refused in words."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import product

import pytest
from factories.story import BY, proposal, story
from sqlalchemy import func, select

from khabarayn.desk.by import By
from khabarayn.desk.permissions import ROLES, Standing, may
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.reopen import reopen
from khabarayn.desk.stories.revise import revise
from khabarayn.desk.stories.schedule import schedule
from khabarayn.desk.stories.submit import submit
from khabarayn.desk.stories.transitions import STATES, STEPS
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.store.db import db, now
from khabarayn.store.models import LogRow, OutboxRow
from khabarayn.store.queries.story_lists import notes_of, story_summary
from khabarayn.web.newsroom.forms import clock_value, moment_of

FORMS = {
    "submit": {"note": "انظروا فيه"},
    "return": {"note": "ينقصه مصدر"},
    "schedule": {"at": "2030-01-01T09:00"},
    "unschedule": {},
    "publish": {},
    "correct": {"reason": "الصواب أربعة."},
    "withdraw": {"reason": "لم يثبت."},
    "reopen": {},
    "delete": {},
}


def standing(app, status: str, owner=None) -> str:
    with app.app_context():
        public_id = draft(proposal(), BY, owner_id=owner.id if owner else None)
        if status == "review":
            submit(public_id, BY)
        elif status == "scheduled":
            schedule(public_id, BY, now() + timedelta(hours=1))
        elif status in {"published", "withdrawn"}:
            publish(public_id, BY)
        if status == "withdrawn":
            withdraw(public_id, BY, "تبيّن خطؤه.")
    return public_id


def status_of(app, public_id: str) -> str:
    with app.app_context():
        found = story_summary(public_id)
        return found.status if found else "gone"


def logged(app, verb: str) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).where(LogRow.verb == verb)) or 0


@pytest.fixture(autouse=True)
def far_from_2030(app, monkeypatch):
    monkeypatch.setattr("khabarayn.desk.stories.schedule.FARTHEST", timedelta(days=4000))


@pytest.mark.parametrize("role", ROLES)
def test_an_address_lets_those_pass_whom_the_table_lets(app, enter, role):
    client = enter(role)
    for own, status in product((True, False), STATES):
        owner = client.by if own else None
        public_id = standing(app, status, owner)
        held = Standing(status, owner.id if owner else None)
        for verb, step in STEPS.items():
            address = f"/newsroom/stories/{public_id}/{verb}"
            allowed = may(client.person, step.action, held)
            assert client.get(address).status_code == (200 if allowed else 403), address
            answer = client.post(address, data=FORMS[verb])
            if allowed and status in step.sources:
                assert answer.status_code == 303, answer.text
                again = status == "published" and verb == "publish"
                assert status_of(app, public_id) == ("published" if again else step.target)
                public_id = standing(app, status, owner)
                continue
            assert answer.status_code in ({303, 403} if allowed or status not in step.sources
                                          else {403})  # fmt: skip
            assert status_of(app, public_id) == status


def test_a_page_shows_only_the_steps_that_can_be_taken(app, enter):
    for role, status in product(ROLES, STATES):
        client = enter(role)
        public_id = standing(app, status, client.by)
        page = client.get(f"/newsroom/stories/{public_id}/notes")
        assert page.status_code == 200
        for verb, step in STEPS.items():
            offered = f'action="/newsroom/stories/{public_id}/{verb}"' in page.text
            can = status in step.sources and may(
                client.person, step.action, Standing(status, client.person.id)
            )
            # Nothing new was written since it was published.
            can = can and not (verb == "publish" and status == "published")
            assert offered == can, (role, verb)


def test_who_withdraws_may_name_the_story_that_stands_in_its_place(app, enter):
    client = enter("admin")
    public_id, follower = standing(app, "published"), standing(app, "published")
    address = f"/newsroom/stories/{public_id}/withdraw"
    for wrong in ("https://paper.example/a/zzzzzzzz", "نص", f"/a/{public_id}"):
        answer = client.post(address, data={"reason": "لم يثبت.", "successor": wrong})
        assert answer.status_code == 422
        assert f'value="{wrong}"' in answer.text, "what was typed is lost"
        assert "لم يثبت." in answer.text
    assert status_of(app, public_id) == "published"
    given = {"reason": "لم يثبت.", "successor": f"https://paper.example/en/a/{follower}?x=1"}
    assert client.post(address, data=given).status_code == 303
    page = app.test_client().get(f"/a/{public_id}")
    assert page.status_code == 410
    assert f'href="/a/{follower}"' in page.text
    client.post(f"/newsroom/stories/{follower}/withdraw", data={"reason": "لم يثبت."})
    assert f'href="/a/{follower}"' not in app.test_client().get(f"/a/{public_id}").text
    assert status_of(app, public_id) == "withdrawn"


def test_without_its_token_nothing_happens(app, enter):
    client, stranger = enter("admin"), app.test_client()
    for verb, step in STEPS.items():
        status = sorted(step.sources)[0]
        public_id = standing(app, status)
        address = f"/newsroom/stories/{public_id}/{verb}"
        assert client.post(address, data=FORMS[verb], proving=False).status_code == 400
        assert stranger.post(address, data=FORMS[verb]).status_code == 401
        assert status_of(app, public_id) == status


def test_an_unknown_story_is_not_found_and_a_deleted_one_leads_to_the_desk(app, enter):
    client = enter("admin")
    for verb in STEPS:
        assert client.get(f"/newsroom/stories/zzzzzzz2/{verb}").status_code == 404
    public_id = standing(app, "draft")
    for _ in range(2):
        answer = client.post(f"/newsroom/stories/{public_id}/delete")
        assert answer.status_code == 303
        assert answer.headers["Location"] == "/newsroom/"
    assert logged(app, "delete_draft") == 1


def test_what_was_typed_comes_back_with_what_is_wrong(app, enter):
    client = enter("editor")
    public_id = standing(app, "review")
    answer = client.post(
        f"/newsroom/stories/{public_id}/schedule",
        data={"at": "2020-01-01T09:00", "note": "بعد المؤتمر"},
    )
    assert answer.status_code == 422
    assert "هذا الموعد مضى" in answer.text
    assert 'value="2020-01-01T09:00"' in answer.text
    assert "بعد المؤتمر</textarea>" in answer.text
    for at in ("", "غدا", "2030-02-30T10:00", "2030-01-01T25:00", "٢٠٣٠-٠١-٤٠T10:00"):
        wrong = client.post(f"/newsroom/stories/{public_id}/schedule", data={"at": at})
        assert wrong.status_code == 422, at
    empty = client.post(f"/newsroom/stories/{public_id}/return", data={"note": "  "})
    assert empty.status_code == 422
    assert "اكتب لصاحب الخبر ما المطلوب" in empty.text
    assert status_of(app, public_id) == "review"


def test_an_hour_is_typed_by_the_sites_clock_and_one_that_is_leapt_over_refused(app, monkeypatch):
    with app.test_request_context():
        assert moment_of("2030-01-01T09:00").isoformat() == "2030-01-01T06:00:00+00:00"
        assert clock_value(moment_of("2030-01-01T09:00")) == "2030-01-01T09:00"
    settings = app.config["KHABARAYN"]
    app.config["KHABARAYN"] = type(settings)(data_dir=settings.data_dir, timezone="Africa/Cairo")
    with app.test_request_context(), pytest.raises(ValueError, match="تُقدَّم الساعة"):
        moment_of("2026-04-24T00:30")


def test_a_double_click_publishes_once(app, enter):
    client = enter("editor")
    public_id = standing(app, "review")
    for _ in range(2):
        answer = client.post(f"/newsroom/stories/{public_id}/publish", data={"seen": "1"})
        assert answer.status_code == 303
    assert logged(app, "publish") == 1
    with app.app_context():
        topics = db.session.scalars(select(OutboxRow.topic)).all()
    assert topics.count("published") == 1


def test_nobody_publishes_a_text_that_they_have_not_read(app, enter):
    client = enter("editor")
    public_id = standing(app, "review")
    page = client.get(f"/newsroom/stories/{public_id}/publish").text
    assert 'name="seen" value="1"' in page
    with app.app_context():
        revise(public_id, proposal(headline="كُتب بعد القراءة"), By("زميل"))
    answer = client.post(f"/newsroom/stories/{public_id}/publish", data={"seen": "1"})
    assert answer.status_code == 409
    assert "كُتب إصدار أحدث" in answer.text
    assert 'name="seen" value="2"' in answer.text
    assert status_of(app, public_id) == "review"


def test_who_comes_too_late_is_told_and_nothing_is_overwritten(app, enter):
    quick, slow = enter("editor"), enter("editor")
    public_id = standing(app, "review")
    quick.post(f"/newsroom/stories/{public_id}/return", data={"note": "ينقصه مصدر"})
    answer = slow.post(
        f"/newsroom/stories/{public_id}/return", data={"note": "طويل"}, follow_redirects=True
    )
    assert "حالة الخبر «مسودة»" in answer.text
    with app.app_context():
        assert [note.text for note in notes_of(public_id)] == ["ينقصه مصدر"]


def test_notes_are_shown_with_their_writer_and_escaped(app, enter):
    writer, editor = enter("writer"), enter("editor", name="هدى <المحررة>")
    public_id = standing(app, "review", writer.by)
    editor.post(
        f"/newsroom/stories/{public_id}/return", data={"note": "<script>alert(1)</script>\nأعِد"}
    )
    page = writer.get(f"/newsroom/stories/{public_id}/notes").text
    assert "<script>alert" not in page
    # Latin runs stand in elements of their own.
    words = re.sub("</?bdi[^>]*>", "", page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\nأعِد" in words
    assert "هدى &lt;المحررة&gt;" in page
    stranger = enter("contributor")
    assert stranger.get(f"/newsroom/stories/{public_id}/notes").status_code == 403


def test_a_published_story_offers_the_strip_to_the_chief_alone(app, enter):
    public_id = story(app)
    address = f"/newsroom/front/bulletin?story={public_id}"
    assert address in enter("chief").get(f"/newsroom/stories/{public_id}/notes").text
    assert address not in enter("editor").get(f"/newsroom/stories/{public_id}/notes").text


def test_a_reopened_story_says_so_where_it_is_worked_on(app, enter):
    public_id = standing(app, "withdrawn")
    with app.app_context():
        reopen(public_id, BY, "وصل المصدر")
    page = enter("chief").get(f"/newsroom/stories/{public_id}/notes").text
    assert "تبيّن خطؤه." in page
    assert app.test_client().get(f"/a/{public_id}").status_code == 410


def test_a_live_storys_link_is_copied_from_its_page(app, enter):
    public_id = story(app)
    page = enter("editor").get(f"/newsroom/stories/{public_id}/notes").text
    copied = re.search(r'data-copy="([^"]+)"', page)
    assert copied
    assert copied[1].startswith("http")
    assert copied[1].endswith(f"/a/{public_id}")


@pytest.mark.parametrize(
    ("role", "words"),
    [("contributor", "ولا تعدّله حتى يُعاد إليك"), ("writer", "ويبقى لك أن تعدّله")],
)
def test_submitting_says_whether_one_may_still_edit(app, enter, role, words):
    client = enter(role)
    public_id = standing(app, "draft", owner=client.person)
    page = f"/newsroom/stories/{public_id}"
    assert words in client.get(f"{page}/submit").text
    assert client.post(f"{page}/submit").status_code == 303
    assert (client.get(page).status_code == 200) == (role == "writer")
