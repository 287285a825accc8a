"""Keep the profiles of published stories in step, inside the transaction that changes them."""

from __future__ import annotations

from sqlalchemy import delete, insert

from khabarayn.article.blocks import from_json
from khabarayn.article.plain import text_of
from khabarayn.related.profile import Profile, pack_sketch, pack_terms, profile
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, LikenessRow, PostingRow
from khabarayn.store.queries.related import minute_of, stem_counts, story_count, tags_of

# A story is found by this many of its terms; it is compared by all that its profile keeps.
POSTED = 16


def profile_of(row: ArticleRow) -> Profile:
    """Return the profile of the story ``row`` with its tags as they stand."""
    return profile(
        row.headline,
        row.standfirst or row.teaser,
        [name for _, name in tags_of(row.id)],
        text_of(from_json(row.body)),
        story_count(),
        stem_counts,
    )


def learn(row: ArticleRow) -> None:
    """Make the related room know the published story ``row`` as it stands; the caller commits."""
    made = profile_of(row)
    kept = db.session.get(LikenessRow, row.id)
    if kept is None:
        kept = LikenessRow(article_id=row.id, cluster_id=None)
        db.session.add(kept)
    kept.at = minute_of(row.published_at or row.created_at)
    kept.section_id = row.section_id
    kept.headline = made.headline
    kept.terms = pack_terms(made.terms)
    kept.sketch = pack_sketch(made.sketch)
    db.session.execute(delete(PostingRow).where(PostingRow.article_id == row.id))
    posted = list(made.terms)[:POSTED]
    if posted:
        db.session.execute(
            insert(PostingRow),
            [{"term": term, "at": kept.at, "article_id": row.id} for term in sorted(posted)],
        )
    db.session.flush()


def forget(row: ArticleRow) -> None:
    """Make the related room forget the story ``row``; the caller commits."""
    db.session.execute(delete(PostingRow).where(PostingRow.article_id == row.id))
    kept = db.session.get(LikenessRow, row.id)
    if kept is not None:
        db.session.delete(kept)
    db.session.flush()
