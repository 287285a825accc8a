"""What editors put on the front page, and how often stories are read."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model, UTCDateTime


class FrontRow(Model):
    """A story that an editor placed. ``place`` is 0 for the lead, then the seconds in order;
    after ``expires_at`` the automatic order fills the place again."""

    __tablename__ = "front"

    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), index=True
    )
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class BulletinRow(Model):
    """The «عاجل» strip: one line of text, perhaps leading to a story, shown until it expires."""

    __tablename__ = "bulletin"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(200))
    article_id: Mapped[int | None] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), index=True
    )
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class ReadsRow(Model):
    """How many times a story was opened on one day (UTC): a sum, never a person."""

    __tablename__ = "reads"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    count: Mapped[int] = mapped_column(default=0)

    __table_args__ = (Index("ix_reads_article_id", "article_id"),)
