"""Words that editors set: how the house spells a name, and spellings that search holds equal."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model


class HouseWordRow(Model):
    """How the house spells a name: ``word`` its own spelling, ``others`` those it does not use,
    separated by «|»."""

    __tablename__ = "house_word"

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(80), unique=True)
    others: Mapped[str] = mapped_column(String(500), default="")


class SpellingRow(Model):
    """Spellings of one name that editors hold equal, separated by spaces."""

    __tablename__ = "spelling"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(300), unique=True)
