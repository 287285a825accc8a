"""What editors put on the front page."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model, UTCDateTime


class FrontRow(Model):
    """A story that an editor placed on the front page of ``language``. ``place`` is 0 for the lead,
    then the seconds in order; after ``expires_at`` the automatic order fills the place again."""

    __tablename__ = "front"

    language: Mapped[str] = mapped_column(String(12), primary_key=True)
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
