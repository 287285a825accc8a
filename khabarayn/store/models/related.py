"""Profiles of published stories, by which related ones are found, and running stories.

``likeness`` holds a story's profile to be compared exactly; ``posting`` leads from a term to the
newest stories that it weighs in, so that candidates are found in bounded reads.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model, UTCDateTime


class LikenessRow(Model):
    """``at`` is the publication in minutes since 1970; ``terms`` and ``sketch`` are packed as
    `khabarayn.related.profile` says; ``headline`` is the hash of the folded headline;
    ``language`` is the story's, without its land."""

    __tablename__ = "likeness"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    at: Mapped[int]
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id"), index=True)
    headline: Mapped[int] = mapped_column(default=0)
    terms: Mapped[bytes] = mapped_column(LargeBinary)
    sketch: Mapped[bytes] = mapped_column(LargeBinary)
    cluster_id: Mapped[int | None] = mapped_column(ForeignKey("cluster.id", ondelete="SET NULL"))
    language: Mapped[str] = mapped_column(String(12), default="ar", server_default="ar")

    __table_args__ = (Index("ix_likeness_cluster_at", "cluster_id", "at"),)


class PostingRow(Model):
    """One of the weightiest terms of one published story."""

    __tablename__ = "posting"

    term: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )

    __table_args__ = (
        Index("ix_posting_article_id", "article_id"),
        {"sqlite_with_rowid": False},
    )


class ClusterRow(Model):
    """A running story, «ملف». An editor's name for it stays (``named``); otherwise it
    follows its stories, which are of one ``language``. A ``closed`` one takes no more stories and
    is not shown."""

    __tablename__ = "cluster"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    named: Mapped[bool] = mapped_column(default=False)
    closed: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    newest_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    size: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(String(12), default="ar", server_default="ar")
