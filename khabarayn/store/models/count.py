"""Sums of a day: how often stories are read, shared and saved, and what is searched for in vain."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model


class CountRow(Model):
    """How often something happened on one day (UTC): never by whom.

    ``kind`` is «share» (``name``: by which way), «save» (``name`` empty), «edition» (``name``: text
    or full) or «nothing» (``name``: the folded words that were searched for in vain).
    """

    __tablename__ = "day_count"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class ReadsRow(Model):
    """How many times a story was opened on one day (UTC): a sum, never a person."""

    __tablename__ = "reads"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    count: Mapped[int] = mapped_column(default=0)

    __table_args__ = (Index("ix_reads_article_id", "article_id"),)
