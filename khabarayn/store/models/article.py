"""Stories: what readers see now, every revision behind it, and the corrections."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from khabarayn.article.blocks import Block, from_json, to_json
from khabarayn.article.content import Content
from khabarayn.store.db import JsonOf, Model, UTCDateTime, now


class ArticleRow(Model):
    """The live story, as the last publication left it.

    ``status`` is draft, review, scheduled, published or withdrawn. ``rev`` counts publications
    of a changed text; ``origin_uri`` is the story's identity at the place it was imported from
    and ``origin_digest`` the digest of what was last taken from there. ``changed_at`` is when the
    desk last did anything to it, ``live_number`` the revision that readers see (0: none yet),
    ``visual`` what of its body a list may show it by (`khabarayn.article.visual`), ``folded``
    headline and standfirst as the desk's own search compares them, ``folded_body`` the
    body of what is not published: readers' search knows the others.
    """

    __tablename__ = "article"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    status: Mapped[str] = mapped_column(String(12), default="draft")
    headline: Mapped[str] = mapped_column(String(300))
    short_headline: Mapped[str] = mapped_column(String(120), default="")
    standfirst: Mapped[str] = mapped_column(String(1000), default="")
    teaser: Mapped[str] = mapped_column(String(1000), default="")
    slug: Mapped[str] = mapped_column(String(120), default="")
    genre: Mapped[str] = mapped_column(String(40), default="")
    language: Mapped[str] = mapped_column(String(12), default="ar")
    direction: Mapped[str] = mapped_column(String(3), default="rtl")
    section_id: Mapped[int] = mapped_column(ForeignKey("section.id"), index=True)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("media.id"), index=True)
    lead_alt: Mapped[str] = mapped_column(String(500), default="")
    lead_caption: Mapped[str] = mapped_column(String(1000), default="")
    lead_credit: Mapped[str] = mapped_column(String(200), default="")
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"), index=True)
    source_url: Mapped[str] = mapped_column(String(2000), default="")
    # Whose story it is in the newsroom; nobody's when it was imported.
    owner_id: Mapped[int | None] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    publish_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    first_published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(String(500), default="")
    rev: Mapped[int] = mapped_column(default=0)
    visual: Mapped[str] = mapped_column(String(8), default="", server_default="")
    sensitive: Mapped[bool] = mapped_column(default=False)
    evergreen: Mapped[bool] = mapped_column(default=False)
    breaking: Mapped[bool] = mapped_column(default=False)
    corrected: Mapped[bool] = mapped_column(default=False)
    word_count: Mapped[int] = mapped_column(default=0)
    reading_minutes: Mapped[int] = mapped_column(default=1)
    origin_uri: Mapped[str | None] = mapped_column(String(500), unique=True)
    origin_digest: Mapped[str] = mapped_column(String(64), default="")
    changed_at: Mapped[datetime] = mapped_column(UTCDateTime, default=now)
    live_number: Mapped[int] = mapped_column(default=0)
    # Versions of one story in several languages have one group; none where there is but one.
    translation_group: Mapped[str | None] = mapped_column(String(12), index=True)
    # The name of a standing page (`article.standing.page_key`); empty for a story. A page's
    # section says nothing.
    page: Mapped[str] = mapped_column(String(40), default="", server_default="")
    folded: Mapped[str] = deferred(mapped_column(Text, default="", nullable=False))
    # Last, and loaded only when named: no list ever carries it.
    body: Mapped[tuple[Block, ...]] = deferred(
        mapped_column(JsonOf(to_json, from_json, cache_size=256), default=tuple, nullable=False)
    )
    folded_body: Mapped[str] = deferred(
        mapped_column(Text, default="", server_default="", nullable=False)
    )

    __table_args__ = (
        Index("ix_article_status_publish_at", "status", "publish_at"),
        Index("ix_article_updated_at", "updated_at"),
        Index("ix_article_status_changed_at", "status", "changed_at"),
        Index("ix_article_status_published_at", "status", "published_at"),
        Index("ix_article_owner_id_changed_at", "owner_id", "changed_at"),
        Index(
            "uq_article_page",
            "page",
            unique=True,
            sqlite_where=text("page <> ''"),
            postgresql_where=text("page <> ''"),
        ),
    )


class RevisionRow(Model):
    """One saved state of a story: ``content`` is the whole of it, ready to be published again."""

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    number: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    content: Mapped[Content] = deferred(
        mapped_column(JsonOf(Content.to_json, Content.from_json), nullable=False)
    )

    __table_args__ = (Index("uq_revision_article_number", "article_id", "number", unique=True),)


class CorrectionRow(Model):
    """One dated correction under a story, in words for readers."""

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    text: Mapped[str] = mapped_column(Text)
