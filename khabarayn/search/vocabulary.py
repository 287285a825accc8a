"""The archive's words with the number of stories that have each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Integer, bindparam, func, literal, or_, select, text, union_all, update
from sqlalchemy.orm import InstrumentedAttribute

from khabarayn.arabic.near import one_edit_away, within_edits
from khabarayn.arabic.stem import stem
from khabarayn.store.db import db, insert_into
from khabarayn.store.models import SearchState, SearchWord

STORIES = "stories"
# What may stand before a word without making it another: how a beginning is looked up.
_CLITICS = ("", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ك", "ف")
_LAST = "\U0010ffff"
_SHORTEST_BARE = 4
# So many strings are compared by one statement: engines take some 32,000.
_PART = 10_000
_COLUMNS = (SearchWord.word, SearchWord.stem, SearchWord.display, SearchWord.df)


@dataclass(frozen=True)
class VocabularyWord:
    """A word of the archive; ``display`` as most stories write it, ``df`` stories have it."""

    word: str
    stem: str
    display: str
    df: int


def add_stories(number: int) -> None:
    """Count ``number`` stories more (or fewer).

    Called before any other write of the index: the row's lock puts publications in line, so
    that two of them never wait for each other's words.
    """
    insert = insert_into(SearchState)
    statement = insert.values(name=STORIES, value=number).on_conflict_do_update(
        index_elements=[SearchState.name],
        set_={"value": SearchState.value + insert.excluded.value},
    )
    db.session.execute(statement)


def stories() -> int:
    """Return how many stories the index holds."""
    query = select(SearchState.value).where(SearchState.name == STORIES)
    return db.session.scalar(query) or 0


# The spelling that leads in a majority vote (Boyer and Moore) needs no table of all spellings.
_LEARN = """
INSERT INTO search_word (word, stem, shown, votes, df)
VALUES (:word, :stem, :shown, :df, :df)
ON CONFLICT (word) DO UPDATE SET
  df = search_word.df + excluded.df,
  stem = excluded.stem,
  shown = CASE WHEN search_word.shown = excluded.shown OR search_word.votes >= excluded.votes
    THEN search_word.shown ELSE excluded.shown END,
  votes = CASE WHEN search_word.shown = excluded.shown
    THEN search_word.votes + excluded.votes
    ELSE abs(search_word.votes - excluded.votes) END
