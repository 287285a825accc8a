"""Versions of a story in other languages that are to be looked at again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model, UTCDateTime


class TranslationCheckRow(Model):
    """The story ``article_id`` is to be compared with its version ``changed_id``, which ``by_name``
    corrected (``kind`` is «correct») or withdrew («withdraw»). The row goes when somebody has."""

    __tablename__ = "translation_check"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    changed_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_name: Mapped[str] = mapped_column(String(120), default="")
