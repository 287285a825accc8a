"""Saving from the editor: a new story or a new revision, and never over somebody else's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from factories.user import user
from sqlalchemy import select

from khabarayn.article.form import StoryForm
from khabarayn.article.identity import new_public_id
from khabarayn.desk.by import By
from khabarayn.desk.permissions import Forbidden
from khabarayn.desk.refused import UnknownStory
from khabarayn.desk.stories.autosave import autosave_form
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.write import RevisionConflict, restore, write
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, DraftRow, LogRow, RevisionRow
from khabarayn.store.queries.people import person_of

pytestmark = pytest.mark.usefixtures("any_app_context")

FORM = StoryForm(headline="الجسر يُفتح", body="<p>افتتحت البلدية الجسر.</p>", section="news")
LATER = replace(FORM, headline="الجسر يُفتح للشاحنات")


@pytest.fixture
def editor() -> By:
    return by("editor")


def by(role: str) -> By:
    row = user(role=role)
    db.session.commit()
    return By.of(person_of(row))


def row_of(story: str) -> ArticleRow:
    return db.session.scalars(select(ArticleRow).where(ArticleRow.public_id == story)).one()


def test_a_new_story_has_the_id_of_its_form_and_belongs_to_its_writer(editor):
    story = new_public_id()
    assert write(story, FORM, editor, 0) == 1
    assert (row_of(story).headline, row_of(story).owner_id) == (FORM.headline, editor.id)


def test_the_same_text_is_not_saved_twice_but_what_was_unsaved_is_gone(editor):
    story = new_public_id()
    write(story, FORM, editor, 0)
    autosave_form(story, editor, FORM, 1, 0)
    assert db.session.scalar(select(DraftRow.id)) is not None
    assert write(story, FORM, editor, 1) == 1
    assert db.session.scalar(select(DraftRow.id)) is None
    assert list(db.session.scalars(select(LogRow.verb))) == ["draft"]


def test_a_text_begun_from_an_older_revision_is_not_written_over_the_newer(editor):
    story = new_public_id()
    write(story, FORM, editor, 0)
    write(story, LATER, by("editor"), 1)
    with pytest.raises(RevisionConflict) as error:
        write(story, replace(FORM, headline="عنوان ثالث"), editor, 1)
    assert error.value.newest == 2
    assert row_of(story).headline == LATER.headline


def test_what_readers_see_of_a_published_story_stays_until_it_is_published_again(editor):
    story = new_public_id()
    write(story, FORM, editor, 0)
    publish(story, editor)
    assert write(story, LATER, editor, 1) == 2
    assert row_of(story).headline == FORM.headline
    publish(story, editor)
    assert row_of(story).headline == LATER.headline


def test_a_story_that_was_deleted_meanwhile_is_not_made_anew(editor):
    with pytest.raises(UnknownStory):
        write(new_public_id(), FORM, editor, 3)


def test_a_contributor_does_not_write_in_somebody_elses_story(editor):
    story = new_public_id()
    write(story, FORM, editor, 0)
    with pytest.raises(Forbidden):
        write(story, LATER, by("contributor"), 1)


def test_an_older_text_is_restored_as_the_newest_revision(editor):
    story = new_public_id()
    write(story, FORM, editor, 0)
    write(story, LATER, editor, 1)
    assert restore(story, 1, editor, 2) == 3
    assert row_of(story).headline == FORM.headline
    notes = select(RevisionRow.note).order_by(RevisionRow.number.desc()).limit(1)
    assert "1" in (db.session.scalar(notes) or "")


def test_restoring_over_a_newer_revision_or_from_one_that_is_not_there_is_refused(editor):
    story = new_public_id()
    write(story, FORM, editor, 0)
    write(story, LATER, editor, 1)
    with pytest.raises(RevisionConflict):
        restore(story, 1, editor, 1)
    with pytest.raises(UnknownStory):
        restore(story, 9, editor, 2)
