"""The archive's words with the number of stories that have each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)

from khabarayn.arabic.near import one_edit_away, within_edits
from khabarayn.arabic.stem import stem
from khabarayn.store.db import db, insert_into
from khabarayn.store.models import SearchState, SearchWord
from khabarayn.store.plain import run_plain

STORIES = "stories"
# What may stand before a word without making it another: how a beginning is looked up.
_CLITICS = ("", "ال", "و", "وال", "ب", "بال", "ل", "لل", "ك", "ف")
_LAST = "\U0010ffff"
_SHORTEST_BARE = 4
# So many words and as many stems are compared by one statement: engines take some 32,000.
_PART = 10_000
_COLUMNS = (SearchWord.word, SearchWord.stem, SearchWord.display, SearchWord.df)


def _either(words: str, stems: str) -> ColumnElement[bool]:
    """Return the condition that a row is one of the words, or has one of the stems, that are bound
    to these names."""
    return or_(
        SearchWord.word.in_(bindparam(words, expanding=True)),
        SearchWord.stem.in_(bindparam(stems, expanding=True)),
    )


_ENTRIES = select(*_COLUMNS).where(_either("words", "stems"), SearchWord.df > 0)


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
    run_plain(db.session.connection(), _LEARN, rows)


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


@dataclass(frozen=True)
class VocabularyAnswer:
    """What the archive has of the words that `look_up` was asked for.

    ``stems`` says how many stories may have each stem: an upper bound, as forms are summed.
    ``words`` are entries by their folded word, the most frequent first. ``beginnings`` has for
    each beginning the most frequent words that begin with it, with or without an article or a
    one-letter preposition before it.
    """

    stems: Mapping[str, int]
    words: Mapping[str, VocabularyWord]
    beginnings: Mapping[str, Sequence[VocabularyWord]]

    def stories_with(self, terms: Iterable[str]) -> int:
        """Return how many stories may have one of ``terms``, each a stem or some side by side."""
        return sum(self.stories_with_all(term.split()) for term in terms)

    def stories_with_all(self, stems: Sequence[str]) -> int:
        """Return how many stories may have all of ``stems``."""
        return min(self.stems.get(one, 0) for one in stems)


# The rows of one statement are told apart by a number: these two, and from 0 the beginnings.
_OF_STEMS, _OF_WORDS = -2, -1
_NOTHING = literal("", String)
_LOOKUPS = (
    select(
        literal(_OF_STEMS, Integer).label("number"),
        _NOTHING.label("word"),
        SearchWord.stem,
        _NOTHING.label("display"),
        func.sum(SearchWord.df).label("df"),
    )
    .where(SearchWord.stem.in_(bindparam("stems", expanding=True)), SearchWord.df > 0)
    .group_by(SearchWord.stem),
    select(literal(_OF_WORDS, Integer).label("number"), *_COLUMNS).where(
        _either("words", "words_of"), SearchWord.df > 0
    ),
)


def look_up(
    *,
    stems: Collection[str] = (),
    words: Collection[str] = (),
    words_of: Collection[str] = (),
    starts: Iterable[str] = (),
    limit: int = 0,
) -> VocabularyAnswer:
    """Return what the archive has, asked in one statement: of ``stems`` the number of stories, of
    the folded ``words`` those that it knows, every word of the stems ``words_of``, and up to
    ``limit`` words for each of the folded ``starts``."""
    prefixes = list(dict.fromkeys(starts))
    frequencies: dict[str, int] = {}
    entries: list[VocabularyWord] = []
    by_prefix: dict[str, list[VocabularyWord]] = {start: [] for start in prefixes}
    statement = union_all(*_LOOKUPS, *_prefix_selects(prefixes, limit))
    values = {"stems": tuple(stems), "words": tuple(words), "words_of": tuple(words_of)}
    for row in db.session.execute(statement, values):
        if row.number == _OF_STEMS:
            frequencies[row.stem] = int(row.df)
        else:
            entry = VocabularyWord(row.word, row.stem, row.display, row.df)
            (entries if row.number == _OF_WORDS else by_prefix[prefixes[row.number]]).append(entry)
    return VocabularyAnswer(
        frequencies,
        {entry.word: entry for entry in sorted(entries, key=_by_frequency)},
        {start: sorted(group, key=_by_frequency) for start, group in by_prefix.items()},
    )


def _prefix_selects(prefixes: Sequence[str], limit: int) -> list[Select[*tuple[Any, ...]]]:
    """Return a statement for each of ``prefixes``, with the columns of `_LOOKUPS`."""
    parts: list[Select[*tuple[Any, ...]]] = []
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
    return parts


def words_known(words: Collection[str]) -> Mapping[str, VocabularyWord]:
    """Return those of the folded ``words`` that the archive has, by their folded word."""
    return look_up(words=words).words


def near_words(words: Iterable[str]) -> dict[str, list[VocabularyWord]]:
    """Return for each of the folded ``words`` the known ones one edit from it, or whose stem is one
    edit from its stem, the most frequent first."""
    edits = {word: one_edit_away(word) for word in words}
    roots = {word: root for word in edits if (root := stem(word)) != word and len(root) > 3}
    stem_edits = {word: one_edit_away(root) for word, root in roots.items()}
    candidates = _entries(_union(edits.values()), _union(stem_edits.values()))
    result: dict[str, list[VocabularyWord]] = {}
    for word, spelt in edits.items():
        near = {entry.word: entry for entry in candidates if entry.word in spelt}
        for entry in candidates:
            # Two stems may be near by accident of what was cut: ماراتون is not الإمارات.
            if entry.stem in stem_edits.get(word, ()) and within_edits(word, entry.word, 2):
                near.setdefault(entry.word, entry)
        result[word] = sorted(near.values(), key=_by_frequency)
    return result


def completions(start: str, limit: int) -> list[VocabularyWord]:
    """Return the words that begin with the folded ``start``, each once: القهوة، والقهوة and للقهوة
    are one word, shown bare or with its article, with the stories of all three."""
    best: dict[str, VocabularyWord] = {}
    total: dict[str, int] = {}
    for entry in look_up(starts=[start], limit=4 * limit).beginnings[start]:
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


def _entries(words: list[str], stems: list[str]) -> list[VocabularyWord]:
    """Return the entries of the folded ``words`` and of these ``stems``: thousands, asked in
    parts, so that an entry may come twice."""
    result: list[VocabularyWord] = []
    for at in range(0, max(len(words), len(stems)), _PART):
        part = {"words": words[at : at + _PART], "stems": stems[at : at + _PART]}
        rows = db.session.execute(_ENTRIES, part)
        result += [VocabularyWord(*row) for row in rows]
    return result


def _union(sets: Iterable[frozenset[str]]) -> list[str]:
    return list(frozenset[str]().union(*sets))


def _by_frequency(entry: VocabularyWord) -> tuple[int, str]:
    return -entry.df, entry.word
