"""Many at the same moment: one of them is first, and the others are told so, on each engine."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from factories.media import picture_bytes
from factories.people import somebody
from factories.story import BY, proposal
from factories.story import story as told
from sqlalchemy import select

from khabarayn import Khabarayn
from khabarayn.article.form import StoryForm
from khabarayn.article.identity import new_public_id
from khabarayn.desk.front.bulletin import announce
from khabarayn.desk.people.attempts import use_once
from khabarayn.desk.people.links import invite, join
from khabarayn.desk.pictures.upload import store_picture
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories import autosave
from khabarayn.desk.stories.correct import correct
from khabarayn.desk.stories.delete_draft import delete_draft
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.submit import submit
from khabarayn.desk.stories.write import RevisionConflict, write
from khabarayn.media.folder import FolderStore
from khabarayn.media.render import render
from khabarayn.store.db import UnsavedChanges, db, writing
from khabarayn.store.models import (
    ArticleRow,
    BulletinRow,
    CorrectionRow,
    ListingRow,
    MediaRow,
    OutboxRow,
    RevisionRow,
    SectionRow,
    TagRow,
)

Done = list[Any]


def at_once(app: Khabarayn, *verbs: Callable[[], Any]) -> Done:
    """Say the verbs at the same moment, each in a thread with a session of its own; return what
    each returned, or the refusal that it raised. Anything else that is raised is raised here."""
    ready = threading.Barrier(len(verbs))
    done: Done = [None] * len(verbs)

    def say(place: int, verb: Callable[[], Any]) -> None:
        with app.test_request_context():
            ready.wait(10)
            try:
                done[place] = verb()
            except Exception as error:
                done[place] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=say, args=pair) for pair in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for outcome in done:
        if isinstance(outcome, Exception) and not isinstance(outcome, Refused):
            raise outcome
    return done


def count(app: Khabarayn, table: Any, *where: Any) -> int:
    with app.app_context():
        query = db.select(db.func.count()).select_from(table).where(*where)
        return db.session.scalar(query) or 0


def role(app: Khabarayn, name: str) -> Any:
    with app.app_context():
        return somebody(name)


def typed(headline: str) -> StoryForm:
    return StoryForm.of({"headline": headline, "section": "news", "body": "<p>نص الخبر هنا.</p>"})


def test_eight_clicks_on_publish_are_one_publication(any_app: Khabarayn) -> None:
    story = told(any_app, status="draft")
    editors = [role(any_app, "editor") for _ in range(8)]
    revs = at_once(any_app, *[lambda by=by: publish(story, by) for by in editors])
    assert revs == [1] * 8
    assert count(any_app, OutboxRow, OutboxRow.topic == "published") == 1


def test_an_importer_twice_at_once_publishes_one_text_once(any_app: Khabarayn) -> None:
    story = told(any_app, status="draft")
    at_once(any_app, *[lambda: publish(story, BY)] * 4)
    assert count(any_app, OutboxRow, OutboxRow.topic == "published") == 1


def test_eight_equal_corrections_show_readers_one(any_app: Khabarayn) -> None:
    story = told(any_app)
    editors = [role(any_app, "editor") for _ in range(8)]
    at_once(any_app, *[lambda by=by: correct(story, by, "الجسر في الشمال.") for by in editors])
    assert count(any_app, CorrectionRow) == 1
    assert count(any_app, OutboxRow, OutboxRow.topic == "corrected") == 1


def test_of_eight_who_save_over_one_text_one_is_first_and_seven_see_it(any_app: Khabarayn) -> None:
    story = told(any_app, status="draft")
    editors = [role(any_app, "editor") for _ in range(8)]
    done = at_once(
        any_app,
        *[
            lambda by=by, n=n: write(story, typed(f"عنوان {n}"), by, 1)
            for n, by in enumerate(editors)
        ],
    )
    assert sorted(map(str, map(type, done))) == sorted([str(RevisionConflict)] * 7 + [str(int)])
    assert {one.newest for one in done if isinstance(one, RevisionConflict)} == {2}
    assert count(any_app, RevisionRow) == 2


def test_a_new_story_saved_from_two_windows_is_one_story(any_app: Khabarayn) -> None:
    writer, story = role(any_app, "writer"), new_public_id()
    done = at_once(
        any_app, *[lambda n=n: write(story, typed(f"عنوان {n}"), writer, 0) for n in range(4)]
    )
    assert Counter(map(type, done)) == {int: 1, RevisionConflict: 3}
    assert count(any_app, ArticleRow) == 1


def test_sixteen_autosaves_of_a_new_story_keep_one_and_tell_fifteen(any_app: Khabarayn) -> None:
    writer, story = role(any_app, "writer"), new_public_id()
    done = at_once(
        any_app,
        *[
            lambda n=n: autosave.autosave_form(story, writer, typed(f"عنوان {n}"), 0, 0)
            for n in range(16)
        ],
    )
    assert Counter(map(type, done)) == {autosave.Receipt: 1, autosave.AutosaveConflict: 15}


@pytest.mark.parametrize("turn", range(3))
def test_publish_submit_and_delete_at_once_leave_nothing_half(
    any_app: Khabarayn, turn: int
) -> None:
    del turn
    story = told(any_app, status="draft")
    by = role(any_app, "editor")
    at_once(
        any_app,
        lambda: submit(story, by),
        lambda: publish(story, by),
        lambda: delete_draft(story, by),
    )
    with any_app.app_context():
        status = db.session.scalar(
            db.select(ArticleRow.status).where(ArticleRow.public_id == story)
        )
    assert status in {None, "published"}
    assert bool(count(any_app, ListingRow)) == (status == "published")


def test_one_origin_is_drafted_once(any_app: Khabarayn) -> None:
    one = proposal(origin_uri="tag:x.example,2026:one")
    done = at_once(any_app, *[lambda: draft(one, BY)] * 4)
    assert sum(isinstance(outcome, str) for outcome in done) == 1
    assert count(any_app, ArticleRow) == 1


def test_one_picture_from_six_clients_is_one_picture(any_app: Khabarayn, tmp_path: Path) -> None:
    store, rendered = FolderStore(tmp_path / "pictures"), render(picture_bytes(420, 300))
    done = at_once(any_app, *[lambda: store_picture(rendered, BY, store=store)] * 6)
    assert len(set(done)) == 1
    assert isinstance(done[0], str)
    with any_app.app_context():
        assert db.session.scalars(select(MediaRow.public_id)).all() == [done[0]]


def test_a_new_tag_of_four_stories_at_once_is_one_tag(any_app: Khabarayn) -> None:
    words = ("جسور", "أنهار", "مدن")
    told_at_once = [proposal(tags=words[n % 3 :] + words[: n % 3]) for n in range(4)]
    done = at_once(any_app, *[lambda one=one: draft(one, BY) for one in told_at_once])
    assert all(isinstance(outcome, str) for outcome in done)
    assert count(any_app, TagRow) == 3


def test_a_link_lets_one_in_and_tells_the_others(any_app: Khabarayn) -> None:
    admin = role(any_app, "admin")
    with any_app.test_request_context():
        token = invite("huda@khabarayn.example", "writer", admin)
        db.session.remove()
    words = "جملة لا يعرفها أحد غيري"
    done = at_once(any_app, *[lambda n=n: join(token, "", f"هدى {n}", words) for n in range(4)])
    refused = [outcome for outcome in done if isinstance(outcome, Refused)]
    assert len(refused) == 3
    assert {one.field for one in refused} <= {"link", "email"}


def test_the_same_bulletin_from_four_editors_stands_once(any_app: Khabarayn) -> None:
    chiefs = [role(any_app, "chief") for _ in range(4)]
    at_once(
        any_app, *[lambda by=by: announce("وصل القطار", timedelta(hours=1), by) for by in chiefs]
    )
    assert count(any_app, BulletinRow) == 1


def test_what_opens_once_opens_for_one_of_eight(any_app: Khabarayn) -> None:
    assert sum(at_once(any_app, *[lambda: use_once("a" * 64)] * 8)) == 1


@writing()
def _three_verbs_of_which_the_last_is_refused() -> None:
    story = draft(proposal(), BY)
    publish(story, BY)
    correct(story, BY, "")


def test_verbs_in_one_transaction_are_all_or_nothing(any_app_context: Khabarayn) -> None:
    with pytest.raises(Refused):
        _three_verbs_of_which_the_last_is_refused()
    assert db.session.scalar(db.select(db.func.count()).select_from(ArticleRow)) == 0
    with writing():
        publish(draft(proposal(), BY), BY)
    assert db.session.scalar(db.select(ArticleRow.status)) == "published"


def test_a_verb_is_never_begun_over_changes_that_nobody_committed(
    any_app_context: Khabarayn,
) -> None:
    row = db.session.scalars(db.select(SectionRow)).first()
    row.name = "اسم آخر"
    with pytest.raises(UnsavedChanges), writing():
        pass
    db.session.rollback()


def test_who_only_reads_never_waits_for_a_writer(app: Khabarayn) -> None:
    told(app)
    held, seen = threading.Event(), threading.Event()

    def hold() -> None:
        with app.app_context(), writing():
            held.set()
            seen.wait(20)

    writer = threading.Thread(target=hold)
    writer.start()
    assert held.wait(10)
    for path in ("/", "/latest", "/s/news", "/search?q=جسر", "/healthz", "/feed.xml"):
        assert app.test_client().get(path).status_code < 400, path
    seen.set()
    writer.join(10)