"""


def learn(display: Mapping[str, str], times: Mapping[str, int] | None = None) -> None:
    """Count each folded word once more, or as often as ``times`` says; ``display`` spells it."""
    if not display:
        return
    rows = [
        {
            "word": word,
            "stem": stem(word),
            "shown": display[word],
            "df": times[word] if times else 1,
        }
        for word in sorted(display)
    ]
    db.session.execute(text(_LEARN), rows)


def forget(words: Iterable[str]) -> None:
    """Count each folded word once less; a word that no story has is no longer found here."""
    rows = [{"gone": word} for word in sorted(words)]
    if rows:
        db.session.connection().execute(
            update(SearchWord)
            .where(SearchWord.word == bindparam("gone"), SearchWord.df > 0)
            .values(df=SearchWord.df - 1),
            rows,
        )


def stem_frequencies(stems: Iterable[str]) -> dict[str, int]:
    """Return how many stories may have each stem: an upper bound, as forms are summed."""
    stem_keys = tuple(set(stems))
    if not stem_keys:
        return {}
    rows = db.session.execute(
        select(SearchWord.stem, func.sum(SearchWord.df).label("df"))
        .where(SearchWord.stem.in_(stem_keys), SearchWord.df > 0)
        .group_by(SearchWord.stem)
    )
    return {row.stem: int(row.df) for row in rows}


def words_known(words: Iterable[str], stems: Iterable[str] = ()) -> dict[str, VocabularyWord]:
    """Return those of the folded ``words`` that the archive has, and every word that it has of
    these ``stems``, the most frequent first."""
    conditions: list[Any] = []
    if keys := tuple(set(words)):
        conditions.append(SearchWord.word.in_(keys))
    if roots := tuple(set(stems)):
        conditions.append(SearchWord.stem.in_(roots))
    entries = _words_where(or_(*conditions)) if conditions else []
    return {entry.word: entry for entry in sorted(entries, key=_by_frequency)}


def near_words(words: Iterable[str]) -> dict[str, list[VocabularyWord]]:
    """Return for each of the folded ``words`` the known ones one edit from it, or whose stem is one
    edit from its stem, the most frequent first."""
    edits = {word: one_edit_away(word) for word in words}
    roots = {word: root for word in edits if (root := stem(word)) != word and len(root) > 3}
    stem_edits = {word: one_edit_away(root) for word, root in roots.items()}
    candidates = _among(SearchWord.word, frozenset().union(*edits.values()))
    candidates += _among(SearchWord.stem, frozenset().union(*stem_edits.values()))
    result: dict[str, list[VocabularyWord]] = {}
    for word, spelt in edits.items():
        near = {entry.word: entry for entry in candidates if entry.word in spelt}
        for entry in candidates:
            # Two stems may be near by accident of what was cut: ماراتون is not الإمارات.
            if entry.stem in stem_edits.get(word, ()) and within_edits(word, entry.word, 2):
                near.setdefault(entry.word, entry)
        result[word] = sorted(near.values(), key=_by_frequency)
    return result


def beginning_with(start: str, limit: int) -> list[VocabularyWord]:
    """Return the most frequent words that begin with the folded ``start``, with or without an
    article or a one-letter preposition before it."""
    return beginnings([start], limit)[start]


def beginnings(starts: Iterable[str], limit: int) -> dict[str, list[VocabularyWord]]:
    """Return for each of ``starts`` what `beginning_with` does; asks once."""
    prefixes = list(dict.fromkeys(starts))
    by_prefix: dict[str, list[VocabularyWord]] = {start: [] for start in prefixes}
    parts = []
    for number, start in enumerate(prefixes):
        clitics = ("",) if start.startswith("ال") or len(start) < 3 else _CLITICS
        spans = (SearchWord.word.between(one + start, one + start + _LAST) for one in clitics)
        part = (
            select(literal(number, Integer).label("number"), *_COLUMNS)
            .where(or_(*spans), SearchWord.df > 0)
            .order_by(SearchWord.df.desc(), SearchWord.word)
            .limit(limit)
            .subquery()
        )
        parts.append(select(part))
    if parts:
        for row in db.session.execute(union_all(*parts)):
            by_prefix[prefixes[row.number]].append(
                VocabularyWord(row.word, row.stem, row.display, row.df)
            )
    return {start: sorted(entries, key=_by_frequency) for start, entries in by_prefix.items()}


def completions(start: str, limit: int) -> list[VocabularyWord]:
    """Return the words that begin with the folded ``start``, each once: القهوة، والقهوة and للقهوة
    are one word, shown bare or with its article, with the stories of all three."""
    best: dict[str, VocabularyWord] = {}
    total: dict[str, int] = {}
    for entry in beginning_with(start, 4 * limit):
        clitic = entry.word.partition(start)[0]
        own = entry.word[len(clitic) :]
        bare = own.removeprefix("ال") if len(own) > _SHORTEST_BARE else own
        total[bare] = total.get(bare, 0) + entry.df
        if clitic not in ("", "ال") and len(entry.display) == len(entry.word):
            entry = replace(entry, word=own, display=entry.display[len(clitic) :])
            if bare in best:
                continue
        elif bare in best and clitic:
            continue
        best[bare] = entry
    result = [replace(entry, df=total[bare]) for bare, entry in best.items()]
    return sorted(result, key=_by_frequency)[:limit]


def _words_where(condition: Any) -> list[VocabularyWord]:
    query = select(*_COLUMNS).where(condition, SearchWord.df > 0)
    return [VocabularyWord(*row) for row in db.session.execute(query)]


def _among(column: InstrumentedAttribute[str], strings: Collection[str]) -> list[VocabularyWord]:
    """Return the known words whose ``column`` is one of ``strings``: thousands, asked in parts."""
    rest = list(strings)
    parts = (rest[at : at + _PART] for at in range(0, len(rest), _PART))
    return [entry for part in parts for entry in _words_where(column.in_(part))]


def _by_frequency(entry: VocabularyWord) -> tuple[int, str]:
    return -entry.df, entry.word
