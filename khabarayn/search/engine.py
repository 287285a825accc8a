"""Search: choose the engine, gather candidates, rank them, and build a page of results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sqlalchemy import bindparam, select

from khabarayn.arabic.slug import tag_key
from khabarayn.search.document import FOREIGN, key_of, label_of
from khabarayn.search.fts5 import FTS5
from khabarayn.search.hits import hits_of
from khabarayn.search.plan import Plan, plan
from khabarayn.search.port import COUNT_LIMIT, Engine, Group, Match, Results, SearchRequest
from khabarayn.search.postgres import PostgreSQL
from khabarayn.search.rank import RankedStory, rank
from khabarayn.search.vocabulary import stories
from khabarayn.store.db import db, now
from khabarayn.store.models import AuthorRow, SearchDocument, TagRow
from khabarayn.store.queries.languages import list_languages
from khabarayn.store.queries.sections import section_tree

PAGE = 20
POOL = 200
# Of what an engine finds so many are weighed one by one; the others follow in its own order.
HITS_TO_WEIGH = 120
_LEAD_POOL = 60
_SOME = 60
_PATIENCE = 4


class UnknownPlace(LookupError):
    """A filter names a section, tag or author that the paper does not have."""


@dataclass(frozen=True)
class SearchMatches:
    """The stories that fit, in order, before any of them is shown."""

    plan: Plan
    order: tuple[RankedStory, ...]
    total: int


def engine() -> Engine:
    """Return the engine of the database that is open."""
    return FTS5() if db.session.connection().dialect.name == "sqlite" else PostgreSQL()


def search(request: SearchRequest, zone: tzinfo = UTC) -> Results:
    """Return the page of results that ``request`` asks for; never raises, whatever is typed.

    A filter that names nothing finds nothing. ``zone`` says when the days of the filter begin.
    """
    matches = find(request, zone)
    pages = -(-len(matches.order) // PAGE)
    page = min(max(request.page, 1), max(pages, 1))
    page_order = matches.order[(page - 1) * PAGE : page * PAGE]
    return Results(
        hits=hits_of(page_order, matches.plan.groups),
        total=min(matches.total, COUNT_LIMIT),
        more_than=matches.total > COUNT_LIMIT,
        pages=pages,
        suggestion=matches.plan.suggestion,
        read_as=matches.plan.read_as,
    )


def find(request: SearchRequest, zone: tzinfo = UTC) -> SearchMatches:
    """Return up to `POOL` stories for ``request``, in order."""
    asked_for = plan(request.text)
    try:
        match = _narrow(request, zone, asked_for)
    except UnknownPlace:
        return SearchMatches(asked_for, (), 0)
    groups = asked_for.groups
    source = engine()
    if not groups:
        # With filters alone search is a list, the newest first; with nothing it is empty.
        if not (request.section or request.tag or request.author):
            return SearchMatches(asked_for, (), 0)
        return _newest(source, match, asked_for)
    if request.sort == "date":
        newest = _newest(source, match, asked_for)
        if newest.total:
            return newest
    number = stories()
    keys, whole, total = gather(source, match)
    documents = db.session.execute(_DOCUMENTS, {"keys": keys[:HITS_TO_WEIGH]})
    order = rank(documents, groups, number, now(), asked_for.query.light)
    rest = keys[HITS_TO_WEIGH:POOL]
    numbers = dict(_numbers(rest))
    order += [RankedStory(key, numbers[key], 0.0, key in whole) for key in rest if key in numbers]
    if request.sort == "date":
        order.sort(key=lambda one: -one.key)
    return SearchMatches(asked_for, tuple(order), total)


# Columns rather than rows: a search reads a hundred documents and changes none.
_DOCUMENTS = select(
    SearchDocument.key,
    SearchDocument.article_id,
    SearchDocument.head,
    SearchDocument.standfirst,
    SearchDocument.tags,
    SearchDocument.body,
    SearchDocument.exact,
).where(SearchDocument.key.in_(bindparam("keys", expanding=True)))


def gather(source: Engine, match: Match) -> tuple[list[int], set[int], int]:
    """Return the keys of the stories worth ranking, the likeliest first; which of them are known
    to have every word; and how many stories have.

    The work is bounded, whatever the archive. First those with every word, in the lead of the
    story and then anywhere; then, where they are few, those with some of the words. The engine
    weighs only what its budget allows; of anything more common the newest are taken.
    """
    groups = match.groups
    weight = sum(group.df for group in groups)
    dear = weight > source.budget
    batch = source.keys(match, "newest" if dear else "best", POOL)
    whole: dict[int, None] = {}
    if len(batch) < POOL:
        total = len(batch)
    else:
        total = source.count(match, COUNT_LIMIT + 1)
        if dear:
            lead = source.keys(replace(match, lead=True), "newest", _LEAD_POOL)
            whole.update(dict.fromkeys(lead))
            # Few stories have all words of even a common query: weighing those is still cheap.
            if total <= COUNT_LIMIT and weight <= _PATIENCE * source.budget:
                whole.update(dict.fromkeys(source.keys(match, "best", POOL)))
    whole.update(dict.fromkeys(batch))
    keys = dict(whole)
    if len(batch) < POOL and len(groups) > 1:
        if dear and len(groups) > 2:
            most = replace(match, mode="most")
            for part in (replace(most, lead=True), most):
                keys.update(dict.fromkeys(source.keys(part, "newest", _SOME)))
        some = replace(match, mode="any", groups=rarest(groups, source.budget))
        if some.groups:
            keys.update(dict.fromkeys(source.keys(some, "best", len(keys) + _SOME)))
    return list(keys), set(whole), total


def _newest(source: Engine, match: Match, asked_for: Plan) -> SearchMatches:
    keys = source.keys(match, "newest", POOL)
    order = tuple(RankedStory(key, number, 0.0, True) for key, number in _numbers(keys))
    total = len(keys) if len(keys) < POOL else source.count(match, COUNT_LIMIT + 1)
    return SearchMatches(asked_for, order, total)


def rarest(groups: Sequence[Group], budget: int) -> tuple[Group, ...]:
    """Return the rarest of ``groups`` that can be weighed together within ``budget``."""
    result: list[Group] = []
    cost = 0
    for group in sorted(groups, key=lambda group: group.df):
        cost += group.df
        if cost > budget:
            break
        result.append(group)
    return tuple(result)


def _numbers(keys: Sequence[int]) -> list[tuple[int, int]]:
    rows = db.session.execute(
        select(SearchDocument.key, SearchDocument.article_id)
        .where(SearchDocument.key.in_(keys))
        .order_by(SearchDocument.key.desc())
    )
    return [(row.key, row.article_id) for row in rows]


def _narrow(request: SearchRequest, zone: tzinfo, asked_for: Plan) -> Match:
    labels: list[str] = []
    if request.section:
        labels.append(f"s{_id_or_none(section_tree().ids.get(request.section))}")
    if request.tag:
        tag = select(TagRow.id).where(TagRow.key == tag_key(request.tag))
        labels.append(f"t{_id_or_none(db.session.scalar(tag))}")
    if request.author:
        author = select(AuthorRow.id).where(AuthorRow.slug == request.author)
        labels.append(f"a{_id_or_none(db.session.scalar(author))}")
    spoken, unspoken = language_labels(request.language)
    return Match(
        asked_for.groups,
        exclusions=asked_for.exclusions,
        labels=(*labels, *spoken),
        without=unspoken,
        first_key=_day(request.since, zone) if request.since else None,
        end_key=_day(request.until + timedelta(days=1), zone)
        if request.until and request.until < date.max
        else None,
    )


def language_labels(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the labels that every story in the lists of ``language`` has, and those that none of
    them has; neither where it is empty."""
    if not language:
        return (), ()
    first, *others = list_languages()
    if language == first:
        names = [label_of(one) for one in others]
        return (
            (FOREIGN,) if "" in names else (),
            tuple(label for label in names if label),
        )
    label = label_of(language)
    return ((label,), ()) if label else ((), (FOREIGN,))


def _id_or_none(number: int | None) -> int:
    if number is None:
        raise UnknownPlace
    return number


def _day(day: date, zone: tzinfo) -> int:
    try:
        return key_of(datetime.combine(day, time(), zone).astimezone(UTC))
    except OverflowError:
        return key_of(datetime.combine(day, time(), UTC))
