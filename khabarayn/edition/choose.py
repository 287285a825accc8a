"""Which stories make an edition: a lead, every section, and what they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from khabarayn.article.compose import compose
from khabarayn.article.story import Card, Section

MAIN = 12
EACH_SECTION = 3
WHOLE = 30

LEAD, STORY, RING = "lead", "story", "ring"


@dataclass(frozen=True)
class EditionChoice:
    """A story's place in an edition; ``role`` is lead, story, or ring: there because a chosen
    story leads to it, so that no «شاهد أيضًا» is a dead end without a network."""

    card: Card
    role: str


def choose(
    pool: Iterable[Card],
    tops: Mapping[Section, tuple[Card, ...]],
    spots: Mapping[int, Card],
    since: datetime,
    size: int = MAIN,
) -> tuple[EditionChoice, ...]:
    """Return the lead and the stories of an edition, in reading order.

    ``pool`` is what was published up to the close, newest first; ``tops`` each section's newest,
    in the sections' order, likewise up to the close; ``spots`` the editors' front page (0 leads).
    A section gives its newest story even when that is older than ``since`` (the edition before),
    further ones, up to `EACH_SECTION`, only when they are new. Then the newest of the rest fill
    up to ``size``. Sensitive stories come in as news of their section, never as the lead unless
    an editor put them there.
    """
    cards = list(pool)
    fresh = [card for card in cards if card.published_at > since]
    lead = compose(fresh or cards, {0: spots[0]} if 0 in spots else {}).lead
    if lead is None:
        return ()
    choices = {lead.id: EditionChoice(lead, LEAD)}
    by_section: dict[Section, list[Card]] = {section: [] for section in tops}
    ranks = zip_longest(*(cards[:EACH_SECTION] for cards in tops.values()))
    for rank, abreast in enumerate(ranks):
        for section, card in zip(tops, abreast, strict=True):
            new = card is not None and (rank == 0 or card.published_at > since)
            if card is not None and new and card.id not in choices and len(choices) < size:
                choices[card.id] = EditionChoice(card, STORY)
                by_section[section].append(card)
    order = [card for number, card in sorted(spots.items()) if number] + fresh
    for card in order:
        if len(choices) >= size:
            break
        if card.id not in choices:
            choices[card.id] = EditionChoice(card, STORY)
            by_section.setdefault(card.section.top, []).append(card)
    section_choices = [choices[card.id] for cards in by_section.values() for card in cards]
    return (choices[lead.id], *section_choices)


def chosen_by_hand(cards: Iterable[Card]) -> tuple[EditionChoice, ...]:
    """Return an editor's own choice as it stands: the first leads."""
    unique = {card.id: card for card in cards}
    return tuple(
        EditionChoice(card, STORY if place else LEAD) for place, card in enumerate(unique.values())
    )


def with_ring(
    main: tuple[EditionChoice, ...], ring: Mapping[str, tuple[Card, ...]], whole: int = WHOLE
) -> tuple[EditionChoice, ...]:
    """Return ``main`` and the stories its insets lead to (``ring``: by story, in the insets'
    order), every story's first inset before any story's second, ``whole`` at most."""
    used_ids = {choice.card.id for choice in main}
    result = list(main)
    for abreast in zip_longest(*(ring.get(choice.card.id, ()) for choice in main)):
        for card in abreast:
            if card is not None and card.id not in used_ids and len(result) < whole:
                used_ids.add(card.id)
                result.append(EditionChoice(card, RING))
    return tuple(result)
