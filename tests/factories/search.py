"""Rows of what search knows."""

from __future__ import annotations

from typing import Any

from factories.article import article
from factories.rows import added, number
from khabarayn.store.models import SearchDocument, SearchState, SearchWord, SpellingRow


def search_document(**given: Any) -> SearchDocument:
    if "article_id" not in given:
        given["article_id"] = article().id
    words = {"head": "جسر", "standfirst": "", "tags": "", "body": "", "exact": "الجسر ¶"}
    return added(SearchDocument, given, key=next(number), labels="s1", **words)


def search_word(**given: Any) -> SearchWord:
    word = f"كلمه{next(number)}"
    return added(SearchWord, given, word=word, stem=word, display=word, votes=1, df=1)


def search_state(**given: Any) -> SearchState:
    return added(SearchState, given, name=f"state-{next(number)}", value=0)


def spelling(**given: Any) -> SpellingRow:
    return added(SpellingRow, given, words=f"لفظ{next(number)} لفظة{next(number)}")
