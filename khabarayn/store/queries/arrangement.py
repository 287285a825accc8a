"""Lists to arrange: tags, authors and sources with how much hangs on each; redirects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from khabarayn.arabic.slug import tag_key
from khabarayn.article.story import Author, Source, Tag
from khabarayn.store.db import db
from khabarayn.store.models import (
    ArticleAuthor,
    ArticleRow,
    ArticleTag,
    AuthorRow,
    MediaRow,
    RedirectRow,
    SourceRow,
    TagRow,
)
from khabarayn.store.queries.cards import MEDIA_COLUMNS, picture

LIMIT = 60


@dataclass(frozen=True)
class TagUse:
    tag: Tag
    stories: int


@dataclass(frozen=True)
class AuthorUse:
    author: Author
    stories: int


@dataclass(frozen=True)
class SourceUse:
    number: int
    source: Source
    stories: int


@dataclass(frozen=True)
class Redirect:
    path: str
    target: str
    created_at: datetime


def tag_uses(
    query: str = "", after: str = "", limit: int = LIMIT
) -> tuple[tuple[TagUse, ...], str]:
    """Return tags whose folded name holds ``query``, by name, after the key ``after``, each with
    the number of its stories; and the key to go on after, empty on the last page."""
    chosen = select(
        TagRow.key, TagRow.name, TagRow.intro, func.count(ArticleTag.article_id).label("stories")
    ).outerjoin(ArticleTag, ArticleTag.tag_id == TagRow.id)
    if wanted := tag_key(query):
        chosen = chosen.where(TagRow.key.contains(wanted, autoescape=True))
    if after:
        chosen = chosen.where(TagRow.key > after)
    rows = db.session.execute(
        chosen.group_by(TagRow.id, TagRow.key, TagRow.name, TagRow.intro)
        .order_by(TagRow.key)
        .limit(limit + 1)
    ).all()
    found = tuple(TagUse(Tag(r.key, r.name, r.intro), r.stories) for r in rows[:limit])
    return found, rows[limit - 1].key if len(rows) > limit else ""


def tag_use(key: str) -> TagUse | None:
    """Return one tag, or None."""
    row = db.session.execute(
        select(TagRow.key, TagRow.name, TagRow.intro, func.count(ArticleTag.article_id).label("n"))
        .outerjoin(ArticleTag, ArticleTag.tag_id == TagRow.id)
        .where(TagRow.key == key)
        .group_by(TagRow.id, TagRow.key, TagRow.name, TagRow.intro)
    ).one_or_none()
    return TagUse(Tag(row.key, row.name, row.intro), row.n) if row else None


def author_uses() -> tuple[AuthorUse, ...]:
    """Return everyone who signs, by name, each with the number of their stories."""
    signed = (
        select(ArticleAuthor.author_id, func.count().label("stories"))
        .group_by(ArticleAuthor.author_id)
        .subquery()
    )
    rows = db.session.execute(
        select(
            AuthorRow.slug,
            AuthorRow.name.label("author_name"),
            AuthorRow.role,
            AuthorRow.bio,
            func.coalesce(signed.c.stories, 0).label("stories"),
            *MEDIA_COLUMNS,
        )
        .outerjoin(signed, signed.c.author_id == AuthorRow.id)
        .outerjoin(MediaRow, MediaRow.id == AuthorRow.portrait_id)
        .order_by(AuthorRow.name, AuthorRow.id)
    )
    return tuple(
        AuthorUse(
            Author(
                row.slug, row.author_name, row.role, row.bio, picture(row, row.author_name, "", "")
            ),
            row.stories,
        )
        for row in rows
    )


def source_uses() -> tuple[SourceUse, ...]:
    """Return the sources, by name, each with the number of its stories."""
    rows = db.session.execute(
        select(
            SourceRow.id,
            SourceRow.name,
            SourceRow.url,
            SourceRow.licence,
            func.count(ArticleRow.id).label("stories"),
        )
        .outerjoin(ArticleRow, ArticleRow.source_id == SourceRow.id)
        .group_by(SourceRow.id, SourceRow.name, SourceRow.url, SourceRow.licence)
        .order_by(SourceRow.name)
    )
    return tuple(
        SourceUse(row.id, Source(row.name, row.url, row.licence), row.stories) for row in rows
    )


def redirects(
    query: str = "", after: str = "", limit: int = LIMIT
) -> tuple[tuple[Redirect, ...], str]:
    """Return redirects by their old address, after the address ``after``; and where to go on."""
    chosen = select(RedirectRow.path, RedirectRow.target, RedirectRow.created_at)
    if query:
        chosen = chosen.where(
            RedirectRow.path.contains(query, autoescape=True)
            | RedirectRow.target.contains(query, autoescape=True)
        )
    if after:
        chosen = chosen.where(RedirectRow.path > after)
    rows = db.session.execute(chosen.order_by(RedirectRow.path).limit(limit + 1)).all()
    found = tuple(Redirect(row.path, row.target, row.created_at) for row in rows[:limit])
    return found, found[-1].path if len(rows) > limit else ""
