"""What the newsroom's lists of stories may be narrowed by, as conditions of a query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, text

from khabarayn.arabic.normalise import tokens
from khabarayn.arabic.slug import slug, tag_key
from khabarayn.article.identity import PATTERN
from khabarayn.store.db import INDEX, db
from khabarayn.store.models import (
    ArticleAuthor,
    ArticleRow,
    ArticleTag,
    AuthorRow,
    TagRow,
)
from khabarayn.store.queries.languages import in_lists_of
from khabarayn.store.queries.sections import section_tree

_TOKENS = 6


@dataclass(frozen=True)
class StoryListRule:
    """``at`` is the moment that orders it, newest first unless ``rising``."""

    status: str
    at: Any
    rising: bool = False


STORY_LISTS = {
    "mine": StoryListRule("", ArticleRow.changed_at),
    "drafts": StoryListRule("draft", ArticleRow.changed_at),
    "review": StoryListRule("review", ArticleRow.changed_at, rising=True),
    "scheduled": StoryListRule("scheduled", ArticleRow.publish_at, rising=True),
    "live": StoryListRule("published", ArticleRow.published_at),
    "withdrawn": StoryListRule("withdrawn", ArticleRow.changed_at),
}


@dataclass(frozen=True)
class StoryListFilter:
    """What a person looks for: words (or a story's id), a section with all below it, whose story,
    who signed it (part of a name), a tag, and from ``since`` until before ``until`` by the moment
    that orders the list; and ``language``, one of the paper's lists.

    ``reader`` is the person themselves; unless ``sees_all`` only their own stories are found,
    except those that everybody can read.
    """

    reader: int
    sees_all: bool = False
    text: str = ""
    section: str = ""
    owner: int | None = None
    author: str = ""
    tag: str = ""
    since: datetime | None = None
    until: datetime | None = None
    language: str = ""


def list_conditions(name: str, filters: StoryListFilter) -> list[ColumnElement[bool]]:
    """Return the conditions of a list and of a filter."""
    kind = STORY_LISTS[name]
    rules: list[ColumnElement[bool]] = [ArticleRow.page == ""]
    if kind.status:
        rules.append(ArticleRow.status == kind.status)
    if name == "mine" or not (filters.sees_all or name == "live"):
        rules.append(ArticleRow.owner_id == filters.reader)
    if filters.owner is not None:
        rules.append(ArticleRow.owner_id == filters.owner)
    if filters.section:
        tree = section_tree()
        below = f"{filters.section}/"
        numbers = [
            number
            for slug, number in tree.ids.items()
            if slug == filters.section or slug.startswith(below)
        ]
        rules.append(ArticleRow.section_id.in_(numbers))
    if filters.language:
        rules.append(in_lists_of(filters.language, ArticleRow.language))
    if filters.since is not None:
        rules.append(kind.at >= filters.since)
    if filters.until is not None:
        rules.append(kind.at < filters.until)
    rules += _bears(filters)
    if filters.text:
        rules.append(_matches(filters.text))
    return rules


def _bears(filters: StoryListFilter) -> list[ColumnElement[bool]]:
    """Return the condition that a story has the author and the tag of the filter."""
    rules: list[ColumnElement[bool]] = []
    if filters.author:
        rules.append(
            select(ArticleAuthor.article_id)
            .join(AuthorRow, AuthorRow.id == ArticleAuthor.author_id)
            .where(
                ArticleAuthor.article_id == ArticleRow.id,
                or_(
                    AuthorRow.name.contains(filters.author, autoescape=True),
                    AuthorRow.slug == slug(filters.author),
                ),
            )
            .exists()
        )
    if filters.tag:
        rules.append(
            select(ArticleTag.article_id)
            .join(TagRow, TagRow.id == ArticleTag.tag_id)
            .where(ArticleTag.article_id == ArticleRow.id, TagRow.key == tag_key(filters.tag))
            .exists()
        )
    return rules


def _matches(text: str) -> ColumnElement[bool]:
    """Return the condition that a story has every word of ``text``, or has it as its public id."""
    words = list(dict.fromkeys(token.folded for token in tokens(text[:200])))[:_TOKENS]
    # A text without letters or digits matches nothing.
    match = or_(_says(words), _published_says(words)) if words else false()
    public_id = text.strip()
    return or_(ArticleRow.public_id == public_id, match) if PATTERN.fullmatch(public_id) else match


def _says(words: list[str]) -> ColumnElement[bool]:
    """Return the condition that every word stands in headline, standfirst or body of an unpublished
    text."""
    return and_(
        *(
            or_(
                ArticleRow.folded.contains(word, autoescape=True),
                ArticleRow.folded_body.contains(word, autoescape=True),
            )
            for word in words
        )
    )


def _published_says(words: list[str]) -> ColumnElement[bool]:
    """Return the condition that every word begins a word of the published text, by the readers'
    search index."""
    if db.session.connection().dialect.name == "sqlite":
        expression = " AND ".join(f'exact : "{word}" *' for word in words)
        keys = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH :words"
    else:
        escapes = (word.replace("\\", "\\\\").replace("'", "''") for word in words)
        expression = " & ".join(f"'={word}':*" for word in escapes)
        keys = f"SELECT key FROM {INDEX} WHERE vector @@ CAST(:words AS tsquery)"
    query = f"SELECT article_id FROM search_document WHERE key IN ({keys})"
    return ArticleRow.id.in_(text(query).bindparams(words=expression).columns(ArticleRow.id))
