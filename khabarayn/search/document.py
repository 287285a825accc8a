"""From a story to the words that search keeps of it, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, select

from khabarayn.arabic.bidi import primary_language
from khabarayn.arabic.stem import stem
from khabarayn.arabic.words import Word, all_words
from khabarayn.article.plain import text_of
from khabarayn.store.db import db
from khabarayn.store.models import (
    ArticleAuthor,
    ArticleRow,
    ArticleTag,
    AuthorRow,
    SourceRow,
    TagRow,
)
from khabarayn.store.queries.languages import list_language
from khabarayn.store.queries.sections import section_tree

# To be changed with folding, stems or fields: `khabarayn search reindex` then starts anew.
VERSION = 3
BODY_WORDS = 6000
LONGEST_WORD = 64
BREAK = "¶"
FIELDS = ("head", "standfirst", "tags", "body")

# The label of every story that is not in Arabic: those in Arabic, nearly all, need none.
FOREIGN = "lx"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SLOTS = 12


@dataclass(frozen=True)
class Document:
    """The words of one story; ``display`` gives the story's own spelling of each folded word."""

    article_id: int
    at: datetime
    head: str
    standfirst: str
    tags: str
    body: str
    exact: str
    labels: str
    display: dict[str, str]


def key_of(at: datetime, slot: int = 0) -> int:
    """Return the key of a story published at ``at``: minutes, then one of 4096 slots.

    Newer stories have greater keys, so «newest first» and spans of days need no sorting.

    >>> later = key_of(datetime(2026, 1, 1, 12, 1, tzinfo=UTC))
    >>> later - key_of(datetime(2026, 1, 1, 12, 0, tzinfo=UTC))
    4096
    """
    return (int((at - _EPOCH).total_seconds() // 60) << _SLOTS) | (slot & ((1 << _SLOTS) - 1))


def moment_of(key: int) -> datetime:
    """Return the minute of publication that ``key`` says."""
    return datetime.fromtimestamp((key >> _SLOTS) * 60, UTC)


def label_of(language: str) -> str:
    """Return the label of the stories in ``language``, a BCP 47 tag; nothing for Arabic.

    >>> label_of("en-GB"), label_of("ar")
    ('len', '')
    """
    own = primary_language(language)
    return "" if own == "ar" or not own.isalnum() else f"l{own}"


def words_of(exact: str) -> set[str]:
    """Return the different folded words that a document's ``exact`` holds."""
    return set(exact.split()) - {BREAK}


_TAGS_OF = (
    select(ArticleTag.article_id, TagRow.id, TagRow.name)
    .join(TagRow, ArticleTag.tag_id == TagRow.id)
    .where(ArticleTag.article_id.in_(bindparam("ids", expanding=True)))
)
_AUTHORS_OF = (
    select(ArticleAuthor.article_id, AuthorRow.id, AuthorRow.name)
    .join(AuthorRow, ArticleAuthor.author_id == AuthorRow.id)
    .where(ArticleAuthor.article_id.in_(bindparam("ids", expanding=True)))
)
_SOURCES = select(SourceRow.id, SourceRow.name).where(
    SourceRow.id.in_(bindparam("ids", expanding=True))
)


def document_of(row: ArticleRow) -> Document:
    """Return the words of the story ``row``, read with its labels from the open transaction."""
    return documents_of([row])[0]


def documents_of(rows: Sequence[ArticleRow]) -> list[Document]:
    """Return `document_of` of each of these stories, their labels read at once."""
    ids = {"ids": [row.id for row in rows]}
    tags = _by_story(db.session.execute(_TAGS_OF, ids))
    authors = _by_story(db.session.execute(_AUTHORS_OF, ids))
    numbers = {row.source_id for row in rows} - {None}
    source_rows = db.session.execute(_SOURCES, {"ids": list(numbers)}) if numbers else ()
    sources = {source.id: source.name for source in source_rows}
    return [
        _document(
            row, tags.get(row.id, []), authors.get(row.id, []), sources.get(row.source_id or 0)
        )
        for row in rows
    ]


def _by_story(rows: Iterable[Any]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = {}
    for row in rows:
        groups.setdefault(row.article_id, []).append(row)
    return groups


def _document(
    row: ArticleRow, tags: Sequence[Any], authors: Sequence[Any], source: str | None
) -> Document:
    tree = section_tree(list_language(row.language))
    section = tree.by_id[row.section_id]
    names = [tag.name for tag in tags] + [part.name for part in section.trail]
    names += [author.name for author in authors] + ([source] if source else [])
    labels = [f"s{number}" for number in tree.lineage(row.section_id)]
    labels += [f"t{tag.id}" for tag in tags] + [f"a{author.id}" for author in authors]
    if label := label_of(row.language):
        labels += [FOREIGN, label]
    return compose(
        row.id,
        row.published_at or _EPOCH,
        headline=row.headline,
        standfirst=(row.standfirst, row.short_headline, row.teaser),
        tags=names,
        body=text_of(row.body),
        labels=labels,
    )


def compose(
    article_id: int,
    at: datetime,
    *,
    headline: str,
    standfirst: Iterable[str],
    tags: Iterable[str],
    body: str,
    labels: Iterable[str],
) -> Document:
    """Return the document of a story given as plain texts."""
    display: dict[str, str] = {}
    exact: list[str] = []
    stem_texts: list[str] = []
    for text in (headline, f" {BREAK} ".join(standfirst), f" {BREAK} ".join(tags), body):
        text_words = [
            word if len(word.folded) <= LONGEST_WORD else _short_word(word)
            for word in all_words(text)[:BODY_WORDS]
        ]
        for form, _stem, spelling in text_words:
            if form not in display:
                display[form] = _plain_spelling(spelling)
        exact += [word.folded for word in text_words]
        exact.append(BREAK)
        stem_texts.append(" ".join([word.stem for word in text_words]))
    head, lead, names, text = stem_texts
    return Document(
        article_id, at, head, lead, names, text, " ".join(exact), " ".join(labels), display
    )


_SILENT = dict.fromkeys([*range(0x064B, 0x0653), 0x0670, 0x0640])


def _short_word(word: Word) -> Word:
    form = word.folded[:LONGEST_WORD]
    return Word(form, stem(form), word.display)


@lru_cache(maxsize=8192)
def _plain_spelling(word: str) -> str:
    """Return ``word`` without vowel marks and tatweel, its letters as they are."""
    return word.translate(_SILENT)[: 2 * LONGEST_WORD]
