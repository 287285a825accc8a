"""Sums of reads, saves and shares by day, story and section; they hold nothing about people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from khabarayn.article.story import Section
from khabarayn.store.db import db, now
from khabarayn.store.models import ArticleRow, CountRow, ReadsRow
from khabarayn.store.queries.sections import section_tree

# A search is shown only from this count on, so that a single person's is not.
TWICE = 2


@dataclass(frozen=True)
class DaySum:
    """How often something happened on one day (UTC)."""

    day: date
    count: int


@dataclass(frozen=True)
class StorySum:
    """A story by its public id, and how often it was read."""

    id: str
    headline: str
    count: int


@dataclass(frozen=True)
class SectionSum:
    """How often a section's stories were opened."""

    section: Section
    count: int


@dataclass(frozen=True)
class NameSum:
    """How often something with this name happened."""

    name: str
    count: int


@dataclass(frozen=True)
class Numbers:
    """Sums of ``days`` days (UTC), today the last; ``before`` is the sum of as many days before
    them. A section counts with all below it."""

    days: int
    by_day: tuple[DaySum, ...]
    before: int
    stories: tuple[StorySum, ...]
    sections: tuple[SectionSum, ...]
    shares: tuple[NameSum, ...]
    saves: tuple[DaySum, ...]
    editions: tuple[NameSum, ...]
    nothing: tuple[NameSum, ...]

    @property
    def reads(self) -> int:
        """How often stories were opened on these days."""
        return sum(one.count for one in self.by_day)

    @property
    def save_count(self) -> int:
        """How often stories were saved on these days."""
        return sum(one.count for one in self.saves)

    @property
    def share_count(self) -> int:
        """How often a share link was used on these days."""
        return sum(one.count for one in self.shares)


def numbers(days: int = 28, top: int = 15) -> Numbers:
    """Return the numbers of the last ``days`` days."""
    today = now().date()
    first = today - timedelta(days=days - 1)
    before = select(func.coalesce(func.sum(ReadsRow.count), 0)).where(
        ReadsRow.day < first, ReadsRow.day >= first - timedelta(days=days)
    )
    reads = select(ReadsRow.day, func.sum(ReadsRow.count).label("times"))
    saves = select(CountRow.day, func.sum(CountRow.count).label("times")).where(
        CountRow.kind == "save"
    )
    return Numbers(
        days=days,
        by_day=_daily(reads.where(ReadsRow.day >= first).group_by(ReadsRow.day), first, days),
        before=int(db.session.scalar(before) or 0),
        stories=_stories(first, top),
        sections=_sections(first),
        shares=_name_sums("share", first, top),
        saves=_daily(saves.where(CountRow.day >= first).group_by(CountRow.day), first, days),
        editions=_name_sums("edition", first, top),
        nothing=tuple(one for one in _name_sums("nothing", first, 2 * top) if one.count >= TWICE),
    )


def _daily(query: Any, first: date, days: int) -> tuple[DaySum, ...]:
    times_by_day = {row.day: int(row.times) for row in db.session.execute(query)}
    every = (first + timedelta(days=number) for number in range(days))
    return tuple(DaySum(day, times_by_day.get(day, 0)) for day in every)


def _stories(first: date, top: int) -> tuple[StorySum, ...]:
    times = func.sum(ReadsRow.count).label("times")
    rows = db.session.execute(
        select(ArticleRow.public_id, ArticleRow.headline, times)
        .join(ReadsRow, ReadsRow.article_id == ArticleRow.id)
        .where(ReadsRow.day >= first)
        .group_by(ArticleRow.id, ArticleRow.public_id, ArticleRow.headline)
        .order_by(times.desc(), ArticleRow.id.desc())
        .limit(top)
    )
    return tuple(StorySum(row.public_id, row.headline, int(row.times)) for row in rows)


def _sections(first: date) -> tuple[SectionSum, ...]:
    times = func.sum(ReadsRow.count).label("times")
    rows = db.session.execute(
        select(ArticleRow.section_id, times)
        .join(ReadsRow, ReadsRow.article_id == ArticleRow.id)
        .where(ReadsRow.day >= first)
        .group_by(ArticleRow.section_id)
    )
    tree = section_tree()
    sums: dict[str, int] = {}
    for row in rows:
        top = tree.by_id[row.section_id].top.slug
        sums[top] = sums.get(top, 0) + int(row.times)
    by_count = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return tuple(SectionSum(tree.by_id[tree.ids[slug]], count) for slug, count in by_count)


def _name_sums(kind: str, first: date, top: int) -> tuple[NameSum, ...]:
    times = func.sum(CountRow.count).label("times")
    rows = db.session.execute(
        select(CountRow.name, times)
        .where(CountRow.kind == kind, CountRow.day >= first)
        .group_by(CountRow.name)
        .order_by(times.desc(), CountRow.name)
        .limit(top)
    )
    return tuple(NameSum(row.name, int(row.times)) for row in rows)
