"""A scheduled story goes out once and on time, whoever works and whoever is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import time_machine
from factories.media import media
from factories.story import BY, proposal
from sqlalchemy import select, text

from khabarayn.article.proposal import ProposedPicture
from khabarayn.desk.stories import publish_due as release
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.publish_due import publish_due_stories
from khabarayn.desk.stories.revise import revise
from khabarayn.desk.stories.schedule import schedule, unschedule
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, LogRow, OutboxRow, SectionRow
from khabarayn.store.queries.story import article_by_id
from khabarayn.store.queries.story_lists import notes_of, story_summary
from khabarayn.worker import work


def waiting(minutes: float = 10, **given) -> str:
    public_id = draft(proposal(**given), BY)
    schedule(public_id, BY, now() + timedelta(minutes=minutes))
    return public_id


def said_of(public_id: str) -> list[str]:
    """Return how often the world was told of the story."""
    db.session.rollback()
    rows = db.session.scalars(select(OutboxRow).where(OutboxRow.topic == "published"))
    return [row.payload["id"] for row in rows if row.payload["id"] == public_id]


def test_nothing_goes_out_before_its_hour_and_it_carries_its_hour(any_app_context):
    public_id = waiting(minutes=10)
    early = waiting(minutes=5)
    hour = story_summary(public_id).publish_at
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        assert publish_due_stories() == 0
        clock.move_to(start + timedelta(minutes=5, seconds=1))
        assert publish_due_stories() == 1
        assert story_summary(early).status == "published"
        clock.move_to(start + timedelta(minutes=10, seconds=2))
        assert work(once=True) >= 1
        assert publish_due_stories() == 0
    found = story_summary(public_id)
    assert (found.status, found.published_at, found.publish_at) == ("published", hour, None)
    assert len(said_of(public_id)) == 1


def test_a_story_that_comes_late_does_not_pretend(app_context):
    public_id = waiting(minutes=10)
    later = now() + timedelta(hours=5)
    with time_machine.travel(later, tick=False):
        assert publish_due_stories() == 1
    assert story_summary(public_id).published_at == later


def test_what_was_written_after_the_hour_was_set_goes_out_as_written(app_context):

    public_id = waiting(minutes=10, headline="العنوان عند تحديد الموعد")
    revise(public_id, proposal(headline="العنوان الأخير"), BY)
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        publish_due_stories()
    assert article_by_id(public_id).card.headline == "العنوان الأخير"


def test_an_editor_who_changes_their_mind_in_time_is_heard(app_context):
    public_id = waiting(minutes=10)
    unschedule(public_id, BY)
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        assert publish_due_stories() == 0
    assert story_summary(public_id).status == "review"


def test_what_cannot_go_out_goes_back_with_a_note_and_hides_nothing(app_context):
    broken, whole = waiting(minutes=1, section="sport"), waiting(minutes=2)
    # Somebody removed its section meanwhile.
    number = db.session.scalar(select(SectionRow.id).where(SectionRow.slug == "news"))
    row = db.session.scalars(select(ArticleRow).where(ArticleRow.public_id == broken)).one()
    row.section_id = number
    db.session.flush()
    db.session.execute(text("DELETE FROM section WHERE slug = 'sport'"))
    db.session.commit()
    db.session.remove()
    with time_machine.travel(now() + timedelta(minutes=5), tick=False):
        assert publish_due_stories() == 1
    assert story_summary(whole).status == "published"
    assert story_summary(broken).status == "review"
    assert "لم يُنشر في موعده" in notes_of(broken)[0].text


def test_a_picture_without_words_that_came_after_the_hour_was_set_holds_it_back(app_context):
    public_id = waiting(minutes=1)
    silent = media(alt="")
    db.session.commit()
    lead = ProposedPicture(f"media:{silent.public_id}")
    revise(public_id, proposal(lead=lead), BY)
    with time_machine.travel(now() + timedelta(minutes=5), tick=False):
        assert publish_due_stories() == 0
    assert story_summary(public_id).status == "review"
    assert "نص بديل" in notes_of(public_id)[0].text


def test_a_bug_of_ours_sends_the_story_back_and_the_worker_lives(app_context, monkeypatch):
    public_id = waiting(minutes=1)

    def fall(*_given, **_more):
        raise RuntimeError("a bug")

    monkeypatch.setattr(release, "put_out", fall)
    with time_machine.travel(now() + timedelta(minutes=5), tick=False):
        assert publish_due_stories() == 0
        assert publish_due_stories() == 0
    assert story_summary(public_id).status == "review"
    assert len(notes_of(public_id)) == 1


def test_many_workers_send_each_story_once(any_app):
    with any_app.app_context():
        ids = [waiting(minutes=0.02) for _ in range(6)]
    time.sleep(1.3)
    went: list[int] = []

    def run() -> None:
        with any_app.app_context():
            went.append(publish_due_stories())
            db.session.remove()

    workers = [threading.Thread(target=run) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    with any_app.app_context():
        # One that lost a race leaves the story to the next sweep.
        went.append(publish_due_stories())
        assert sum(went) == len(ids)
        for public_id in ids:
            assert len(said_of(public_id)) == 1
            verbs = db.session.scalars(
                select(LogRow.verb)
                .join(ArticleRow, ArticleRow.id == LogRow.article_id)
                .where(ArticleRow.public_id == public_id)
            ).all()
            assert verbs.count("publish") == 1


def test_a_worker_killed_in_the_middle_loses_nothing(app, settings):
    """The first worker is killed while its transaction is open; the second does the work."""
    with app.app_context():
        public_id = waiting(minutes=0.02)
        # Published so that there is something to link to.
        publish(draft(proposal(), BY), BY)
    time.sleep(1.3)
    environ = {
        **{k: v for k, v in os.environ.items() if not k.startswith("KHABARAYN_")},
        "KHABARAYN_DATA_DIR": str(settings.data_dir),
        "KHABARAYN_SECRET_KEY": "for tests only, and nobody else's",
    }
    stuck = (
        "import time\n"
        "from khabarayn import create_app\n"
        "from khabarayn.desk.stories import publish, publish_due\n"
        "def hang(*given, **more):\n"
        "    print('inside', flush=True)\n"
        "    time.sleep(60)\n"
        "publish.list_stories = hang\n"
        "with create_app().app_context():\n"
        "    publish_due.publish_due_stories()\n"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", stuck], env=environ, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout
    assert first.stdout.readline().strip() == "inside"
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    first.stdout.close()
    with app.app_context():
        assert story_summary(public_id).status == "scheduled"
        assert said_of(public_id) == []
    done = subprocess.run(
        [sys.executable, "-m", "khabarayn.worker", "--once"],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    with app.app_context():
        assert story_summary(public_id).status == "published"
        assert len(said_of(public_id)) == 1
