"""Tags and authors, and the lists they stand for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, select

from khabarayn.arabic.slug import tag_key
from khabarayn.article.story import Author, Tag
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, ArticleTag, AuthorRow, MediaRow, TagRow
from khabarayn.store.queries.cards import MEDIA_COLUMNS, author_list, picture, tag_list
from khabarayn.store.queries.redirects import redirect_of


def tag_by_key(key: str) -> tuple[Tag, str] | None:
    """Return the tag with the folded ``key``, or the one it has become, and the name of its list;
    None where there is none."""
    columns = select(TagRow.id, TagRow.key, TagRow.name, TagRow.intro)
    row = db.session.execute(columns.where(TagRow.key == key)).one_or_none()
    if row is None and (moved := moved_tag(key)):
        row = db.session.execute(columns.where(TagRow.key == moved)).one_or_none()
    return (Tag(row.key, row.name, row.intro), tag_list(row.id)) if row else None


def tag_addresses(key: str, name: str) -> set[str]:
    """Return the addresses that a tag is known by: as it is written, and as it is folded."""
    return {f"/t/{written.replace(' ', '_')}" for written in (key, name)}


def moved_tag(key: str) -> str | None:
    """Return the key of the tag that the former tag ``key`` has become, or None."""
    target = redirect_of(f"/t/{key.replace(' ', '_')}")
    return tag_key(target.removeprefix("/t/")) if target and target.startswith("/t/") else None


def author_by_slug(slug: str) -> tuple[Author, str] | None:
    """Return the author and the name of their list, or None."""
    row = db.session.execute(
        select(
            AuthorRow.id,
            AuthorRow.slug,
            AuthorRow.name,
            AuthorRow.role,
            AuthorRow.bio,
            *MEDIA_COLUMNS,
        )
        .outerjoin(MediaRow, MediaRow.id == AuthorRow.portrait_id)
        .where(AuthorRow.slug == slug)
    ).one_or_none()
    if row is None:
        return None
    portrait = picture(row, row.name, "", "")
    return Author(row.slug, row.name, row.role, row.bio, portrait), author_list(row.id)


@cache
def _carried() -> Select[*tuple[Any, ...]]:
    times = func.count().label("times")
    return (
        select(TagRow.key, TagRow.name, times)
        .join(ArticleTag, ArticleTag.tag_id == TagRow.id)
        .join(ArticleRow, ArticleRow.id == ArticleTag.article_id)
        .where(ArticleRow.public_id.in_(bindparam("public_ids", expanding=True)))
        .group_by(TagRow.id, TagRow.key, TagRow.name)
        .order_by(times.desc(), TagRow.name)
        .limit(bindparam("limit", type_=Integer))
    )


def tags_among(public_ids: Iterable[str], limit: int = 10) -> tuple[Tag, ...]:
    """Return the tags that most of these stories carry, the most carried first."""
    asked = {"public_ids": list(public_ids), "limit": limit}
    rows = db.session.execute(_carried(), asked)
    return tuple(Tag(row.key, row.name) for row in rows)
