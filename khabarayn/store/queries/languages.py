"""The languages of the paper's lists: which it offers, and which a story's own belongs to.

A paper has a front, lists, feeds and a search in each language that it offers. A story stands in
those of its own language, or of the paper's first one where its own is not offered, so that none
is lost.
"""

from __future__ import annotations

from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, and_, exists, func, literal, not_, or_, select, union_all

from khabarayn.arabic.bidi import primary_language
from khabarayn.settings import settings_of
from khabarayn.store.db import db
from khabarayn.store.models import ListingRow
from khabarayn.store.queries.site import STORY_LANGUAGES, locales_of, site_settings

# The name of the list of everything published.
LATEST = "latest"


def main_language() -> str:
    """Return the paper's first language: its lists take what no other language does."""
    return settings_of(current_app.config).locales[0]


def stored_language(language: str) -> str:
    """Return how names and labels say ``language``, one of the paper's: empty for its first one."""
    return "" if language == main_language() else language


def list_languages() -> tuple[str, ...]:
    """Return the languages in which the paper has lists now, its first one first."""
    return locales_of(settings_of(current_app.config))


def list_language(language: str) -> str:
    """Return the language of the lists in which a story stands that is written in ``language``."""
    first, *others = list_languages()
    own = primary_language(language)
    return next((one for one in others if primary_language(one) == own), first)


def languages_with_stories() -> tuple[str, ...]:
    """Return the paper's first language and those of the others in which a story is public, as the
    desk has noted them: nothing is asked beyond the settings."""
    codes = site_settings().get(STORY_LANGUAGES, "").split()
    first, *others = list_languages()
    return (first, *(one for one in others if one in codes))


def languages_listed() -> tuple[str, ...]:
    """Return the same from the lists themselves: one question, one look into an index a
    language."""
    first, *others = list_languages()
    if not others:
        return (first,)
    query: Any = union_all(*map(_if_listed, others))
    codes = set(db.session.scalars(query))
    return (first, *(one for one in others if one in codes))


def in_lists_of(
    language: str, column: Any, languages: tuple[str, ...] | None = None
) -> ColumnElement[bool]:
    """Return the condition that a story, whose own language is in ``column``, stands in the lists
    of ``language``: for what is found by another way than the lists. ``languages`` are
    `list_languages`, where they are known."""
    first, *others = languages or list_languages()
    if language != first:
        return _is(column, language)
    return not_(or_(*(_is(column, one) for one in others))) if others else literal(True)


def _if_listed(language: str) -> Any:
    has_stories = exists().where(ListingRow.list == LATEST, ListingRow.language == language)
    return select(literal(language)).where(has_stories)


def _is(column: Any, language: str) -> ColumnElement[bool]:
    # «en», «en-GB» and «EN_us» are one language.
    base = primary_language(language)
    size = len(base)
    return and_(
        func.lower(func.substr(column, 1, size)) == base,
        func.substr(column, size + 1, 1).in_(("", "-", "_")),
    )
