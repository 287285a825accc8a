"""Whole stories for feeds: a list's newest, with bodies, tags and authors, in three queries."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Integer, Select, bindparam, literal, select, union_all

from khabarayn.article.story import Author, Picture, Source, Story, Tag
from khabarayn.store.db import ask
from khabarayn.store.models import (
    ArticleAuthor,
    ArticleMedia,
    ArticleRow,
    ArticleTag,
    AuthorRow,
    ListingRow,
    MediaRow,
    SourceRow,
    TagRow,
)
from khabarayn.store.queries.cards import MEDIA_COLUMNS, card, picture, select_cards


def stories_in(which: str, language: str, limit: int = 20) -> tuple[Story, ...]:
    """Return the newest stories of the list ``which`` in ``language``, bodies included, links left
    out."""
    values = {"which": which, "language": language, "limit": limit}
    rows = ask(_newest_query(), values)
    ids = [row.id for row in rows]
    tags, authors = _names(ids)
    pictures = _pictures(ids)
    return tuple(
        Story(
            card=card(row),
            blocks=row.body,
            first_published_at=row.first_published_at,
            tags=tuple(tags.get(row.id, ())),
            authors=tuple(authors.get(row.id, ())),
            pictures=pictures.get(row.id, {}),
            source=Source(row.source_name, row.source_link) if row.source_name else None,
            source_url=row.source_url,
        )
        for row in rows
    )


# The statements are built once: building them anew cost more than asking them.
@cache
def _newest_query() -> Select[*tuple[Any, ...]]:
    return (
        select_cards()
        .add_columns(
            ArticleRow.id,
            ArticleRow.body,
            ArticleRow.first_published_at,
            ArticleRow.source_url,
            SourceRow.name.label("source_name"),
            SourceRow.url.label("source_link"),
        )
        .outerjoin(SourceRow, SourceRow.id == ArticleRow.source_id)
        .join(ListingRow, ListingRow.article_id == ArticleRow.id)
        .where(ListingRow.list == bindparam("which"), ListingRow.language == bindparam("language"))
        .order_by(ListingRow.at.desc(), ListingRow.article_id.desc())
        .limit(bindparam("limit", type_=Integer))
    )


def _names(ids: list[int]) -> tuple[dict[int, list[Tag]], dict[int, list[Author]]]:
    if not ids:
        return {}, {}
    tags: dict[int, list[Tag]] = {}
    authors: dict[int, list[Author]] = {}
    rows = ask(_name_query(), {"ids": ids})
    for row in sorted(rows, key=lambda label_row: label_row.position):
        if row.label == "tag":
            tags.setdefault(row.article_id, []).append(Tag(row.key, row.name))
        else:
            authors.setdefault(row.article_id, []).append(Author(row.key, row.name))
    return tags, authors


@cache
def _name_query() -> Any:
    ids: BindParameter[int] = bindparam("ids", expanding=True)
    tag_rows = (
        select(
            literal("tag").label("label"),
            ArticleTag.article_id,
            ArticleTag.position,
            TagRow.key.label("key"),
            TagRow.name.label("name"),
        )
        .join(TagRow, TagRow.id == ArticleTag.tag_id)
        .where(ArticleTag.article_id.in_(ids))
    )
    author_rows = (
        select(
            literal("author"),
            ArticleAuthor.article_id,
            ArticleAuthor.position,
            AuthorRow.slug,
            AuthorRow.name,
        )
        .join(AuthorRow, AuthorRow.id == ArticleAuthor.author_id)
        .where(ArticleAuthor.article_id.in_(ids))
    )
    return union_all(tag_rows, author_rows)


def _pictures(ids: list[int]) -> dict[int, dict[str, Picture]]:
    result: dict[int, dict[str, Picture]] = {}
    for row in ask(_picture_query(), {"ids": ids}):
        if image := picture(row, "", "", ""):
            result.setdefault(row.article_id, {})[image.id] = image
    return result


@cache
def _picture_query() -> Select[*tuple[Any, ...]]:
    return (
        select(ArticleMedia.article_id, *MEDIA_COLUMNS)
        .join(MediaRow, MediaRow.id == ArticleMedia.media_id)
        .where(ArticleMedia.article_id.in_(bindparam("ids", expanding=True)))
    )
