"""A story that both its source and an editor changed, made one where they touched other things."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from khabarayn.arabic.bidi import direction_of_language
from khabarayn.arabic.reading import reading_minutes
from khabarayn.article.content import Content
from khabarayn.article.merge import merge
from khabarayn.article.plain import words_in

# Computed from the others.
_COMPUTED_FIELDS = {"direction", "slug", "word_count", "reading_minutes"}
_FIELDS = tuple(one.name for one in fields(Content) if one.name not in _COMPUTED_FIELDS)


@dataclass(frozen=True)
class Update:
    """The one ``content``, which holds the editor's where both changed a field: ``clashes`` names
    those."""

    content: Content
    clashes: tuple[str, ...] = ()


def updated(base: Content | None, ours: Content, theirs: Content) -> Update:
    """Return what an editor made of a story, ``ours``, with what its source has changed since it
    said ``base``. Without a base nobody knows what the editor changed: every difference clashes."""
    values: dict[str, Any] = {}
    clashes: list[str] = []
    for name in _FIELDS:
        first, second = getattr(ours, name), getattr(theirs, name)
        if first == second:
            continue
        if base is None:
            clashes.append(name)
            continue
        before = getattr(base, name)
        is_list = name == "blocks"
        one = merge(*((before, first, second) if is_list else ((before,), (first,), (second,))))
        if one.clashes:
            clashes.append(name)
        else:
            values[name] = one.items if is_list else one.items[0]
    return Update(_with_counts(replace(ours, **values), theirs), tuple(clashes))


def _with_counts(content: Content, theirs: Content) -> Content:
    """Return ``content`` with what is computed from it."""
    words = words_in(content.blocks)
    return replace(
        content,
        slug=theirs.slug if content.headline == theirs.headline else content.slug,
        direction=direction_of_language(content.language),
        word_count=words,
        reading_minutes=reading_minutes(words),
    )
