"""Stored pictures, what they look like, and which story uses each inside its body."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model, UTCDateTime


def _own_folder(context: DefaultExecutionContext) -> str:
    return context.get_current_parameters()["public_id"]


class MediaRow(Model):
    """``digest`` is the SHA-256 of the re-encoded original; ``renditions`` lists what was made:
    ``[{"name": "800.avif", "width": 800, "height": 533, "bytes": 41022}, …]``.

    ``folder`` is where the renditions lie and the id in their address: it changes with the focal
    point, so that what a phone keeps for ever stays true. ``dhash`` is the fingerprint (difference
    hash) in 64 bits, signed, or None before it is computed. ``decorative`` says why a picture needs
    no alternative text. ``words`` are the folded words it is found by. ``replaced_by`` is the
    picture that stands in its place everywhere, also in texts that still name this one.
    """

    __tablename__ = "media"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True)
    folder: Mapped[str] = mapped_column(String(16), default=_own_folder)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    mime: Mapped[str] = mapped_column(String(40))
    width: Mapped[int]
    height: Mapped[int]
    focal_x: Mapped[float] = mapped_column(default=0.5)
    focal_y: Mapped[float] = mapped_column(default=0.5)
    thumbhash: Mapped[str] = mapped_column(String(64), default="")
    dhash: Mapped[int | None] = mapped_column(BigInteger)
    alt: Mapped[str] = mapped_column(String(500), default="")
    decorative: Mapped[str] = mapped_column(String(200), default="")
    caption: Mapped[str] = mapped_column(String(1000), default="")
    credit: Mapped[str] = mapped_column(String(200), default="")
    name: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    replaced_by: Mapped[int | None] = mapped_column(index=True)
    added_by: Mapped[str] = mapped_column(String(120), default="")
    renditions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)

    __table_args__ = (Index("ix_media_created_at", "created_at", "id"),)


class FingerprintRow(Model):
    """A quarter of a picture's fingerprint: pictures that differ in few bits share one, or nearly.
    ``band`` is the quarter's number and its sixteen bits in one (see `store.queries.pictures`)."""

    __tablename__ = "look"

    band: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    media_id: Mapped[int] = mapped_column(
        ForeignKey("media.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )

    __table_args__ = (
        Index("ix_look_media_id", "media_id"),
        {"sqlite_with_rowid": False},
    )


class ArticleMedia(Model):
    """A picture inside a story's body, in the order of the text; the lead is not among them."""

    __tablename__ = "article_media"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    media_id: Mapped[int] = mapped_column(ForeignKey("media.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)
