"""Which live story stands in which list: one table serves every list by key.

A row exists only while its story is published, so a draft cannot leak into a list, and every
page of every list is one walk along the primary key, whatever the archive's size.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model, UTCDateTime


class ListingRow(Model):
    """``list`` is «latest», «s:<section id>», «t:<tag id>» or «a:<author id>»; a story stands in
    its section's list and in every section's above it. ``language`` is one that the paper offers
    (`khabarayn.store.queries.languages.list_language`): each language has its own lists."""

    __tablename__ = "listing"

    list: Mapped[str] = mapped_column(String(24), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime, primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )

    __table_args__ = (
        Index("ix_listing_article_id", "article_id"),
        {"sqlite_with_rowid": False},
    )
