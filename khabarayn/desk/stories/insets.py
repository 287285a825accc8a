"""Where the see-also insets of a text will sit once it is published, and what is likely in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from khabarayn.article.blocks import Block, PinnedSeeAlso
from khabarayn.article.interleave import places
from khabarayn.article.plain import text_of
from khabarayn.article.story import Card
from khabarayn.messages.articles import place_reason
from khabarayn.related.engine import nearest
from khabarayn.related.profile import profile
from khabarayn.store.queries.cards import cards_by_id
from khabarayn.store.queries.ids import ids_of
from khabarayn.store.queries.related import stem_counts, story_count

CANDIDATES = 12


@dataclass(frozen=True)
class Inset:
    """One place: after the block with this index, for this reason.

    ``card`` is the pinned story, or the one most likely to be chosen; None where no story is near
    enough, or where the pinned story cannot be shown.
    """

    slot: int
    after: int
    reason: str
    pinned: bool
    card: Card | None


def insets(
    headline: str,
    standfirst: str,
    tags: Sequence[str],
    blocks: Sequence[Block],
    *,
    sensitive: bool = False,
    own: str = "",
) -> tuple[Inset, ...]:
    """Return the places in ``blocks`` in reading order; ``own`` is the story's own public id."""
    slots = places(blocks, sensitive=sensitive)
    pins = {b.target for b in blocks if isinstance(b, PinnedSeeAlso)}
    story_profile = profile(headline, standfirst, tags, text_of(blocks), story_count(), stem_counts)
    near = (
        ids_of(one.article_id for one in nearest(story_profile.terms, CANDIDATES)) if slots else []
    )
    cards = cards_by_id([*pins, *near])
    spare = [cards[name] for name in near if name in cards and name not in {own, *pins}]
    result: list[Inset] = []
    for place in slots:
        block = blocks[place.after]
        is_pin = isinstance(block, PinnedSeeAlso)
        if isinstance(block, PinnedSeeAlso):
            card = cards.get(block.target)
        else:
            card = spare.pop(0) if spare else None
        result.append(Inset(place.slot, place.after, place_reason(place.reason), is_pin, card))
    return tuple(result)
