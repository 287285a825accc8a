"""The newsroom's lists of stories, by state and what is to be done, a page by key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select

from khabarayn.article.story import Section
from khabarayn.store.db import db
from khabarayn.store.models import (
    ArticleAuthor,
    ArticleRow,
    AuthorRow,
    MediaRow,
    ReadsRow,
    ReviewNoteRow,
    RevisionRow,
    UserRow,
)
from khabarayn.store.queries.cards import make_key, read_key
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.story_filter import (
    STORY_LISTS,
    StoryListFilter,
    list_conditions,
)

LIMIT = 30
# Beyond this a number says no more than «many», and counting on would read the archive.
COUNT_LIMIT = 999


@dataclass(frozen=True)
class StorySummary:
    """A story as the newsroom sees it. ``owner`` is a name, empty for what was imported; ``lead``
    the public id of its lead picture, empty without one;
    ``revisions`` is the number of the newest revision, ``live_number`` of the one that readers see
    (0: none); ``page`` is the standing page that it is, if any."""

    id: str
    status: str
    headline: str
    section: Section
    owner_id: int | None
    owner: str
    created_at: datetime
    changed_at: datetime
    publish_at: datetime | None
    published_at: datetime | None
    first_published_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str
    rev: int
    revisions: int
    live_number: int
    breaking: bool
    corrected: bool
    language: str
    direction: str
    lead: str = ""
    page: str = ""

    @property
    def pending(self) -> bool:
        """Whether something was written since readers last got this story."""
        return self.status == "published" and self.revisions > self.live_number


@dataclass(frozen=True)
class StoryListPart:
    """One page of a list; ``next_key`` is empty on the last."""

    stories: tuple[StorySummary, ...]
    next_key: str = ""


@dataclass(frozen=True)
class Note:
    """A note that went with a step; ``verb`` is the step's."""

    at: datetime
    name: str
    verb: str
    text: str


@dataclass(frozen=True)
class Owner:
    """Somebody whose stories one may look for, by account."""

    id: int
    name: str


def list_page(
    name: str, filters: StoryListFilter, before: str = "", limit: int = LIMIT
) -> StoryListPart:
    """Return a page of the list after the key ``before``. Raises `BadKey`, and ``KeyError`` for
    a list that does not exist."""
    kind = STORY_LISTS[name]
    query = _stories().where(*list_conditions(name, filters))
    if before:
        at, public_id = read_key(before)
        last = select(ArticleRow.id).where(ArticleRow.public_id == public_id).scalar_subquery()
        if kind.rising:
            query = query.where(kind.at >= at, or_(kind.at > at, ArticleRow.id > last))
        else:
            query = query.where(kind.at <= at, or_(kind.at < at, ArticleRow.id < last))
    order = (kind.at, ArticleRow.id) if kind.rising else (kind.at.desc(), ArticleRow.id.desc())
    rows = db.session.execute(query.order_by(*order).limit(limit + 1)).all()
    stories = tuple(_story(row) for row in rows[:limit])
    if len(rows) <= limit:
        return StoryListPart(stories)
    last_at = getattr(rows[limit - 1], kind.at.key)
    return StoryListPart(stories, make_key(last_at, stories[-1].id))


def list_counts(filters: StoryListFilter) -> dict[str, int]:
    """Return how many stories stand in each list, at most `COUNT_LIMIT` + 1, in one query."""
    counts = {
        name: select(func.count())
        .select_from(
            select(ArticleRow.id)
            .where(*list_conditions(name, filters))
            .limit(COUNT_LIMIT + 1)
            .subquery()
        )
        .scalar_subquery()
        .label(name)
        for name in STORY_LISTS
    }
    row = db.session.execute(select(*counts.values())).mappings().one()
    return {name: row[name] for name in counts}


def scheduled_between(
    start: datetime, end: datetime, filters: StoryListFilter
) -> tuple[StorySummary, ...]:
    """Return what goes out from ``start`` until before ``end``, in the order of their hours."""
    query = (
        _stories()
        .where(
            *list_conditions("scheduled", filters),
            ArticleRow.publish_at >= start,
            ArticleRow.publish_at < end,
        )
        .order_by(ArticleRow.publish_at, ArticleRow.id)
        .limit(500)
    )
    return tuple(_story(row) for row in db.session.execute(query))


def story_summary(public_id: str) -> StorySummary | None:
    """Return the story as the newsroom sees it, in whatever state, or None."""
    row = db.session.execute(_stories().where(ArticleRow.public_id == public_id)).one_or_none()
    return _story(row) if row else None


def story_summaries(public_ids: tuple[str, ...]) -> tuple[StorySummary, ...]:
    """Return these stories, in this order, without those that do not exist."""
    rows = db.session.execute(_stories().where(ArticleRow.public_id.in_(public_ids)))
    by_id = {row.public_id: _story(row) for row in rows}
    return tuple(by_id[one] for one in public_ids if one in by_id)


