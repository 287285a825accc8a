"""Sums of a day that are not readings of a story: shares, saves, searches without a result."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, String
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
