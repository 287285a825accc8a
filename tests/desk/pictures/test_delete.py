"""A deleted picture is nowhere any more, and what stood around it still is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from desk.pictures.test_replace import live, picture, row_of, store, told  # noqa: F401
from factories.author import author
from factories.people import somebody
from factories.story import BY, proposal
from flask import current_app
from sqlalchemy import select

from khabarayn.article.blocks import Gallery, Image, Paragraph
from khabarayn.article.proposal import ProposedPicture
from khabarayn.desk.permissions import Forbidden
from khabarayn.desk.pictures import delete as module
from khabarayn.desk.pictures.delete import delete_picture, wipe
from khabarayn.desk.pictures.focus import focus
from khabarayn.desk.pictures.replace import replace
from khabarayn.desk.record import newest_content, story_row
from khabarayn.desk.refused import Refused
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.revise import revise
from khabarayn.desk.stories.write import restore
from khabarayn.media.port import MediaStoreError
from khabarayn.store.db import db
from khabarayn.store.models import AuthorRow, LogRow, MediaRow, OutboxRow
from khabarayn.store.queries.pictures import picture_by_id, picture_library
from khabarayn.worker import work

pytestmark = pytest.mark.usefixtures("any_app_context")


def test_a_deleted_picture_leaves_stories_library_and_files(store):  # noqa: F811
    gone, other = picture(store, 10, alt="قديمة"), picture(store, 90, alt="أخرى")
    focus(gone, BY, 0.1, 0.2, store=store)
    focus(gone, BY, 0.9, 0.8, store=store)
    kept = set(store.names(f"{other}/"))
    public_id = told(lead=gone, body=gone)
    somebody_ = author(portrait_id=row_of(gone).id)
    db.session.commit()
    assert delete_picture(gone, BY, store=store) == 1
    story = live(public_id)
    assert story.card.picture is None
    assert story.pictures == {}
    assert gone not in str(story.blocks)
    assert story.card.rev == 2
    assert picture_by_id(gone) is None
    assert [held.id for held in picture_library().pictures] == [other]
    assert set(store.names()) == kept
    assert db.session.get_one(AuthorRow, somebody_.id).portrait_id is None
    assert db.session.scalar(select(LogRow.verb).where(LogRow.verb == "delete_picture"))
    assert publish(public_id, BY) == 2


def test_another_picture_stands_where_the_deleted_one_was(store):  # noqa: F811
    gone, new = picture(store, 10, alt="قديمة"), picture(store, 90, alt="جديدة")
    public_id = told(lead=gone, body=gone)
    assert delete_picture(gone, BY, store=store, instead=new) == 1
    assert live(public_id).card.picture.id == new
    assert set(live(public_id).pictures) == {new}
    assert picture_by_id(gone) is None
    assert list(store.names(f"{gone}/")) == []


def test_what_is_left_of_a_gallery_is_a_picture_or_nothing(store):  # noqa: F811
    gone, other, third = (picture(store, hue, alt=str(hue)) for hue in (10, 90, 170))
    blocks = (
        Paragraph("فقرة."),
        Gallery((Image(gone), Image(other))),
        Gallery((Image(gone), Image(other), Image(third))),
        Gallery((Image(gone), Image(gone))),
    )
    public_id = draft(proposal(blocks=blocks, body_html=""), BY)
    publish(public_id, BY)
    delete_picture(gone, BY, store=store)
    shown = live(public_id).blocks
    assert [block.kind for block in shown] == ["paragraph", "image", "gallery"]
    assert [image.media for image in shown[2].images] == [other, third]


def test_a_text_that_waits_can_still_be_published(store):  # noqa: F811
    gone = picture(store, alt="جسر")
    public_id = told()
    revise(public_id, proposal(headline="ينتظر", lead=ProposedPicture(f"media:{gone}")), BY)
    delete_picture(gone, BY, store=store)
    publish(public_id, BY)
    assert live(public_id).card.picture is None
    assert live(public_id).card.headline == "ينتظر"


def test_an_old_revision_is_restored_without_the_picture_that_is_gone(store):  # noqa: F811
    gone = picture(store, alt="جسر")
    public_id = told(lead=gone, body=gone)
    delete_picture(gone, BY, store=store)
    number = restore(public_id, 1, somebody("editor"), 2)
    publish(public_id, BY)
    assert number == 3
    assert live(public_id).card.picture is None
    assert newest_content(story_row(public_id))[1].lead is None


def test_what_it_had_replaced_is_in_the_library_again(store):  # noqa: F811
    first, second = picture(store, 10), picture(store, 90)
    replace(first, second, BY)
    delete_picture(second, BY, store=store)
    assert [held.id for held in picture_library().pictures] == [first]
    delete_picture(first, BY, store=store)
    assert db.session.scalar(select(MediaRow.id)) is None


def test_the_same_picture_can_come_again(store):  # noqa: F811
    gone = picture(store, 10, alt="قديمة")
    delete_picture(gone, BY, store=store)
    assert picture(store, 10, alt="جديدة") == gone
    assert picture_by_id(gone).picture.alt == "جديدة"


def test_writers_may_not_and_nothing_stands_in_for_itself(store):  # noqa: F811
    gone = picture(store, 10)
    with pytest.raises(Forbidden):
        delete_picture(gone, somebody("writer"), store=store)
    with pytest.raises(Refused, match="نفسها"):
        delete_picture(gone, BY, store=store, instead=gone)
    assert picture_by_id(gone)
    assert list(store.names(f"{gone}/"))


def test_files_that_stay_behind_are_said(store, monkeypatch):  # noqa: F811
    gone = picture(store, 10)

    def fail(_name: str) -> None:
        raise MediaStoreError("folder")

    monkeypatch.setattr(store, "delete", fail)
    with pytest.raises(MediaStoreError):
        delete_picture(gone, BY, store=store)
    assert picture_by_id(gone) is None


def test_files_that_a_killed_process_left_are_wiped_by_the_worker(store, monkeypatch):  # noqa: F811
    gone = picture(store, 10)

    def die(*_given, **_named):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(module, "PATIENCE", timedelta(0))
        patched.setattr(module, "wipe", die)
        with pytest.raises(KeyboardInterrupt):
            delete_picture(gone, BY, store=store)
    assert picture_by_id(gone) is None
    assert list(store.names(f"{gone}/"))
    monkeypatch.setitem(current_app.extensions, "khabarayn.media", store)
    assert work(once=True) == 1
    assert list(store.names(f"{gone}/")) == []
    assert work(once=True) == 0


def test_a_store_that_was_away_is_tried_again_by_the_worker(store, monkeypatch):  # noqa: F811
    gone = picture(store, 10)

    def fail(_name: str) -> None:
        raise MediaStoreError("folder")

    with monkeypatch.context() as patched:
        patched.setattr(module, "PATIENCE", timedelta(0))
        patched.setattr(store, "delete", fail)
        with pytest.raises(MediaStoreError):
            delete_picture(gone, BY, store=store)
    monkeypatch.setitem(current_app.extensions, "khabarayn.media", store)
    assert work(once=True) == 1
    assert list(store.names(f"{gone}/")) == []


def test_the_worker_leaves_the_files_of_a_picture_that_came_again(store):  # noqa: F811
    gone = picture(store, 10)
    delete_picture(gone, BY, store=store)
    number = db.session.scalars(select(OutboxRow.id).where(OutboxRow.topic == "wipe")).one()
    assert picture(store, 10) == gone
    files = list(store.names(f"{gone}/"))
    wipe(number, {"folders": [gone]}, store=store)
    assert list(store.names(f"{gone}/")) == files != []
