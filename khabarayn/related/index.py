"""Keep the profiles of published stories up to date, in the transaction that changes them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete

from khabarayn.arabic.bidi import primary_language
from khabarayn.article.plain import text_of
from khabarayn.related.profile import (
    Frequencies,
    Outline,
    Profile,
    outline,
    pack_sketch,
    pack_terms,
    unpack_terms,
    weigh,
)
from khabarayn.store.db import db, insert_into
from khabarayn.store.models import ArticleRow, LikenessRow, PostingRow
from khabarayn.store.plain import insert_plain
from khabarayn.store.queries.related import (
    Likeness,
    minute_of,
    stem_counts,
    story_count,
    tags_of_many,
)

# A story is found by this many of its terms; it is compared by all that its profile keeps.
POSTINGS = 24
_COMPARISON_COLUMNS = ("at", "section_id", "headline", "terms", "sketch", "language")


def profile_of(row: ArticleRow, frequencies: Frequencies = stem_counts, more: int = 0) -> Profile:
    """Return the profile of the story ``row`` with its tags as they stand. ``frequencies`` counts
    the stories of each stem, and ``more`` says how many stories those are beyond the index's."""
    return profiles_of([row], frequencies, more)[0]


def profiles_of(
    rows: Sequence[ArticleRow], frequencies: Frequencies = stem_counts, more: int = 0
) -> list[Profile]:
    """Return `profile_of` of each of these stories, their tags read at once."""
    stories = story_count() + more
    return [weigh(story_outline, stories, frequencies) for story_outline in outlines_of(rows)]


def outlines_of(rows: Sequence[ArticleRow]) -> list[Outline]:
    """Return what each of these stories says, before its words are weighed; their tags are read
    at once."""
    tags = tags_of_many([row.id for row in rows])
    return [
        outline(
            row.headline,
            row.standfirst or row.teaser,
            [name for _, name in tags.get(row.id, ())],
            text_of(row.body),
        )
        for row in rows
    ]


def likeness_of(row: ArticleRow, profile: Profile) -> Likeness:
    """Return the story as the engine compares it, by its ``profile``; in no running story."""
    return Likeness(
        row.id,
        minute_of(row.published_at or row.created_at),
        row.section_id,
        profile.headline,
        pack_terms(profile.terms),
        pack_sketch(profile.sketch),
        None,
        primary_language(row.language),
    )


def learn(row: ArticleRow) -> None:
    """Store the profile of the published story ``row``; the caller commits."""
    store_likenesses([likeness_of(row, profile_of(row))])


def store_likenesses(likenesses: Sequence[Likeness]) -> None:
    """Write what these stories are compared by; a story that is known stays in its running story.
    The caller commits."""
    if not likenesses:
        return
    entry = insert_into(LikenessRow)
    new_values = {name: entry.excluded[name] for name in _COMPARISON_COLUMNS}
    ids = [one.article_id for one in likenesses]
    db.session.execute(
        entry.on_conflict_do_update(index_elements=[LikenessRow.article_id], set_=new_values),
        [{"article_id": one.article_id, "cluster_id": None, **_values(one)} for one in likenesses],
    )
    db.session.execute(delete(PostingRow).where(PostingRow.article_id.in_(ids)))
    postings = [
        {"term": term, "at": one.at, "article_id": one.article_id}
        for one in likenesses
        for term in sorted(list(unpack_terms(one.terms))[:POSTINGS])
    ]
    insert_plain(db.session.connection(), PostingRow, postings)
    # The session's copies are out of date and are read anew.
    for row in db.session.identity_map.values():
        if isinstance(row, LikenessRow) and row.article_id in ids:
            db.session.expire(row)


def _values(one: Likeness) -> dict[str, int | bytes]:
    return {name: getattr(one, name) for name in _COMPARISON_COLUMNS}


def forget(row: ArticleRow) -> None:
    """Delete the profile of the story ``row``; the caller commits."""
    db.session.execute(delete(PostingRow).where(PostingRow.article_id == row.id))
    stored_row = db.session.get(LikenessRow, row.id)
    if stored_row is not None:
        db.session.delete(stored_row)
    db.session.flush()
