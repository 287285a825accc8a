"""An edition leads with what matters, visits every section, and leaves no see-also dangling."""

from __future__ import annotations

from datetime import timedelta

from edition.conftest import NOON, SECTIONS, make_card

from khabarayn.edition.choose import choose, chosen_by_hand, with_ring

SINCE = NOON - timedelta(hours=12)


def paper() -> list:
    """Six stories of each section, two hours apart: the first three are of this edition."""
    return [
        make_card(section * 6 + n, hours=1 + n * 4.5 + section / 10, section=section)
        for section in range(3)
        for n in range(6)
    ]


def pool_and_tops(cards: list) -> tuple[list, dict]:
    pool = sorted(cards, key=lambda card: card.published_at, reverse=True)
    return pool, {s: tuple(c for c in pool if c.section == s) for s in SECTIONS}


def test_every_section_is_there_and_only_with_news() -> None:
    pool, tops = pool_and_tops(paper())
    chosen = choose(pool, tops, {}, SINCE, 12)
    assert {one.card.section for one in chosen} == set(SECTIONS)
    assert chosen[0].role == "lead"
    assert [one.role for one in chosen[1:]] == ["story"] * (len(chosen) - 1)
    assert all(one.card.published_at > SINCE for one in chosen)
    assert len({one.card.id for one in chosen}) == len(chosen)


def test_a_quiet_section_gives_its_last_story() -> None:
    cards = [c for c in paper() if c.section != SECTIONS[2]]
    old = make_card(30, hours=400, section=2), make_card(31, hours=500, section=2)
    pool, tops = pool_and_tops([*cards, *old])
    chosen = {one.card.id for one in choose(pool, tops, {}, SINCE, 12)}
    assert old[0].id in chosen
    assert old[1].id not in chosen


def test_the_editors_lead_leads() -> None:
    pool, tops = pool_and_tops(paper())
    placed = {0: pool[5], 1: pool[7]}
    chosen = choose(pool, tops, placed, SINCE, 12)
    assert chosen[0].card == pool[5]


def test_a_sensitive_story_does_not_lead_by_itself() -> None:
    grave = make_card(40, hours=0.5, breaking=True, sensitive=True)
    pool, tops = pool_and_tops([grave, *paper()])
    chosen = choose(pool, tops, {}, SINCE, 12)
    assert chosen[0].card != grave
    assert grave in [one.card for one in chosen]


def test_an_empty_paper_makes_no_edition() -> None:
    assert choose([], {}, {}, SINCE) == ()


def test_sections_are_read_together_in_their_order() -> None:
    pool, tops = pool_and_tops(paper())
    order = [SECTIONS.index(one.card.section) for one in choose(pool, tops, {}, SINCE, 12)[1:]]
    assert order == sorted(order)


def test_first_insets_come_before_second_ones_and_nothing_twice() -> None:
    cards = [make_card(n) for n in range(8)]
    main = chosen_by_hand(cards[:2])
    ring = {cards[0].id: (cards[1], cards[2], cards[3]), cards[1].id: (cards[4], cards[2])}
    whole = with_ring(main, ring, 5)
    assert [one.card for one in whole] == [cards[0], cards[1], cards[4], cards[2], cards[3]]
    assert [one.role for one in whole] == ["lead", "story", "ring", "ring", "ring"]
    assert len(with_ring(main, ring, 3)) == 3
