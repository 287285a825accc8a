"""Compose a front page from cards: pure choices, tested as such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from khabarayn.article.genre import is_sponsored
from khabarayn.article.story import Card

SECONDS = 4
RAIL = 8
# A picture story of this age still beats a fresher one without a picture for the lead.
LEAD_WINDOW = timedelta(hours=12)


@dataclass(frozen=True)
class Front:
    """``lead`` is None only in a paper with no stories."""

    lead: Card | None
    seconds: tuple[Card, ...]
    rail: tuple[Card, ...]

    @property
    def card_ids(self) -> frozenset[str]:
        """The ids shown large; the rail repeats nothing of them but may be repeated below."""
        cards = (self.lead, *self.seconds) if self.lead else self.seconds
        return frozenset(card.id for card in cards)


def compose(pool: Iterable[Card], by_place: Mapping[int, Card]) -> Front:
    """Return the front of a paper whose newest stories are ``pool``, newest first.

    Editors' choices (``by_place``: 0 is the lead, then the seconds) stand where they were put.
    What is left open is filled: the lead by the newest breaking story, else by the newest one
    with a picture among those of the last `LEAD_WINDOW`; the seconds by the newest of different
    sections before any section comes twice. Sensitive stories and those that were paid for are
    never promoted by themselves.
    The first of the seconds stands under a picture on a desk: one that has none makes room for the
    first that has.
    The rail is the newest of the rest, without what was paid for.
    """
    cards = [card for card in pool if not is_sponsored(card.genre)]
    used_ids = {card.id for card in by_place.values()}
    lead = by_place.get(0) or _lead([card for card in cards if card.id not in used_ids])
    if lead is None:
        return Front(None, (), ())
    used_ids.add(lead.id)
    free = _sections_in_turn([c for c in cards if c.id not in used_ids and not c.sensitive], lead)
    seconds = [by_place.get(place) or next(free, None) for place in range(1, SECONDS + 1)]
    if 1 not in by_place:
        _picture_first(seconds, by_place)
    row = tuple(card for card in seconds if card)
    used_ids.update(card.id for card in row)
    rail = [card for card in cards if card.id not in used_ids][:RAIL]
    return Front(lead, row, tuple(rail))


def _lead(cards: list[Card]) -> Card | None:
    calm = [card for card in cards if not card.sensitive] or cards
    if not calm:
        return None
    newest = calm[0].published_at
    window = [card for card in calm if newest - card.published_at <= LEAD_WINDOW]
    breaking = (card for card in window if card.breaking)
    with_picture = (card for card in window if card.picture)
    return next(breaking, None) or next(with_picture, None) or calm[0]


def _picture_first(seconds: list[Card | None], by_place: Mapping[int, Card]) -> None:
    """Let the first automatic second that has a picture and the first of all change places."""
    for at, card in enumerate(seconds):
        if card and card.picture and at + 1 not in by_place:
            seconds[0], seconds[at] = seconds[at], seconds[0]
            return


def _sections_in_turn(cards: list[Card], lead: Card) -> Iterator[Card]:
    """Yield cards so that each section comes once before any comes again."""
    waiting = cards
    slugs: set[str] = {lead.section.top.slug}
    while waiting:
        later: list[Card] = []
        for card in waiting:
            if card.section.top.slug in slugs:
                later.append(card)
            else:
                slugs.add(card.section.top.slug)
                yield card
        if len(later) == len(waiting):
            yield later.pop(0)
        waiting, slugs = later, set[str]()
