"""Everyone who signs stories, by address and by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from khabarayn.article.story import Author
from khabarayn.store.db import ask, db
from khabarayn.store.models import ArticleAuthor, ArticleRow, AuthorRow, ListingRow, MediaRow
from khabarayn.store.queries.cards import MEDIA_COLUMNS, author_list, picture
from khabarayn.store.queries.redirects import redirect_of

# Beyond this a number says no more than «many».
COUNT_LIMIT = 999


def author_by_slug(slug: str) -> tuple[Author, str] | None:
    """Return the author and the name of their list, or None."""
    row = db.session.execute(
        select(
            AuthorRow.id,
            AuthorRow.slug,
            AuthorRow.name,
            AuthorRow.role,
            AuthorRow.bio,
            AuthorRow.contacts,
            *MEDIA_COLUMNS,
        )
        .outerjoin(MediaRow, MediaRow.id == AuthorRow.portrait_id)
        .where(AuthorRow.slug == slug)
    ).one_or_none()
    if row is None:
        return None
    return author_of(row), author_list(row.id)


def author_of(row: Any) -> Author:
    """Return the author of a row of the columns above."""
    portrait = picture(row, row.name, "", "")
    contacts = tuple(row.contacts.splitlines())
    return Author(row.slug, row.name, row.role, row.bio, portrait, contacts)


def stories_signed(which: str) -> int:
    """Return how many published stories stand in the list ``which``, at most `COUNT_LIMIT` + 1: a
    longer list is not read to its end for it."""
    first = select(ListingRow.article_id).where(ListingRow.list == which).limit(COUNT_LIMIT + 1)
    return db.session.scalar(select(func.count()).select_from(first.subquery())) or 0


def author_address(slug: str) -> str:
    """Return the address of an author's page."""
    return f"/by/{slug}"


def moved_author(slug: str) -> str | None:
    """Return the slug of the author that the former one has become, or None."""
    target = redirect_of(author_address(slug))
    return target.removeprefix("/by/") if target and target.startswith("/by/") else None


def names_of_authors(slugs: Iterable[str]) -> dict[str, str]:
    """Return the present names of the authors who have these slugs, or had them before they were
    merged, by slug."""
    unique_slugs = set(slugs)
    if not unique_slugs:
        return {}
    names = _names_of(unique_slugs)
    for slug in unique_slugs - set(names):
        if (new_slug := moved_author(slug)) and (name := _names_of({new_slug}).get(new_slug)):
            names[slug] = name
    return names


def _names_of(slugs: set[str]) -> dict[str, str]:
    rows = db.session.execute(
        select(AuthorRow.slug, AuthorRow.name).where(AuthorRow.slug.in_(slugs))
    )
    return {row.slug: row.name for row in rows}


def first_authors(public_ids: Iterable[str]) -> dict[str, Author]:
    """Return who signs each of these stories first, with a portrait where there is one, by the
    story's public id."""
    ids = tuple(public_ids)
    if not ids:
        return {}
    return {
        row.public_id: Author(
            row.slug, row.author_name, row.role, portrait=picture(row, row.author_name, "", "")
        )
        for row in ask(_first_query(), {"public_ids": ids})
    }


@cache
def _first_query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            ArticleRow.public_id,
            AuthorRow.slug,
            AuthorRow.name.label("author_name"),
            AuthorRow.role,
            *MEDIA_COLUMNS,
        )
        .join(ArticleAuthor, ArticleAuthor.article_id == ArticleRow.id)
        .join(AuthorRow, AuthorRow.id == ArticleAuthor.author_id)
        .outerjoin(MediaRow, MediaRow.id == AuthorRow.portrait_id)
        .where(
            ArticleRow.public_id.in_(bindparam("public_ids", expanding=True)),
            ArticleAuthor.position == 0,
        )
    )


@dataclass(frozen=True)
class AuthorUse:
    """An author with the number of stories signed, whatever their state."""

    author: Author
    stories: int


def author_uses() -> tuple[AuthorUse, ...]:
    """Return everyone who signs, by name, each with the number of their stories."""
    story_counts = (
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
            func.coalesce(story_counts.c.stories, 0).label("stories"),
            *MEDIA_COLUMNS,
        )
        .outerjoin(story_counts, story_counts.c.author_id == AuthorRow.id)
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
