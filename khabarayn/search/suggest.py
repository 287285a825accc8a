"""Suggestions for a query that is being typed: the rest of the word, a tag, a story."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice, pairwise

from sqlalchemy import exists, literal, select

from khabarayn.arabic.hygiene import clean_line
from khabarayn.arabic.keyboard import slips
from khabarayn.arabic.normalise import tokens
from khabarayn.arabic.slug import tag_key
from khabarayn.article.story import Card, Tag
from khabarayn.search.engine import engine, language_labels
from khabarayn.search.highlight import highlight_terms, mark_all
from khabarayn.search.plan import plan
from khabarayn.search.port import Match
from khabarayn.search.query import LIMIT
from khabarayn.search.vocabulary import completions
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, ListingRow, SearchDocument, TagRow
from khabarayn.store.queries.cards import PUBLISHED, card, select_cards
from khabarayn.store.queries.languages import list_languages

SHORTEST = 2
WORDS = 5
TAGS = 3
STORIES = 3
LOOKED_AT = 30
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Suggestions:
    """``queries`` are whole queries to search for, the likeliest first."""

    queries: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    stories: tuple[Card, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.queries or self.tags or self.stories)


def suggest(text: str, language: str = "") -> Suggestions:
    """Return what may be meant by the beginning ``text``; never raises, whatever is typed. Tags
    and stories are those of the lists of ``language``, of all where it is empty.

    Nothing for an article alone, nor for fewer than `SHORTEST` letters that follow no other word.
    """
    clean = clean_line(text, LIMIT).text
    suggestions = _suggest(clean, language)
    if suggestions:
        return suggestions
    readings = (_suggest(reading, language) for reading in slips(clean))
    return next((other for other in readings if other), Suggestions())


def _suggest(text: str, language: str) -> Suggestions:
    words = tokens(text)
    if not words or words[-1].folded == "ال":
        return Suggestions()
    last = words[-1]
    before = text[: last.start]
    previous = words[-2] if len(words) > 1 else None
    ends: list[str] = []
    if previous and last.start == previous.end + 1:
        ends = _following(before, previous.folded, last.folded, language)
    if len(last.folded) >= SHORTEST:
        ends += [one.display for one in completions(last.folded, WORDS)]
    elif not ends:
        return Suggestions()
    queries = tuple(dict.fromkeys(before + end for end in ends))[:WORDS]
    stories = _stories(text if len(last.folded) >= SHORTEST else queries[0], language)
    return Suggestions(queries, _tags(text, language), stories)


def _following(before: str, previous: str, start: str, language: str) -> list[str]:
    """Return the words that begin with ``start`` and stand after ``previous`` in the headlines that
    have the words of ``before``, the most frequent first: «ابن ن» leads to «نباتة»."""
    keys = engine().keys(_match(before, language), "newest", LOOKED_AT)
    headlines = db.session.scalars(
        select(ArticleRow.headline)
        .join(SearchDocument, SearchDocument.article_id == ArticleRow.id)
        .where(SearchDocument.key.in_(keys), PUBLISHED)
        .order_by(SearchDocument.key.desc())
    )
    counts: Counter[str] = Counter()
    for headline in headlines:
        for first, second in pairwise(tokens(headline)):
            if first.folded == previous and second.folded.startswith(start):
                counts[headline[second.start : second.end]] += 1
    return [word for word, _ in counts.most_common(WORDS)]


def _match(text: str, language: str) -> Match:
    spoken, unspoken = language_labels(language)
    return Match(plan(text).groups, lead=True, labels=spoken, without=unspoken)


def _tags(text: str, language: str) -> tuple[Tag, ...]:
    key = tag_key(text)
    if not key:
        return ()
    has_stories = exists().where(
        ListingRow.list == literal("t:").concat(TagRow.id),
        ListingRow.language.in_([language] if language else list_languages()),
    )
    rows = db.session.execute(
        select(TagRow.key, TagRow.name)
        .where(TagRow.key >= key, TagRow.key < key + _LAST, has_stories)
        .order_by(TagRow.key)
        .limit(TAGS)
    )
    return tuple(Tag(row.key, row.name) for row in rows)


def _stories(text: str, language: str) -> tuple[Card, ...]:
    match = _match(text.rstrip("*") + "*", language)
    keys = engine().keys(match, "newest", LOOKED_AT)
    rows = db.session.execute(
        select_cards()
        .join(SearchDocument, SearchDocument.article_id == ArticleRow.id)
        .where(SearchDocument.key.in_(keys), PUBLISHED)
        .order_by(SearchDocument.key.desc())
    )
    # Only what the reader can see to fit: a word in the headline itself.
    words = highlight_terms(match.groups)
    matching = (row for row in rows if any(run.marked for run in mark_all(row.headline, words)))
    return tuple(card(row) for row in islice(matching, STORIES))
