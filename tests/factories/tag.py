"""Rows of tags, and of which story carries which."""

from __future__ import annotations

from typing import Any

from factories.article import article
from factories.rows import added, number
from khabarayn.arabic.slug import tag_key
from khabarayn.store.models import ArticleTag, TagRow


def tag(**given: Any) -> TagRow:
    name = given.get("name") or f"وسم {next(number)}"
    return added(TagRow, given, key=tag_key(name), name=name)


def article_tag(**given: Any) -> ArticleTag:
    if "article_id" not in given:
        given["article_id"] = article().id
    if "tag_id" not in given:
        given["tag_id"] = tag().id
    return added(ArticleTag, given, position=0)
