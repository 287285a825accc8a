"""Every verb of the workflow in every state, by every role: what happens, and what is left."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from factories.people import somebody
from factories.story import BY, MORNING, proposal
from sqlalchemy import func, select

from khabarayn.article.story import Story, WithdrawnStory
from khabarayn.desk.by import By
from khabarayn.desk.permissions import ROLES, Forbidden, Standing, may
from khabarayn.desk.refused import Refused, UnknownStory
from khabarayn.desk.stories.correct import correct
from khabarayn.desk.stories.delete_draft import delete_draft
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.reopen import reopen
from khabarayn.desk.stories.return_story import return_story
from khabarayn.desk.stories.revise import revise
from khabarayn.desk.stories.schedule import schedule, unschedule
from khabarayn.desk.stories.step import OutOfTurn
from khabarayn.desk.stories.submit import submit
from khabarayn.desk.stories.transitions import STATES, STEPS, may_take, state_name, verbs_in
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, LogRow, OutboxRow, ReviewNoteRow, RevisionRow
from khabarayn.store.queries.story import article_by_id
from khabarayn.store.queries.story_lists import notes_of, story_summary

pytestmark = pytest.mark.usefixtures("app_context")

SAY = {
    "submit": lambda id_, by: submit(id_, by, "انظروا فيه"),
    "return": lambda id_, by: return_story(id_, by, "ينقصه مصدر"),
    "schedule": lambda id_, by: schedule(id_, by, now() + timedelta(hours=2)),
    "unschedule": unschedule,
    "publish": publish,
    "correct": lambda id_, by: correct(id_, by, "الصواب أربعة."),
    "withdraw": lambda id_, by: withdraw(id_, by, "لم يثبت."),
    "reopen": reopen,
    "delete": delete_draft,
}


def standing(status: str, owner=None) -> str:
    """Return a story in this state, brought there by the verbs themselves."""
    public_id = draft(proposal(), owner or BY)
    if status == "review":
        submit(public_id, BY)
    elif status == "scheduled":
        schedule(public_id, BY, now() + timedelta(hours=1))
    elif status in {"published", "withdrawn"}:
        publish(public_id, BY, at=MORNING)
    if status == "withdrawn":
        withdraw(public_id, BY, "تبيّن خطؤه.")
    return public_id


def status_of(public_id: str) -> str | None:
    return db.session.scalar(select(ArticleRow.status).where(ArticleRow.public_id == public_id))


def count(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_every_state_has_a_name_and_a_way_on():
    for status in STATES:
        assert state_name(status)
        assert verbs_in(status)
    assert {step.target for step in STEPS.values()} - {"gone"} <= set(STATES)
    assert set(SAY) == set(STEPS)


@pytest.mark.parametrize("verb", STEPS)
def test_a_verb_does_its_step_or_changes_nothing(verb):
    for status in STATES:
        says_its_step_or_changes_nothing(verb, status)


def says_its_step_or_changes_nothing(verb, status):
    public_id = standing(status)
    if (verb, status) == ("publish", "published"):
        # What readers see already is not published again, by nobody.
        revise(public_id, proposal(), BY)
    before = [count(table) for table in (LogRow, OutboxRow, RevisionRow, ReviewNoteRow)]
    house = may_take(verb, status, by_system=True)
    if not house:
        with pytest.raises(OutOfTurn) as refusal:
            SAY[verb](public_id, By("somebody else"))
        assert state_name(status) in refusal.value.message
        db.session.rollback()
        assert status_of(public_id) == status
        assert [count(t) for t in (LogRow, OutboxRow, RevisionRow, ReviewNoteRow)] == before
        return
    SAY[verb](public_id, BY)
    target = STEPS[verb].target
    assert status_of(public_id) == (None if target == "gone" else target)
    assert count(LogRow) == before[0] + 1


@pytest.mark.parametrize("role", ROLES)
def test_a_verb_asks_the_table_of_permissions(role):
    for verb, own in product(STEPS, (True, False)):
        asks_the_table(verb, own, role)


def asks_the_table(verb, own, role):
    person = somebody(role)
    owner = person if own else somebody("writer")
    for status in sorted(STEPS[verb].sources):
        public_id = standing(status, owner)
        if status == "published":
            revise(public_id, proposal(), BY)
        if may(person, STEPS[verb].action, Standing(status, owner.id)):
            SAY[verb](public_id, person)
            assert status_of(public_id) == (None if verb == "delete" else STEPS[verb].target)
            log = db.session.scalars(select(LogRow).order_by(LogRow.id.desc()).limit(1)).one()
            said = "delete_draft" if verb == "delete" else verb
            assert (log.verb, log.who) == (said, person.name)
        else:
            with pytest.raises(Forbidden):
                SAY[verb](public_id, person)
            db.session.rollback()
            assert status_of(public_id) == status


def test_nobody_works_on_a_story_that_is_not_there():
    for say in SAY.values():
        with pytest.raises(UnknownStory):
            say("zzzzzzzz", somebody("admin"))
        db.session.rollback()


def test_only_who_may_write_drafts_and_a_draft_is_its_writers():
    writer, other = somebody("contributor"), somebody("contributor")
    public_id = draft(proposal(), writer)
    found = story_summary(public_id)
    assert found
    assert (found.owner_id, found.owner) == (writer.id, writer.name)
    revise(public_id, proposal(headline="عنوان أدق"), writer)
    with pytest.raises(Forbidden):
        revise(public_id, proposal(), other)
    db.session.rollback()
    with pytest.raises(Forbidden):
        draft(proposal(), somebody("stranger"))


@pytest.mark.parametrize("verb", ["submit", "return", "unschedule", "withdraw", "reopen"])
def test_a_second_click_is_no_second_step_and_anothers_comes_too_late(verb):
    first, second = somebody("chief"), somebody("chief")
    public_id = standing(sorted(STEPS[verb].sources)[0])
    SAY[verb](public_id, first)
    logged = count(LogRow)
    SAY[verb](public_id, first)
    assert count(LogRow) == logged
    with pytest.raises(OutOfTurn):
        SAY[verb](public_id, second)


def test_a_double_click_publishes_once_and_a_new_revision_is_a_new_publication():
    editor = somebody("editor")
    public_id = standing("review")
    assert publish(public_id, editor) == 1
    assert publish(public_id, editor) == 1
    assert db.session.scalars(select(OutboxRow.topic)).all().count("published") == 1
    revise(public_id, proposal(headline="عنوان محدّث"), editor)
    found = story_summary(public_id)
    assert found
    assert found.pending
    assert publish(public_id, editor) == 2
    found = story_summary(public_id)
    assert found
    assert not found.pending


def test_notes_of_review_stay_with_the_story_newest_first():
    writer, editor = somebody("writer"), somebody("editor")
    public_id = draft(proposal(), writer)
    submit(public_id, writer, "راجعوا الأرقام\u202e")
    with pytest.raises(Refused) as refusal:
        return_story(public_id, editor, " ")
    assert refusal.value.field == "note"
    db.session.rollback()
    return_story(public_id, editor, "الفقرة الثالثة بلا مصدر.")
    submit(public_id, writer)
    notes = notes_of(public_id)
    assert [(note.verb, note.name, note.text) for note in notes] == [
        ("return", editor.name, "الفقرة الثالثة بلا مصدر."),
        ("submit", writer.name, "راجعوا الأرقام"),
    ]
    with pytest.raises(Refused):
        return_story(public_id, editor, "س" * 2001)


def test_who_takes_their_own_story_back_need_not_say_why():
    writer = somebody("writer")
    public_id = draft(proposal(), writer)
    submit(public_id, writer)
    return_story(public_id, writer)
    assert status_of(public_id) == "draft"


def test_an_hour_that_has_passed_or_is_a_lifetime_off_is_refused():
    public_id = standing("draft")
    for at in (now() - timedelta(seconds=1), now() + timedelta(days=400)):
        with pytest.raises(Refused) as refusal:
            schedule(public_id, BY, at)
        assert refusal.value.field == "at"
        db.session.rollback()
    assert status_of(public_id) == "draft"


def test_a_scheduled_story_can_be_given_another_hour_and_none():
    public_id = standing("draft")
    hour = now() + timedelta(hours=3)
    schedule(public_id, BY, hour)
    logged = count(LogRow)
    schedule(public_id, BY, hour)
    assert count(LogRow) == logged
    schedule(public_id, BY, hour + timedelta(hours=1))
    found = story_summary(public_id)
    assert found
    assert found.publish_at == hour + timedelta(hours=1)
    unschedule(public_id, BY)
    found = story_summary(public_id)
    assert found
    assert (found.status, found.publish_at) == ("review", None)


def test_a_reopened_story_says_410_until_it_is_published_anew():
    chief = somebody("chief")
    public_id = standing("withdrawn")
    reopen(public_id, chief, "وصل المصدر")
    assert isinstance(article_by_id(public_id), WithdrawnStory)
    revise(public_id, proposal(headline="العنوان بعد التحقق"), chief)
    assert isinstance(article_by_id(public_id), WithdrawnStory)
    with pytest.raises(Refused):
        delete_draft(public_id, chief)
    db.session.rollback()
    publish(public_id, chief)
    found = article_by_id(public_id)
    assert isinstance(found, Story)
    assert found.card.headline == "العنوان بعد التحقق"


def test_a_deleted_draft_leaves_only_the_log():
    writer = somebody("writer")
    public_id = draft(proposal(headline="مسودة تُحذف"), writer)
    submit(public_id, writer, "ملاحظة")
    return_story(public_id, writer)
    delete_draft(public_id, writer)
    assert count(ArticleRow) == count(RevisionRow) == count(ReviewNoteRow) == 0
    last = db.session.scalars(select(LogRow).order_by(LogRow.id.desc()).limit(1)).one()
    assert (last.verb, last.detail["headline"]) == ("delete_draft", "مسودة تُحذف")
