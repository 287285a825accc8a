"""Review notes of a story, and who has it open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model, UTCDateTime


class ReviewNoteRow(Model):
    """A note that went with a step of a story; ``name`` is the writer's at that time."""

    __tablename__ = "review_note"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    name: Mapped[str] = mapped_column(String(120))
    verb: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)


class PresenceRow(Model):
    """When a person last had a story open for writing."""

    __tablename__ = "presence"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class PreviewLinkRow(Model):
    """A link by which an outsider reads a story's newest revision until ``expires_at``; ``digest``
    is SHA-256 of what the link says, ``name`` whose link it is at that time."""

    __tablename__ = "preview_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), index=True
    )
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
