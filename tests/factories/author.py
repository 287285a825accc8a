"""Rows of authors, and of who signed what."""

from __future__ import annotations

from typing import Any

from factories.article import article
from factories.rows import added, number
from khabarayn.store.models import ArticleAuthor, AuthorRow


def author(**given: Any) -> AuthorRow:
    n = next(number)
    return added(AuthorRow, given, slug=f"samar-{n}", name=f"سمر {n}", role="مراسلة")


def article_author(**given: Any) -> ArticleAuthor:
    if "article_id" not in given:
        given["article_id"] = article().id
    if "author_id" not in given:
        given["author_id"] = author().id
    return added(ArticleAuthor, given, position=0)
