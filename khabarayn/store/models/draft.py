"""Unsaved texts of editors: stored every few seconds, never shown to readers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.article.form import StoryForm
from khabarayn.store.db import JsonOf, Model, UTCDateTime


class DraftRow(Model):
    """One person's unsaved text of one story, as typed.

    ``story`` is the public id that the story has, or will have once it is saved; ``base`` the
    number of the revision that the text started from, 0 for a new story; ``version`` counts the
    times it was kept, so that two windows of one person do not overwrite each other.
    """

    __tablename__ = "story_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    story: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="CASCADE"), index=True
    )
    version: Mapped[int] = mapped_column(default=1)
    base: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    form: Mapped[StoryForm] = mapped_column(
        "typed", JsonOf(StoryForm.to_json, StoryForm.of), default=StoryForm
    )

    __table_args__ = (Index("uq_story_draft_story_person", "story", "person_id", unique=True),)
