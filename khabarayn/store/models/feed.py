"""The feeds that stories are taken from, asked again and again by the worker."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model, UTCDateTime


class FeedRow(Model):
    """``status`` is «draft», or empty for what each story says of itself; without a section its
    own words decide. ``next_at`` is when it is asked next, None while it is paused; ``etag`` and
    ``modified`` are what its server said of the last answer. ``problem`` and ``detail`` say why it
    did not answer the last ``failures`` times; ``report`` is that of the last round that brought
    something."""

    __tablename__ = "feed"

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(String(500), unique=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), index=True)
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id", ondelete="SET NULL"))
    status: Mapped[str] = mapped_column(String(12), default="draft")
    minutes: Mapped[int] = mapped_column(default=30)
    next_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    etag: Mapped[str] = mapped_column(String(200), default="")
    modified: Mapped[str] = mapped_column(String(80), default="")
    failures: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(40), default="")
    detail: Mapped[str] = mapped_column(String(200), default="")
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
