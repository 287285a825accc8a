"""Decide where a story's see-also insets sit and which stories it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from khabarayn.article.blocks import Block, PinnedSeeAlso
from khabarayn.article.identity import PATTERN
from khabarayn.article.interleave import MOST, places
from khabarayn.messages.articles import place_reason
from khabarayn.messages.related import kinship_text
from khabarayn.related.candidates import candidates
from khabarayn.related.engine import Comparison
from khabarayn.related.port import Candidate, Kinship
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, LinkRow
from khabarayn.store.plain import insert_plain
from khabarayn.store.queries.cards import PUBLISHED
from khabarayn.store.queries.related import Likeness
from khabarayn.store.queries.sections import section_tree

MOST_RELATED = 4
# The links of so many stories near to a new one are computed anew.
NEIGHBOURS = 8
_CLOSE = 0.12
# Below this likeness of words and tags a story fills no inset, which interrupts the text; a card
# below the text may be less alike.
NEAR = 0.15
_OWN_LINK = re.compile(rf"/a/({PATTERN.pattern})")


@dataclass(frozen=True)
class Link:
    """One link of a story, as `LinkRow` keeps it."""

    article_id: int
    kind: str
    position: int
    target_id: int
    after: int
    score: float
    reason: str


def near_to(matches: Sequence[Comparison]) -> list[int]:
    """Return the row ids of the stories in whose own links the one compared may now belong."""
    return [one.likeness.article_id for one in matches if one.score >= _CLOSE][:NEIGHBOURS]


def links_of(
    row: ArticleRow, matches: Sequence[Comparison] | None = None, own: Likeness | None = None
) -> list[Link]:
    """Decide the links of a published story; nothing is written. ``matches`` are the stories that
    it was compared with, ``own`` is what it is compared by, where that is known.

    A story is used once for each page: never itself, never one that the body already links to,
    never the same in an inset and in a card. Editors' pins come first. Insets only lead to
    stories near to this one, rather fewer than a wrong one; cards may fall back on the newest of
    the section, unless the story is sensitive: then they are near, and sober, or not there.
    """
    blocks = row.body
    pins = _pins(blocks)
    used_ids = {row.id, *pins.values(), *_linked_ids(row.body)}
    amount = MOST_RELATED + MOST + len(used_ids)
    ready = [c for c in candidates(row, amount, matches, own) if c.article_id not in used_ids]
    near = [c for c in ready if c.likeness >= NEAR]
    # Cards and insets choose in turn, a card first, so that both get close stories.
    spare = near[1::2]
    if row.sensitive:
        ready = _sober(row, near)
    links: list[Link] = []
    for place in places(blocks, sensitive=row.sensitive):
        block = blocks[place.after] if place.after >= 0 else None
        reason = place_reason(place.reason)
        if isinstance(block, PinnedSeeAlso):
            if block.target not in pins:
                continue
            candidate = Candidate(pins[block.target], 1.0, Kinship())
            links.append(_link(row, "see", place.slot, candidate, place.after, reason))
        elif spare:
            candidate = spare.pop(0)
            ready.remove(candidate)
            why = f"{kinship_text(candidate.reason)} ({reason})"
            links.append(_link(row, "see", place.slot, candidate, place.after, why))
    for position, candidate in enumerate(ready[:MOST_RELATED], start=1):
        links.append(_link(row, "rel", position, candidate, -1, kinship_text(candidate.reason)))
    return links


def write_links(by_row: Mapping[int, Sequence[Link]]) -> None:
    """Put the links decided for each story, by its row id, in the place of those that it has; the
    caller has locked the stories and commits."""
    db.session.execute(delete(LinkRow).where(LinkRow.article_id.in_(by_row)))
    rows = [vars(link) for links in by_row.values() for link in links]
    insert_plain(db.session.connection(), LinkRow, rows)


def lock_stories(ids: Iterable[int]) -> dict[int, int]:
    """Lock these stories to the end of the transaction, always in one order; return the ``rev`` of
    each that is published."""
    rows = db.session.execute(
        select(ArticleRow.id, ArticleRow.rev)
        .where(ArticleRow.id.in_(set(ids)), PUBLISHED)
        .order_by(ArticleRow.id)
        .with_for_update(key_share=True)
    )
    return {row.id: row.rev for row in rows}


def _link(
    row: ArticleRow, kind: str, position: int, to: Candidate, after: int, reason: str
) -> Link:
    return Link(row.id, kind, position, to.article_id, after, to.score, reason[:200])


def _sober(row: ArticleRow, near: list[Candidate]) -> list[Candidate]:
    """Return those of ``near`` that may stand under a sensitive story: sensitive ones, and what
    the same section or its family reports."""
    family = set(section_tree().lineage(row.section_id))
    stories = db.session.execute(
        select(ArticleRow.id, ArticleRow.sensitive, ArticleRow.section_id).where(
            ArticleRow.id.in_([one.article_id for one in near])
        )
    )
    fit = {
        story.id
        for story in stories
        if story.sensitive or family & set(section_tree().lineage(story.section_id))
    }
    return [one for one in near if one.article_id in fit]


def _row_ids(public_ids: Iterable[str]) -> dict[str, int]:
    rows = db.session.execute(
        select(ArticleRow.public_id, ArticleRow.id).where(
            ArticleRow.public_id.in_(tuple(public_ids)), PUBLISHED
        )
    )
    return {row.public_id: row.id for row in rows}


def _pins(blocks: tuple[Block, ...]) -> dict[str, int]:
    targets = [block.target for block in blocks if isinstance(block, PinnedSeeAlso)]
    return _row_ids(targets) if targets else {}


def _linked_ids(body: Sequence[Block]) -> set[int]:
    targets = set(_OWN_LINK.findall(str(body)))
    return set(_row_ids(targets).values()) if targets else set()
