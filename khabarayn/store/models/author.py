"""The people who sign stories, and which story each signed."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from khabarayn.store.db import Model


class AuthorRow(Model):
    """Somebody who signs stories, with an address of their own; ``contacts`` are e-mail addresses
    and links, one a line."""

    __tablename__ = "author"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(120), default="")
    bio: Mapped[str] = mapped_column(String(1000), default="")
    contacts: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    portrait_id: Mapped[int | None] = mapped_column(ForeignKey("media.id"), index=True)


class ArticleAuthor(Model):
    """Who signs a story, in which place of the byline (0 is the first)."""

    __tablename__ = "article_author"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)
