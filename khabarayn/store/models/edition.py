"""Editions that have appeared, and the stories in each."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model, UTCDateTime


class EditionRow(Model):
    """One edition, «2026-11-23-am»; ``language`` is empty for the first one, as its name has it.
    ``text_file``, ``full_file`` and ``epub_file`` are names on the shelf and sizes are bytes; while
    they are empty the edition is still being made. ``issue`` is 1 unless it was made again;
    ``transfer_bytes`` is what the text file costs a phone that holds the edition before it; ``key``
    is the public key, base64url, that signed it. ``plan`` is an editor's choice for the next issue
    (public ids, the lead first); from ``ordered_at`` on the worker prints it.
    """

    __tablename__ = "edition"
    __table_args__ = (Index("ix_edition_language", "language", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(24), unique=True)
    language: Mapped[str] = mapped_column(String(12), default="", server_default="")
    issue: Mapped[int] = mapped_column(default=0)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by: Mapped[str] = mapped_column(String(120), default="")
    text_file: Mapped[str] = mapped_column(String(80), default="")
    text_size: Mapped[int] = mapped_column(default=0)
    full_file: Mapped[str] = mapped_column(String(80), default="")
    full_size: Mapped[int] = mapped_column(default=0)
    epub_file: Mapped[str] = mapped_column(String(80), default="")
    epub_size: Mapped[int] = mapped_column(default=0)
    transfer_bytes: Mapped[int] = mapped_column("moved", default=0)
    key: Mapped[str] = mapped_column(String(64), default="")
    plan: Mapped[list[str]] = mapped_column(JSON, default=list)
    ordered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ordered_by: Mapped[str] = mapped_column(String(120), default="")


class EditionStoryRow(Model):
    """``role`` is lead, story or ring; the story stays listed when it is withdrawn later."""

    __tablename__ = "edition_story"

    edition_id: Mapped[int] = mapped_column(
        ForeignKey("edition.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str] = mapped_column(String(5))
