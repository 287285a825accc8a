"""A story's newest content, its revisions, and its editors' unsaved texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select

from khabarayn.article.content import Content
from khabarayn.article.form import StoryForm
from khabarayn.store.db import db
from khabarayn.store.models import (
    ArticleRow,
    DraftRow,
    RevisionRow,
)


@dataclass(frozen=True)
class Revision:
    """``made_by`` is as the log has it; ``note`` says why, where somebody said so."""

    number: int
    made_at: datetime
    made_by: str
    note: str = ""


@dataclass(frozen=True)
class EditableStory:
    """A story with its newest revision, and the ``content`` of it; ``page`` names the standing page
    that it is, if any."""

    id: str
    status: str
    owner_id: int | None
    revision: Revision
    content: Content
    page: str = ""


@dataclass(frozen=True)
class Autosave:
    """One person's unsaved text of one story."""

    story: str
    base: int
    version: int
    changed_at: datetime
    form: StoryForm


_REVISION = (RevisionRow.number, RevisionRow.made_at, RevisionRow.made_by, RevisionRow.note)


def editable_story(story: str) -> EditableStory | None:
    """Return the story with its newest revision, whatever its state."""
    row = db.session.execute(
        select(
            ArticleRow.public_id, ArticleRow.status, ArticleRow.owner_id, ArticleRow.page,
            RevisionRow.content, *_REVISION,
        )
        .join(RevisionRow, RevisionRow.article_id == ArticleRow.id)
        .where(ArticleRow.public_id == story)
        .order_by(RevisionRow.number.desc())
        .limit(1)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    return EditableStory(
        row.public_id, row.status, row.owner_id, _revision(row), row.content, row.page
    )


def revisions_of(story: str) -> tuple[Revision, ...]:
    """Return every revision of the story, the newest first."""
    rows = db.session.execute(
        select(*_REVISION)
        .join(ArticleRow, ArticleRow.id == RevisionRow.article_id)
        .where(ArticleRow.public_id == story)
        .order_by(RevisionRow.number.desc())
    )
    return tuple(map(_revision, rows))


def content_at(story: str, number: int) -> Content | None:
    """Return the content of one revision of the story."""
    return db.session.scalar(
        select(RevisionRow.content)
        .join(ArticleRow, ArticleRow.id == RevisionRow.article_id)
        .where(ArticleRow.public_id == story, RevisionRow.number == number)
    )


def autosave_of(story: str, person_id: int) -> Autosave | None:
    """Return what this person has unsaved of the story."""
    row = db.session.scalar(
        select(DraftRow).where(DraftRow.story == story, DraftRow.person_id == person_id)
    )
    return _autosave(row) if row else None


def unsaved_new_stories(person_id: int, limit: int = 20) -> tuple[Autosave, ...]:
    """Return the texts that this person began as new stories and never saved, newest first."""
    has_story = exists().where(ArticleRow.public_id == DraftRow.story)
    rows = db.session.scalars(
        select(DraftRow)
        .where(DraftRow.person_id == person_id, ~has_story)
        .order_by(DraftRow.changed_at.desc())
        .limit(limit)
    )
    return tuple(map(_autosave, rows))


def _revision(row: Any) -> Revision:
    return Revision(row.number, row.made_at, row.made_by, row.note)


def _autosave(row: DraftRow) -> Autosave:
    return Autosave(row.story, row.base, row.version, row.changed_at, row.form)
