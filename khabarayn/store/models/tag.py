"""Tags, and which story carries which."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model


class TagRow(Model):
    """``key`` is the folded name: «#اسيا» and «#آسيا» are one tag."""

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    intro: Mapped[str] = mapped_column(String(400), default="")


class ArticleTag(Model):
    """A tag that a story carries, in the editor's order."""

    __tablename__ = "article_tag"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)