def names_and_reads(public_ids: tuple[str, ...]) -> dict[str, tuple[tuple[str, ...], int]]:
    """Return who signed each of these stories, in order, and how often it was opened."""
    if not public_ids:
        return {}
    reads = (
        select(func.coalesce(func.sum(ReadsRow.count), 0))
        .where(ReadsRow.article_id == ArticleRow.id)
        .correlate(ArticleRow)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(ArticleRow.public_id, AuthorRow.name, reads.label("reads"))
        .outerjoin(ArticleAuthor, ArticleAuthor.article_id == ArticleRow.id)
        .outerjoin(AuthorRow, AuthorRow.id == ArticleAuthor.author_id)
        .where(ArticleRow.public_id.in_(public_ids))
        .order_by(ArticleRow.id, ArticleAuthor.position)
    )
    result: dict[str, tuple[tuple[str, ...], int]] = {}
    for row in rows:
        names = result.get(row.public_id, ((), 0))[0]
        result[row.public_id] = ((*names, row.name) if row.name else names, int(row.reads))
    return result


def notes_of(public_id: str, limit: int = 50) -> tuple[Note, ...]:
    """Return the notes of a story, the newest first."""
    rows = db.session.execute(
        select(ReviewNoteRow.at, ReviewNoteRow.name, ReviewNoteRow.verb, ReviewNoteRow.text)
        .join(ArticleRow, ArticleRow.id == ReviewNoteRow.article_id)
        .where(ArticleRow.public_id == public_id)
        .order_by(ReviewNoteRow.id.desc())
        .limit(limit)
    )
    return tuple(Note(row.at, row.name, row.verb, row.text) for row in rows)


def newest_notes(public_ids: tuple[str, ...]) -> dict[str, Note]:
    """Return the newest note of each of these stories that has one."""
    if not public_ids:
        return {}
    newest = (
        select(func.max(ReviewNoteRow.id))
        .join(ArticleRow, ArticleRow.id == ReviewNoteRow.article_id)
        .where(ArticleRow.public_id.in_(public_ids))
        .group_by(ReviewNoteRow.article_id)
    )
    rows = db.session.execute(
        select(
            ArticleRow.public_id,
            ReviewNoteRow.at,
            ReviewNoteRow.name,
            ReviewNoteRow.verb,
            ReviewNoteRow.text,
        )
        .join(ArticleRow, ArticleRow.id == ReviewNoteRow.article_id)
        .where(ReviewNoteRow.id.in_(newest))
    )
    return {row.public_id: Note(row.at, row.name, row.verb, row.text) for row in rows}


def owners() -> tuple[Owner, ...]:
    """Return everybody who has an account, by name: whose stories one may look for."""
    rows = db.session.execute(select(UserRow.id, UserRow.name, UserRow.email))
    pairs = sorted((row.name or row.email, row.id) for row in rows)
    return tuple(Owner(number, name) for name, number in pairs)


def _stories() -> Select[*tuple[Any, ...]]:
    newest = (
        select(func.max(RevisionRow.number))
        .where(RevisionRow.article_id == ArticleRow.id)
        .correlate(ArticleRow)
        .scalar_subquery()
    )
    return (
        select(
            ArticleRow.id,
            ArticleRow.public_id,
            ArticleRow.status,
            ArticleRow.headline,
            ArticleRow.section_id,
            ArticleRow.owner_id,
            ArticleRow.created_at,
            ArticleRow.changed_at,
            ArticleRow.publish_at,
            ArticleRow.published_at,
            ArticleRow.first_published_at,
            ArticleRow.withdrawn_at,
            ArticleRow.withdrawn_reason,
            ArticleRow.rev,
            ArticleRow.live_number,
            ArticleRow.breaking,
            ArticleRow.corrected,
            ArticleRow.language,
            ArticleRow.direction,
            ArticleRow.page,
            MediaRow.public_id.label("lead"),
            UserRow.name.label("owner_name"),
            UserRow.email.label("owner_email"),
            newest.label("revisions"),
        )
        .outerjoin(UserRow, UserRow.id == ArticleRow.owner_id)
        .outerjoin(MediaRow, MediaRow.id == ArticleRow.lead_id)
    )


def _story(row: Any) -> StorySummary:
    return StorySummary(
        id=row.public_id,
        status=row.status,
        headline=row.headline,
        section=section_tree().by_id[row.section_id],
        owner_id=row.owner_id,
        owner=row.owner_name or row.owner_email or "",
        created_at=row.created_at,
        changed_at=row.changed_at,
        publish_at=row.publish_at,
        published_at=row.published_at,
        first_published_at=row.first_published_at,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
        rev=row.rev,
        revisions=row.revisions or 0,
        live_number=row.live_number,
        breaking=row.breaking,
        corrected=row.corrected,
        language=row.language,
        direction=row.direction,
        lead=row.lead or "",
        page=row.page,
    )
