"""Stories whose headline, standfirst or teaser holds every word typed, newest first."""

from __future__ import annotations

from sqlalchemy import or_

from khabarayn.arabic.normalise import tokens
from khabarayn.article.story import Card
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow
from khabarayn.store.queries.cards import card, select_cards

WORDS = 8


def find(query: str, limit: int) -> tuple[Card, ...]:
    """Return up to ``limit`` published stories that hold every one of the first 8 words."""
    words = [query[token.start : token.end] for token in tokens(query)][:WORDS]
    if not words:
        return ()
    places = (ArticleRow.headline, ArticleRow.standfirst, ArticleRow.teaser)
    found = select_cards().where(ArticleRow.status == "published")
    for word in words:
        found = found.where(or_(*(place.contains(word, autoescape=True) for place in places)))
    found = found.order_by(ArticleRow.published_at.desc(), ArticleRow.id.desc()).limit(limit)
    return tuple(card(row) for row in db.session.execute(found))
