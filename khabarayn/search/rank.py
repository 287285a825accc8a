"""Put the stories that an engine found in order, alike for every engine.

A story's weight is the sum over the groups of the query of: rarity × how strongly its best form
stands in the fields (BM25F with saturation) × how well that form fits what was typed. Words
written exactly as typed, words side by side as typed, and function words of the query in the
headline weigh more. The sum is dampened by age, softly, so that an old story that fits beats a new
one that does not. Stories with every word come first.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from khabarayn.search.document import BREAK, moment_of
from khabarayn.search.port import Group

HEAD, STANDFIRST, TAGS, BODY = 8.0, 2.5, 3.0, 1.0
SATURATION = 1.5
LENGTH = 0.75
USUAL_LENGTH = 1600  # letters of a body's stems
EXACT = 0.5
ADJACENT = 0.2
LIGHT = 0.1
FRESH = 0.15
FRESH_DAYS = 30.0


@dataclass(frozen=True)
class RankedStory:
    """``whole`` says that the story has every group asked for."""

    key: int
    article_id: int
    score: float
    whole: bool


def rarity(group: Group, stories: int) -> float:
    """Return the weight of a group by how few of ``stories`` have it (BM25's idf, above 0)."""
    df = min(group.df, stories)
    return math.log(1 + (stories - df + 0.5) / (df + 0.5))


def rank(
    documents: Iterable[Any],
    groups: Sequence[Group],
    stories: int,
    now: datetime,
    light: Sequence[str],
) -> list[RankedStory]:
    """Return ``documents`` in order, those with every group first, then by score and time;
    ``light`` are the query's function words."""
    rarities = [rarity(group, stories) for group in groups]
    ranked_stories = [_weigh(document, groups, rarities, now, light) for document in documents]
    return sorted(ranked_stories, key=lambda one: (not one.whole, -one.score, -one.key))


def _weigh(
    document: Any,
    groups: Sequence[Group],
    rarities: Sequence[float],
    now: datetime,
    light: Sequence[str],
) -> RankedStory:
    fields = tuple(
        f" {words} " for words in (document.head, document.standfirst, document.tags, document.body)
    )
    exact = f" {document.exact} "
    headline = exact.partition(f" {BREAK} ")[0] + " "
    score = 0.0
    whole = True
    for group, rare in zip(groups, rarities, strict=True):
        strength = _strength(group, fields, exact, headline)
        whole = whole and strength > 0
        if strength and f" {group.text} " in exact:
            strength *= 1 + EXACT
        score += rare * strength
    score *= 1 + ADJACENT * _adjacency(groups, fields)
    if light:
        score *= 1 + LIGHT * sum(f" {word} " in headline for word in light) / len(light)
    age = max(0.0, (now - moment_of(document.key)).total_seconds() / 86_400)
    score *= 1 - FRESH + FRESH * math.exp(-age / FRESH_DAYS)
    return RankedStory(document.key, document.article_id, score, whole)


def _strength(group: Group, fields: tuple[str, ...], exact: str, headline: str) -> float:
    head, standfirst, tags, body = fields
    stretch = 1 - LENGTH + LENGTH * len(body) / USUAL_LENGTH
    forms = [(f" {form.term} ", form.weight) for form in group.forms if not form.exact]
    if group.phrase:
        forms.append((f" {' '.join(group.phrase)} ", 1.0))
    best = 0.0
    for term, weight in forms:
        times = (
            HEAD * (term in head)
            + STANDFIRST * (term in standfirst)
            + TAGS * (term in tags)
            + BODY * body.count(term) / stretch
        )
        best = max(best, weight * times / (times + SATURATION))
    # A beginning or a clitic is met by whole folded words.
    times = 0.0
    for form in group.forms:
        if form.exact:
            term = f" {form.term} "
            times += form.weight * (HEAD * (term in headline) + BODY * exact.count(term))
    return max(best, times / (times + SATURATION))


def _adjacency(groups: Sequence[Group], fields: tuple[str, ...]) -> float:
    """Return the share of neighbours in the query that stand side by side in the story."""
    pairs = [
        (first, second)
        for first, second in pairwise(groups)
        if first.forms and second.forms and not (first.forms[0].exact or second.forms[0].exact)
    ]
    if not pairs:
        return 0.0
    score = 0.0
    for first, second in pairs:
        side = f" {first.forms[0].term} {second.forms[0].term} "
        if side in fields[0]:
            score += 1
        elif any(side in field for field in fields[1:]):
            score += 0.6
    return score / len(pairs)
