"""Names written in several ways: the built-in list, and groups that editors add."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import delete, select

from khabarayn.arabic.hygiene import clean_line
from khabarayn.arabic.variants import DEFAULT_GROUPS, StemGroups, stem_groups
from khabarayn.store.db import commit, db
from khabarayn.store.models import SpellingRow

LONGEST = 300


class SpellingsRefused(ValueError):
    """A group that is not kept. ``code`` is a key of `khabarayn.messages.search.REFUSALS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def spellings() -> StemGroups:
    """Return every stem that has other spellings, with their stems."""
    rows = db.session.scalars(select(SpellingRow.words).order_by(SpellingRow.id))
    return _groups(tuple(rows))


@lru_cache(maxsize=8)
def _groups(lines: tuple[str, ...]) -> StemGroups:
    return stem_groups([*DEFAULT_GROUPS, *(words.split() for words in lines)])


def added_spellings() -> tuple[str, ...]:
    """Return the groups that editors have added, in order: spellings parted by spaces, the words
    of one by «_»."""
    return tuple(db.session.scalars(select(SpellingRow.words).order_by(SpellingRow.id)))


def add_spellings(words: tuple[str, ...]) -> str:
    """Store ``words`` as spellings of one name and return the group as stored.

    Raises `SpellingsRefused`: «too_long», or «one_word» when there are not two different words.
    """
    clean_words = [clean_line(word, 60).text.replace(" ", "_") for word in words]
    group = " ".join(dict.fromkeys(word for word in clean_words if word))
    if len(group) > LONGEST:
        raise SpellingsRefused("too_long")
    if not stem_groups([clean_words]):
        raise SpellingsRefused("one_word")
    if db.session.scalar(select(SpellingRow.id).where(SpellingRow.words == group)) is None:
        db.session.add(SpellingRow(words=group))
    commit()
    return group


def remove_spellings(group: str) -> bool:
    """Delete the group that editors added as ``group``; return whether there was one."""
    result = db.session.execute(
        delete(SpellingRow).where(SpellingRow.words == group).returning(SpellingRow.id)
    ).first()
    commit()
    return result is not None
