"""Candidates for the links of a story: the closest without near-duplicates, then the newest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from khabarayn.related.engine import (
    AFTER,
    BEFORE,
    Comparison,
    compare_all,
    own_of,
    rescore,
    shared_terms,
)
from khabarayn.related.near_duplicates import NearDuplicates
from khabarayn.related.port import Candidate, Kinship
from khabarayn.related.profile import unpack_sketch
from khabarayn.related.reasons import Spellings, reason_of
from khabarayn.store.models import ArticleRow
from khabarayn.store.queries.cards import section_list
from khabarayn.store.queries.languages import LATEST, list_language
from khabarayn.store.queries.related import (
    Likeness,
    likenesses,
    newest_of_lists,
)
from khabarayn.store.queries.sections import section_tree


def candidates(
    row: ArticleRow,
    limit: int,
    matches: Sequence[Comparison] | None = None,
    own: Likeness | None = None,
) -> list[Candidate]:
    """Return up to ``limit`` published stories for ``row``, those first that are closest to it and
    to each other.

    Near-duplicates of the story, and of a closer candidate, are left out. Where little is akin
    the newest of the section, then of the paper, fill up with score 0.
    """
    own = own or own_of(row)
    matches = compare_all(row, own) if matches is None else matches
    near_duplicates = NearDuplicates(own.headline, unpack_sketch(own.sketch))
    near: list[tuple[float, Comparison]] = []
    for score, one in rescore(matches):
        if len(near) == limit:
            break
        if near_duplicates.takes(one.likeness.headline, unpack_sketch(one.likeness.sketch)):
            near.append((score, one))
    common_terms = [shared_terms(own, one.likeness) for _, one in near]
    spellings = Spellings(row)
    result = [
        Candidate(one.likeness.article_id, score, reason_of(one.tags, terms, spellings), one.alike)
        for (score, one), terms in zip(near, common_terms, strict=True)
    ]
    if len(result) < limit:
        used_ids = {row.id, *(one.article_id for one in result)}
        result += islice(_fill(row, own, used_ids, near_duplicates), limit - len(result))
    return result


def _fill(
    row: ArticleRow, own: Likeness, used_ids: set[int], near_duplicates: NearDuplicates
) -> Iterator[Candidate]:
    """Yield the newest of the story's section, then of the paper, with score 0."""
    assert row.published_at is not None
    tree = section_tree()
    trail = [section_list(number) for number in reversed(tree.lineage(row.section_id))]
    lists = newest_of_lists(
        [*trail, LATEST],
        list_language(own.language),
        row.published_at,
        BEFORE // 2,
        AFTER // 2,
    )
    section = Kinship(section=tree.by_id[row.section_id].name)
    fill: dict[int, Kinship] = {}
    for name, ids in lists.items():
        for number in ids:
            if number not in used_ids:
                fill.setdefault(number, Kinship(newest=True) if name == LATEST else section)
    profiles = likenesses(fill)
    for number, reason in fill.items():
        stored_profile = profiles.get(number)
        if stored_profile is not None and stored_profile.language != own.language:
            continue
        if stored_profile is None or near_duplicates.takes(
            stored_profile.headline, unpack_sketch(stored_profile.sketch)
        ):
            yield Candidate(number, 0.0, reason)
