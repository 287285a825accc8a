"""Results as readers see them: the card, its headline marked, and the part that answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from khabarayn.arabic.normalise import tokens
from khabarayn.article.blocks import Block
from khabarayn.article.plain import text_of
from khabarayn.article.story import Card
from khabarayn.search.highlight import HighlightTerms, highlight_terms, mark_all, snippet
from khabarayn.search.port import Group, Hit
from khabarayn.search.rank import RankedStory
from khabarayn.store.db import ask
from khabarayn.store.models import ArticleRow
from khabarayn.store.queries.cards import PUBLISHED, card, select_cards


@cache
def _cards() -> Select[*tuple[Any, ...]]:
    return (
        select_cards()
        .add_columns(ArticleRow.id)
        .where(
            ArticleRow.id.in_(bindparam("numbers", expanding=True)),
            PUBLISHED,
        )
    )


def hits_of(ranking: Sequence[RankedStory], groups: Sequence[Group]) -> tuple[Hit, ...]:
    """Return the stories ``ranking``, in that order, marked for ``groups``."""
    if not ranking:
        return ()
    numbers = [one.article_id for one in ranking]
    rows = ask(_cards(), {"numbers": numbers})
    cards = {row.id: card(row) for row in rows}
    words = highlight_terms(groups)
    bodies = _bodies(
        [number for number, one in cards.items() if not _says_all(one, words, len(groups))]
    )
    hits = []
    for one in ranking:
        story = cards.get(one.article_id)
        if story is not None:
            texts = [story.standfirst or story.teaser, *bodies.get(one.article_id, ())]
            runs = snippet(texts, words)
            hits.append(Hit(story, mark_all(story.headline, words), runs, one.whole))
    return tuple(hits)


def _says_all(story: Card, words: HighlightTerms, groups: int) -> bool:
    """Say whether headline and standfirst already show every word asked for."""
    below = story.standfirst or story.teaser
    if not below:
        return False
    text = f"{story.headline} {below}"
    groups_here = {words.group_of(token) for token in tokens(text)} - {None}
    return len(groups_here) == groups


def _bodies(numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the paragraphs of these stories: of one page of results at most."""
    if not numbers:
        return {}
    rows = ask(_body_query(), {"numbers": numbers})
    return {row.id: _paragraphs(row.body) for row in rows}


@cache
def _body_query() -> Select[*tuple[Any, ...]]:
    numbers = bindparam("numbers", expanding=True)
    return select(ArticleRow.id, ArticleRow.body).where(ArticleRow.id.in_(numbers))


# Readers of one hour search for the same things.
@lru_cache(maxsize=256)
def _paragraphs(body: tuple[Block, ...]) -> tuple[str, ...]:
    return tuple(text_of(body).split("\n"))
