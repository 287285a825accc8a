"""The standing pages: one as readers see it, and all of them as the newsroom does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text

from khabarayn.article.pictures import pictures_in
from khabarayn.article.standing import StandingPage, blanks_in
from khabarayn.article.story import WithdrawnStory
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, RevisionRow
from khabarayn.store.queries.pictures import stored_pictures

# As the index of pages says it: SQLite takes an index of some rows for no other condition.
_IS_PAGE = text("article.page <> ''")


@dataclass(frozen=True)
class PageSummary:
    """A page as the newsroom sees it: its story's public ``id``, its name ``page`` (`page_key`),
    how many ``blanks`` its newest text, the revision ``number``, has, and whether that is
    ``pending`` for readers."""

    id: str
    page: str
    headline: str
    status: str
    changed_at: datetime
    number: int
    blanks: int
    pending: bool


def page_named(page: str) -> StandingPage | WithdrawnStory | None:
    """Return the published page of this name (`page_key`), what is left of a withdrawn one, or None
    for all others."""
    row = db.session.execute(
        select(
            ArticleRow.public_id,
            ArticleRow.status,
            ArticleRow.headline,
            ArticleRow.standfirst,
            ArticleRow.body,
            ArticleRow.updated_at,
            ArticleRow.language,
            ArticleRow.direction,
            ArticleRow.withdrawn_at,
            ArticleRow.withdrawn_reason,
        ).where(ArticleRow.page == page, _IS_PAGE)
    ).one_or_none()
    if row is None:
        return None
    if row.status != "published":
        if row.withdrawn_at is None:
            return None
        return WithdrawnStory(
            row.public_id, row.headline, row.language, row.direction, row.withdrawn_at,
            row.withdrawn_reason,
        )  # fmt: skip
    names = pictures_in(row.body)
    return StandingPage(
        page,
        row.headline,
        row.standfirst,
        row.body,
        row.updated_at,
        row.language,
        row.direction,
        stored_pictures(names) if names else {},
    )


def page_summaries() -> tuple[PageSummary, ...]:
    """Return every page of the newsroom, whatever its state, in the order they were made."""
    newest = (
        select(func.max(RevisionRow.number))
        .where(RevisionRow.article_id == ArticleRow.id)
        .correlate(ArticleRow)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            ArticleRow.public_id,
            ArticleRow.page,
            ArticleRow.status,
            ArticleRow.changed_at,
            ArticleRow.live_number,
            RevisionRow.number,
            RevisionRow.content,
        )
        .join(RevisionRow, RevisionRow.article_id == ArticleRow.id)
        .where(_IS_PAGE, RevisionRow.number == newest)
        .order_by(ArticleRow.id)
    )
    return tuple(
        PageSummary(
            row.public_id,
            row.page,
            row.content.headline,
            row.status,
            row.changed_at,
            row.number,
            len(blanks_in(row.content.headline, row.content.standfirst, row.content.blocks)),
            row.status == "published" and row.number > row.live_number,
        )
        for row in rows
    )
