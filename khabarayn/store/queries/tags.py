"""Tags: by their folded key, by how many stories carry them, by the beginning of a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, select

from khabarayn.arabic.normalise import fold
from khabarayn.arabic.slug import tag_key
from khabarayn.article.story import Tag
from khabarayn.store.db import ask, db
from khabarayn.store.models import (
    ArticleAuthor,
    ArticleRow,
    ArticleTag,
    AuthorRow,
    TagRow,
)
from khabarayn.store.queries.cards import tag_list
from khabarayn.store.queries.redirects import redirects_of

LIMIT = 60
_LABEL_MODELS: dict[str, Any] = {
    "tags": (TagRow, ArticleTag, ArticleTag.tag_id),
    "authors": (AuthorRow, ArticleAuthor, ArticleAuthor.author_id),
}


def tag_by_key(key: str) -> tuple[Tag, str] | None:
    """Return the tag with the folded ``key``, or the one it has become, and the name of its list;
    None where there is none."""
    columns = select(TagRow.id, TagRow.key, TagRow.name, TagRow.intro)
    row = db.session.execute(columns.where(TagRow.key == key)).one_or_none()
    if row is None and (new_key := moved_tag(key)):
        row = db.session.execute(columns.where(TagRow.key == new_key)).one_or_none()
    return (Tag(row.key, row.name, row.intro), tag_list(row.id)) if row else None


def tag_addresses(key: str, name: str) -> set[str]:
    """Return the addresses that a tag is known by: as it is written, and as it is folded."""
    return {f"/t/{spelling.replace(' ', '_')}" for spelling in (key, name)}


def moved_tag(key: str) -> str | None:
    """Return the key of the tag that the former tag ``key`` has become, or None."""
    return moved_tags([key]).get(key)


def moved_tags(keys: Iterable[str]) -> dict[str, str]:
    """Return `moved_tag` of each of these keys that has become another."""
    paths = {f"/t/{key.replace(' ', '_')}": key for key in keys}
    return {
        paths[path]: tag_key(target.removeprefix("/t/"))
        for path, target in redirects_of(paths).items()
        if target.startswith("/t/")
    }


def names_of_tags(keys: Iterable[str]) -> dict[str, str]:
    """Return the present names of the tags that have these folded keys, or had them before they
    were renamed or merged, by key."""
    unique_keys = set(keys)
    if not unique_keys:
        return {}
    rows = db.session.execute(select(TagRow.key, TagRow.name).where(TagRow.key.in_(unique_keys)))
    names = {row.key: row.name for row in rows}
    for key in unique_keys - set(names):
        if (new_key := moved_tag(key)) and (tag := tag_by_key(new_key)):
            names[key] = tag[0].name
    return names


@cache
def _carried_query() -> Select[*tuple[Any, ...]]:
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
    values = {"public_ids": list(public_ids), "limit": limit}
    rows = ask(_carried_query(), values)
    return tuple(Tag(row.key, row.name) for row in rows)


@dataclass(frozen=True)
class TagUse:
    """A tag with how many stories carry it, whatever their state."""

    tag: Tag
    stories: int


def tag_uses(
    query: str = "", after: str = "", limit: int = LIMIT
) -> tuple[tuple[TagUse, ...], str]:
    """Return tags whose folded name holds ``query``, by name, after the key ``after``, each with
    the number of its stories; and the key to go on after, empty on the last page."""
    statement = select(
        TagRow.key, TagRow.name, TagRow.intro, func.count(ArticleTag.article_id).label("stories")
    ).outerjoin(ArticleTag, ArticleTag.tag_id == TagRow.id)
    if key_part := tag_key(query):
        statement = statement.where(TagRow.key.contains(key_part, autoescape=True))
    if after:
        statement = statement.where(TagRow.key > after)
    rows = db.session.execute(
        statement.group_by(TagRow.id, TagRow.key, TagRow.name, TagRow.intro)
        .order_by(TagRow.key)
        .limit(limit + 1)
    ).all()
    uses = tuple(TagUse(Tag(r.key, r.name, r.intro), r.stories) for r in rows[:limit])
    return uses, rows[limit - 1].key if len(rows) > limit else ""


def tag_use(key: str) -> TagUse | None:
    """Return one tag, or None."""
    row = db.session.execute(
        select(TagRow.key, TagRow.name, TagRow.intro, func.count(ArticleTag.article_id).label("n"))
        .outerjoin(ArticleTag, ArticleTag.tag_id == TagRow.id)
        .where(TagRow.key == key)
        .group_by(TagRow.id, TagRow.key, TagRow.name, TagRow.intro)
    ).one_or_none()
    return TagUse(Tag(row.key, row.name, row.intro), row.n) if row else None


def names_like(kind: str, prefix: str, limit: int = 8) -> tuple[str, ...]:
    """Return the paper's own tags («tags») or authors («authors») whose folded form begins with
    ``prefix``, those that most stories carry first."""
    table, link, column = _LABEL_MODELS[kind]
    times = func.count(link.article_id).label("times")
    rows = db.session.execute(
        select(table.name, times)
        .outerjoin(link, column == table.id)
        .group_by(table.id, table.name)
        .order_by(times.desc(), table.name)
        .limit(5000)
    )
    names = (row.name for row in rows if begins(row.name, prefix))
    return tuple(islice(names, limit))


def begins(name: str, prefix: str) -> bool:
    """Say whether a word of ``name`` begins with the folded letters ``prefix``.

    >>> begins("تاريخ المدن", "مد"), begins("آسيا", "اسي"), begins("مدن", "قر")
    (True, True, False)
    """
    words = fold(name).split()
    return any(
        " ".join(words[at:]).removeprefix("ال").startswith(prefix)
        or " ".join(words[at:]).startswith(prefix)
        for at in range(len(words))
    )
