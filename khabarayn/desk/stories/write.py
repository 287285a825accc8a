"""Save what an editor wrote as a new story or a new revision, never over somebody else's
revision."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select

from khabarayn.article.content import Content
from khabarayn.article.form import StoryForm
from khabarayn.desk.by import By
from khabarayn.desk.permissions import require
from khabarayn.desk.record import add_revision, log, newest_content, standing_of
from khabarayn.desk.refused import Refused, UnknownStory
from khabarayn.desk.stories.amend import without_lost
from khabarayn.desk.stories.autosave import discard, newest_number
from khabarayn.desk.stories.form import content_of_form
from khabarayn.desk.stories.project import project
from khabarayn.store.db import claim, commit, db, now, writing
from khabarayn.store.models import ArticleRow
from khabarayn.store.queries.revisions import content_at


class RevisionConflict(Refused):
    """Somebody saved the story since this text was begun; ``newest`` is their revision."""

    def __init__(self, newest: int) -> None:
        super().__init__("base", _("حُفظ إصدار أحدث من هذا الخبر وأنت تكتب."))
        self.newest = newest


@writing()
def write(story: str, form: StoryForm, by: By, base: int) -> int:
    """Save ``form`` as the newest revision of ``story`` and return its number; commits.

    ``story`` is the public id that a new story will have; ``base`` is the number of the revision
    that the text started from, 0 for a new story. The same text is not saved twice. What this
    person had unsaved is forgotten with it. What readers see does not change until `publish`.
    Raises `Refused`: `Forbidden`, `RevisionConflict`, or what is wrong with the text.
    """
    # A new story has no row yet to lock.
    claim(f"story {story}")
    row = _row(story)
    if row is None:
        require(by, "story.write")
        if base:
            raise UnknownStory("id", _("لا يوجد خبر بهذا المعرّف: %(id)s", id=story))
    else:
        require(by, "story.edit", standing_of(row))
    newest, before = newest_content(row) if row else (0, None)
    content = content_of_form(form, before, row.page if row else "")
    if row is not None:
        if content == before:
            discard(story, by)
            commit()
            return newest
        if newest != base:
            raise RevisionConflict(newest)
    return _save_revision(story, row, content, by, "revise" if row else "draft")


@writing()
def restore(story: str, number: int, by: By, base: int) -> int:
    """Make the text of revision ``number`` the newest again and return the new number; commits.

    Raises `Refused`: `Forbidden`, `RevisionConflict`, or `UnknownStory` when there is no such
    revision.
    """
    row = _row(story)
    then = content_at(story, number)
    if row is None or then is None:
        raise UnknownStory("id", _("لا يوجد هذا الإصدار."))
    require(by, "story.restore", standing_of(row))
    newest = newest_number(story)
    if newest != base:
        raise RevisionConflict(newest)
    note = _("استعادة الإصدار %(number)s", number=number)
    content = without_lost(then)
    if content != then:
        note = _("استعادة الإصدار %(number)s، بلا صور حُذفت من المكتبة", number=number)
    return _save_revision(story, row, content, by, "restore", note)


def _save_revision(
    story: str, row: ArticleRow | None, content: Content, by: By, verb: str, note: str = ""
) -> int:
    if row is None:
        row = ArticleRow(
            public_id=story, status="draft", created_at=now(), rev=0, owner_id=by.own_id
        )
    if row.status not in {"published", "withdrawn"}:
        project(content, row)
    number = add_revision(row, content, by, note)
    log(verb, by, row, revision=number)
    discard(story, by)
    commit()
    return number


def _row(story: str) -> ArticleRow | None:
    return db.session.scalar(
        select(ArticleRow).where(ArticleRow.public_id == story).with_for_update()
    )
