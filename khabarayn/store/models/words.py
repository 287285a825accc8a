"""Words that editors set: the paper's spelling of names, and spellings that search treats as
equal."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model


class HouseWordRow(Model):
    """The paper's spelling of a name, ``word``; ``others`` are those to avoid, separated by «|»."""

    __tablename__ = "house_word"

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(80), unique=True)
    others: Mapped[str] = mapped_column(String(500), default="")


class SpellingRow(Model):
    """Spellings of one name that search treats as equal, separated by spaces."""

    __tablename__ = "spelling"

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(300), unique=True)
