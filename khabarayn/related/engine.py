"""The engine: candidates by terms and tags in bounded reads, then compared one by one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import mul
from typing import NamedTuple

from khabarayn.related.index import POSTINGS, likeness_of, profile_of
from khabarayn.related.near_duplicates import NearDuplicates
from khabarayn.related.profile import unpack_sketch, unpack_terms
from khabarayn.store.db import now
from khabarayn.store.models import ArticleRow
from khabarayn.store.queries.cards import tag_list
from khabarayn.store.queries.languages import list_language
from khabarayn.store.queries.related import (
    Likeness,
    likenesses,
    list_sizes,
    minute_of,
    nearest_in_time,
    newest_of_lists,
    story_count,
    tags_of_many,
)
from khabarayn.store.queries.sections import section_tree

# Of each term and tag so many stories are looked at, so the cost of a publication does not grow
# with the archive; so many of all are compared exactly.
BEFORE, AFTER = 40, 20
# An unpublished text has words that no story has yet, and these have the highest weight: so many of
# its terms are looked up to find some that stories share.
TERM_LOOKUPS = 3 * POSTINGS
COMPARISONS = 300
# So many profiles are read at once.
READ = 500
# Below this, two stories that share no tag share nothing worth saying: of real reports below it one
# in three or four is on topic, as the newest of the section are.
AKIN = 0.05
# A lower bound for suggestions, which an editor checks.
HINT = 0.06
TAG, MOST_TAGS = 0.8, 1.2
SAME_TOP, ELSEWHERE = 0.95, 0.88
FRESH, HALF_LIFE_DAYS = 0.4, 30.0
COUNT_LIMIT = 300
# So many of the closest are re-ranked by their likeness to the `COMPANY` closest, too: a story that
# merely shares a word resembles none of the others. Of 3,000 real reports this put 0.02 more of the
# cards on topic.
RERANK_SIZE, COMPANY, AGREEMENT = 25, 8, 1.0
_DAY = 24 * 60


class Comparison(NamedTuple):
    """One story beside another: ``score`` orders, ``text`` is the likeness of the words alone,
    ``alike`` that of words and tags; ``tags`` are the names of those that both have."""

    likeness: Likeness
    score: float
    text: float
    alike: float
    tags: tuple[str, ...]


def recency(minutes: int) -> float:
    """Return the factor for two stories so far apart in time: 1 at once, 0.6 in the end.

    >>> [round(recency(days * 24 * 60), 2) for days in (0, 30, 365)]
    [1.0, 0.75, 0.6]
    """
    return 1 - FRESH + FRESH * math.exp(-abs(minutes) / (HALF_LIFE_DAYS * _DAY))


def compare_all(row: ArticleRow, own: Likeness | None = None) -> list[Comparison]:
    """Return the published stories in the language of ``row`` that share something with it, the
    closest first; ``own`` is what ``row`` is compared by, where that is not written yet."""
    return compare_each([row], [own or own_of(row)])[0]


def compare_each(rows: Sequence[ArticleRow], owns: Sequence[Likeness]) -> list[list[Comparison]]:
    """Return `compare_all` of each of these stories, of which ``owns`` says what it is compared by:
    what several of them are compared with is read once."""
    tags = tags_of_many([row.id for row in rows])
    names_by_list = [{tag_list(n): name for n, name in tags.get(row.id, ())} for row in rows]
    wanted_tags: dict[str, dict[str, None]] = {}
    for own, names in zip(owns, names_by_list, strict=True):
        wanted_tags.setdefault(list_language(own.language), {}).update(dict.fromkeys(names))
    weights = {language: _tag_weights(tags, language) for language, tags in wanted_tags.items()}
    comparers = [
        _Comparer(row, own, names, weights[list_language(own.language)])
        for row, own, names in zip(rows, owns, names_by_list, strict=True)
    ]
    by_target: dict[int, list[_Comparer]] = {}
    for one in comparers:
        for number in one.candidates:
            by_target.setdefault(number, []).append(one)
    numbers = list(by_target)
    for start in range(0, len(numbers), READ):
        for number, other in likenesses(numbers[start : start + READ]).items():
            theirs = unpack_terms(other.terms)
            for one in by_target[number]:
                one.compare(other, theirs)
    for one in comparers:
        one.comparisons.sort(key=lambda c: (-c.score, -c.likeness.at, -c.likeness.article_id))
    return [one.comparisons for one in comparers]


class _Comparer:
    """A story, the row ids of those it is compared with (``candidates``) and the
    ``comparisons`` made."""

    def __init__(
        self,
        row: ArticleRow,
        own: Likeness,
        names: Mapping[str, str],
        weights: Mapping[str, float],
    ) -> None:
        self.own, self.comparisons = own, list[Comparison]()
        self._mine, self._names, self._weights = unpack_terms(own.terms), names, weights
        self._ids_by_tag: dict[int, list[str]] = {}
        self._nearness: dict[int, float] = {}
        partial: dict[int, float] = {}
        squares = {term: self._mine[term] ** 2 for term in list(self._mine)[:POSTINGS]}
        for term, number in nearest_in_time(list(squares), own.at, BEFORE, AFTER):
            partial[number] = partial.get(number, 0.0) + squares[term]
        assert row.published_at is not None
        language = list_language(own.language)
        lists = newest_of_lists(list(names), language, row.published_at, BEFORE, AFTER)
        for name, ids in lists.items():
            for number in ids:
                self._ids_by_tag.setdefault(number, []).append(name)
                partial[number] = partial.get(number, 0.0) + weights[name]
        partial.pop(row.id, None)
        self.candidates = sorted(partial, key=partial.__getitem__, reverse=True)[:COMPARISONS]

    def compare(self, other: Likeness, theirs: Mapping[int, float]) -> None:
        """Compare the story with another of these unpacked terms, and keep what is akin."""
        if other.language != self.own.language:
            return
        mine = self._mine
        text = sum([mine[term] * theirs[term] for term in mine.keys() & theirs.keys()])
        common_tags = self._ids_by_tag.get(other.article_id, ())
        if text < AKIN and not common_tags:
            return
        tag = TAG * min(MOST_TAGS, sum([self._weights[name] for name in common_tags]))
        score = (text + tag) * recency(self.own.at - other.at) * self._near(other.section_id)
        tags = tuple([self._names[name] for name in common_tags])
        self.comparisons.append(Comparison(other, score, text, text + tag, tags))

    def _near(self, section_id: int) -> float:
        if section_id not in self._nearness:
            self._nearness[section_id] = _nearness(self.own.section_id, section_id)
        return self._nearness[section_id]


@dataclass(frozen=True)
class Nearest:
    """A published story near to a text that is none yet."""

    article_id: int
    section_id: int
    text: float


def nearest(terms: Mapping[int, float], limit: int) -> list[Nearest]:
    """Return the published stories whose words are closest to ``terms``, which square to 1; of
    two that tell the same report one."""
    top_terms = sorted(terms, key=lambda term: -terms[term])[:TERM_LOOKUPS]
    partial: dict[int, float] = {}
    for term, article_id in nearest_in_time(top_terms, minute_of(now()), BEFORE, 0):
        partial[article_id] = partial.get(article_id, 0.0) + terms[term] ** 2
    best_ids = sorted(partial, key=lambda article_id: -partial[article_id])[:COMPARISONS]
    scores = []
    for other in likenesses(best_ids).values():
        theirs = unpack_terms(other.terms)
        text = sum(weight * theirs.get(term, 0.0) for term, weight in terms.items())
        scores.append((text, other))
    scores.sort(key=lambda one: (-one[0], -one[1].at, one[1].article_id))
    near_duplicates = NearDuplicates(0, ())
    return [
        Nearest(other.article_id, other.section_id, text)
        for text, other in scores
        if text >= HINT and near_duplicates.takes(other.headline, unpack_sketch(other.sketch))
    ][:limit]


def own_of(row: ArticleRow) -> Likeness:
    """Return what the story ``row`` is compared by: as it is kept, or made of it now."""
    return likenesses([row.id]).get(row.id) or likeness_of(row, profile_of(row))


def rescore(matches: Sequence[Comparison]) -> list[tuple[float, Comparison]]:
    """Return ``matches`` with scores that include the likeness to the other closest stories."""
    terms = [unpack_terms(one.likeness.terms) for one in matches[:RERANK_SIZE]]
    # The closest stories as one profile, weighted by score; a story among them is left out of its
    # own comparison.
    company: dict[int, float] = {}
    for one, theirs in zip(matches[:COMPANY], terms, strict=False):
        for term, weight in theirs.items():
            company[term] = company.get(term, 0.0) + one.score * weight
    whole = sum(one.score for one in matches[:COMPANY])
    scores = []
    for n, (one, mine) in enumerate(zip(matches, terms, strict=False)):
        alike = _words_alike(mine, company)
        own = 0.0
        if n < COMPANY:
            own = one.score
            alike -= own * sum([weight**2 for weight in mine.values()])
        beside = whole - own if len(terms) > 1 else 0.0
        scores.append((one.score + AGREEMENT * alike / (beside or 1.0), one))
    scores.sort(key=lambda pair: -pair[0])
    return scores + [(one.score, one) for one in matches[RERANK_SIZE:]]


def _words_alike(first: Mapping[int, float], second: Mapping[int, float]) -> float:
    return sum(map(mul, first.values(), map(second.get, first, repeat(0.0))))


def shared_terms(own: Likeness, other: Likeness) -> list[int]:
    """Return the terms that two stories share, those first that bind them most."""
    mine, theirs = unpack_terms(own.terms), unpack_terms(other.terms)
    shares = {term: mine[term] * theirs[term] for term in mine.keys() & theirs.keys()}
    return sorted(shares, key=lambda term: (-shares[term], term))


def _tag_weights(names: Iterable[str], language: str) -> dict[str, float]:
    """Return for each tag's list in ``language`` how much sharing it says, 0 to 1: the rarer the
    more."""
    sizes = list_sizes(list(names), language, COUNT_LIMIT)
    everything = story_count() + 2
    weights = {}
    for name, size in sizes.items():
        rarity = math.log(everything / (min(size, everything - 1) + 0.5)) / math.log(everything)
        weights[name] = max(0.1, min(1.0, rarity)) ** 2
    return weights


def _nearness(section_id: int, other_id: int) -> float:
    if section_id == other_id:
        return 1.0
    tree = section_tree()
    family = set(tree.lineage(section_id)) & set(tree.lineage(other_id))
    return SAME_TOP if family else ELSEWHERE
