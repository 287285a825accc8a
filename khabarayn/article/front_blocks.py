"""The form of each block of the front page: as an editor chose, else what its stories can fill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Literal, get_args

from khabarayn.article.genre import INTERVIEW, OPINION, SPONSORED, genre_of, is_sponsored
from khabarayn.article.story import Card, Section
from khabarayn.article.visual import CHART, GALLERY

# A large story and a list beside it (at the start, or mirrored), four abreast, half or a third of
# the page's width, words alone.
Form = Literal["lead", "mirror", "row", "half", "third", "briefs"]
FORMS: tuple[Form, ...] = get_args(Form)
# Blocks that belong to no section, in the order in which the page shows them.
Extra = Literal["briefing", "opinion", "most_read", "numbers", "gallery", "running"]
EXTRAS: tuple[Extra, ...] = get_args(Extra)
OFF = "off"

BLOCK, WIDE, BRIEFS = 4, 5, 6
BRIEFING, OPINIONS = 6, 4
_ABREAST = {"half": 2, "third": 3}
_TURNS: tuple[Form, ...] = ("lead", "row", "half", "mirror", "third")


@dataclass(frozen=True)
class SectionBlock:
    """A section of the front page with its cards, none of which stands higher up. The first card
    has a picture where any has."""

    section: Section
    cards: tuple[Card, ...]
    form: Form = "lead"


@dataclass(frozen=True)
class Extras:
    """What the page shows beside its sections: short news, signed pieces, the story whose figures
    are drawn, and the one whose pictures are."""

    briefing: tuple[Card, ...] = ()
    opinion: tuple[Card, ...] = ()
    numbers: Card | None = None
    gallery: Card | None = None

    @property
    def card_ids(self) -> frozenset[str]:
        """The ids shown here, which no section repeats."""
        single = (card for card in (self.numbers, self.gallery) if card)
        return frozenset(card.id for card in (*self.briefing, *self.opinion, *single))


def extras_of(pool: Iterable[Card], exclude_ids: frozenset[str], off: Iterable[str] = ()) -> Extras:
    """Return the blocks beside the sections, of stories of ``pool`` (newest first) that are not
    ``exclude_ids``; an editor has taken ``off`` some.

    Short news is a block of its own only in a paper that has longer stories too; one signed piece
    stays in its section.
    """
    without = set(off)
    every = [card for card in pool if genre_of(card.genre) != SPONSORED]
    free = [card for card in every if card.id not in exclude_ids and not card.sensitive]

    def visual(kind: str, name: str, exclude: set[str]) -> Card | None:
        matching = (
            c for c in free if c.visual == kind and c.id not in exclude and name not in without
        )
        return next(matching, None)

    with_genre = [c for c in free if genre_of(c.genre) and genre_of(c.genre) != INTERVIEW][
        :OPINIONS
    ]
    if not any(genre_of(card.genre) == OPINION for card in with_genre) or len(with_genre) < 2:
        with_genre = []
    used_ids = {card.id for card in with_genre}
    numbers = visual(CHART, "numbers", used_ids)
    gallery = visual(GALLERY, "gallery", used_ids)
    used_ids |= {card.id for card in (numbers, gallery) if card}
    short = [card for card in free if _short(card) and card.id not in used_ids][:BRIEFING]
    few = 2 * sum(map(_short, every)) < len(every)
    return Extras(
        tuple(short) if len(short) > 2 and few and "briefing" not in without else (),
        tuple(with_genre) if "opinion" not in without else (),
        numbers,
        gallery,
    )


def _short(card: Card) -> bool:
    return card.reading_minutes <= 1 and not genre_of(card.genre) and not card.visual


def section_rows(
    tops: Mapping[Section, tuple[Card, ...]],
    used_ids: frozenset[str],
    editor_forms: Mapping[Section, str] | None = None,
) -> tuple[tuple[SectionBlock, ...], ...]:
    """Return the sections that still have stories, in the order given, in rows of blocks that stand
    abreast; ``editor_forms`` is what editors want of a section: one of `FORMS`, or `OFF`.

    Where nobody chose, forms take turns, and each is passed over that the stories cannot fill: a
    picture's place needs a picture. What was paid for leads no block. A half or a third that finds
    nothing beside it takes the whole width, so that no row has a hole.
    """
    form_of = editor_forms or {}
    sections_with_cards: list[tuple[Section, tuple[Card, ...]]] = []
    for section, cards in tops.items():
        remaining = _news_first([card for card in cards if card.id not in used_ids])
        if remaining and form_of.get(section) != OFF:
            sections_with_cards.append((section, remaining))
    rows: list[tuple[SectionBlock, ...]] = []
    turns = cycle(_TURNS)
    while sections_with_cards:
        forms = [form_of.get(section, "") for section, _cards in sections_with_cards]
        form = _form_of(forms[0]) or _automatic(sections_with_cards, forms, next(turns))
        width = _ABREAST.get(form, 1)
        if width > 1:
            width = _beside(forms, form)
            form = (
                _whole(sections_with_cards[0][1]) if width == 1 else "half" if width == 2 else form
            )
        rows.append(
            tuple(_block(section, cards, form) for section, cards in sections_with_cards[:width])
        )
        sections_with_cards = sections_with_cards[width:]
    return tuple(rows)


def _news_first(cards: Sequence[Card]) -> tuple[Card, ...]:
    """Return ``cards`` with what was paid for at the end of those that every form shows."""
    first, rest = cards[:BLOCK], cards[BLOCK:]
    return (*sorted(first, key=lambda card: is_sponsored(card.genre)), *rest)


def _may_lead(card: Card) -> bool:
    return card.picture is not None and not is_sponsored(card.genre)


def _form_of(form: str) -> Form | None:
    return next((one for one in FORMS if one == form), None)


def _beside(forms: Sequence[str], form: Form) -> int:
    """Return how many of the next blocks stand abreast in this form: each may, or wants to."""
    most = _ABREAST[form]
    fitting = next((n for n, one in enumerate(forms) if one not in {"", form}), len(forms))
    return min(most, fitting)


def _automatic(
    sections_with_cards: Sequence[tuple[Section, tuple[Card, ...]]],
    forms: Sequence[str],
    turn: Form,
) -> Form:
    cards = sections_with_cards[0][1][:BLOCK]
    picture_count = sum(map(_may_lead, cards))
    suits: dict[Form, bool] = {
        # A shorter list leaves a hole beside the large picture.
        "lead": len(cards) == BLOCK and picture_count > 0,
        "mirror": len(cards) == BLOCK and picture_count > 0,
        "row": len(cards) == BLOCK and picture_count > 2,
        "half": _beside(forms, "half") == _ABREAST["half"],
        "third": _beside(forms, "third") == _ABREAST["third"],
    }
    start = _TURNS.index(turn)
    order: tuple[Form, ...] = (*_TURNS[start:], *_TURNS[:start])
    for form in order:
        if suits[form]:
            return form
    return _whole(cards)


def _whole(cards: Sequence[Card]) -> Form:
    """Return the form that fills the width with whatever there is."""
    return "lead" if any(map(_may_lead, cards[:BLOCK])) else "briefs"


def _block(section: Section, cards: tuple[Card, ...], form: Form) -> SectionBlock:
    block_cards = cards[: {"briefs": BRIEFS, "lead": WIDE, "mirror": WIDE}.get(form, BLOCK)]
    first = next(filter(_may_lead, block_cards), None)
    if first and form != "briefs":
        block_cards = (first, *(card for card in block_cards if card is not first))
    return SectionBlock(section, block_cards, form)
