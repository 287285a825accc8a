"""The versions of a story in other languages, for readers and for the newsroom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import aliased

from khabarayn.arabic.bidi import primary_language
from khabarayn.article.story import Version
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, TranslationCheckRow
from khabarayn.store.queries.cards import PUBLISHED


@dataclass(frozen=True)
class Check:
    """Why a version is to be looked at: the version ``changed_id`` (a public id) was corrected or
    withdrawn (``kind`` as in `TranslationCheckRow`)."""

    kind: str
    changed_id: str
    at: datetime
    by_name: str


@dataclass(frozen=True)
class TiedStory:
    """A version as the newsroom sees it, in whatever state; ``check`` until somebody has looked."""

    id: str
    status: str
    owner_id: int | None
    headline: str
    language: str
    direction: str
    check: Check | None


@cache
def _public() -> Select[*tuple[Any, ...]]:
    return (
        select(
            ArticleRow.public_id,
            ArticleRow.language,
            ArticleRow.direction,
            ArticleRow.headline,
            ArticleRow.first_published_at,
        )
        .where(ArticleRow.translation_group == bindparam("group"), PUBLISHED)
        .order_by(ArticleRow.first_published_at, ArticleRow.id)
    )


def public_versions(group: str) -> tuple[Version, ...]:
    """Return the published versions tied by ``group``, the oldest first."""
    rows = db.session.execute(_public(), {"group": group})
    return tuple(
        Version(row.public_id, row.language, row.direction, row.headline, row.first_published_at)
        for row in rows
    )


def tied_stories(public_id: str) -> tuple[TiedStory, ...]:
    """Return the story and its versions, in whatever state, by language; nothing where it is not
    tied."""
    one, other = aliased(ArticleRow), aliased(ArticleRow)
    rows = db.session.execute(
        select(
            ArticleRow.public_id,
            ArticleRow.status,
            ArticleRow.owner_id,
            ArticleRow.headline,
            ArticleRow.language,
            ArticleRow.direction,
            TranslationCheckRow.kind,
            TranslationCheckRow.at,
            TranslationCheckRow.by_name,
            other.public_id.label("changed"),
        )
        .join(one, one.translation_group == ArticleRow.translation_group)
        .outerjoin(TranslationCheckRow, TranslationCheckRow.article_id == ArticleRow.id)
        .outerjoin(other, other.id == TranslationCheckRow.changed_id)
        .where(one.public_id == public_id)
        .order_by(ArticleRow.language, ArticleRow.id)
    )
    return tuple(
        TiedStory(
            row.public_id,
            row.status,
            row.owner_id,
            row.headline,
            row.language,
            row.direction,
            Check(row.kind, row.changed, row.at, row.by_name) if row.kind else None,
        )
        for row in rows
    )


def versions_between(start: datetime, end: datetime) -> dict[str, tuple[Version, ...]]:
    """Return for each story published from ``start`` to before ``end`` that has versions in other
    languages all of them, itself among them, by public id."""
    here = (
        select(ArticleRow.translation_group)
        .where(
            ArticleRow.translation_group.is_not(None),
            ArticleRow.published_at >= start,
            ArticleRow.published_at < end,
        )
        .scalar_subquery()
    )
    groups: dict[str, list[Version]] = {}
    for row in db.session.execute(
        select(
            ArticleRow.public_id,
            ArticleRow.language,
            ArticleRow.direction,
            ArticleRow.headline,
            ArticleRow.first_published_at,
            ArticleRow.translation_group,
        )
        .where(ArticleRow.translation_group.in_(here), PUBLISHED)
        .order_by(ArticleRow.first_published_at, ArticleRow.id)
    ):
        groups.setdefault(str(row.translation_group), []).append(
            Version(
                row.public_id, row.language, row.direction, row.headline, row.first_published_at
            )
        )
    return {
        version.id: tuple(versions)
        for versions in groups.values()
        if len(versions) > 1
        for version in versions
    }


def other_versions(versions: tuple[Version, ...], public_id: str) -> tuple[Version, ...]:
    """Return those of ``versions`` that are not the story ``public_id`` itself, nor in its
    language."""
    own = next((primary_language(v.language) for v in versions if v.id == public_id), "")
    return tuple(
        one for one in versions if one.id != public_id and primary_language(one.language) != own
    )
