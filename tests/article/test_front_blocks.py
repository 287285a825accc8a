"""Blocks of the front page take turns, and none promises what its stories do not have."""

from datetime import UTC, datetime, timedelta

import pytest

from khabarayn.article.front_blocks import FORMS, extras_of, section_rows
from khabarayn.article.story import Card, Picture, Section

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def card(id_, hours=0.0, picture=True, **given):
    moment = NOON - timedelta(hours=hours)
    usual = {"reading_minutes": 4, **given}
    return Card(
        id=id_,
        headline=id_,
        short_headline="",
        standfirst="",
        teaser="",
        section=Section("world", "world"),
        published_at=moment,
        updated_at=moment,
        picture=Picture("p", 3, 2) if picture else None,
        **usual,
    )


def paper(*counts, pictures=9):
    """Return sections with so many stories each, the first ``pictures`` of each with a picture."""
    return {
        Section(f"s{n}", f"s{n}"): tuple(
            card(f"s{n}-{at}", at, picture=at < pictures) for at in range(count)
        )
        for n, count in enumerate(counts)
    }


def forms(rows):
    return [[block.form for block in row] for row in rows]


def test_a_full_paper_shows_its_sections_in_different_forms():
    rows = section_rows(paper(*[6] * 9), frozenset())
    assert forms(rows) == [
        ["lead"], ["row"], ["half", "half"], ["mirror"], ["third"] * 3, ["lead"],
    ]  # fmt: skip


@pytest.mark.parametrize("count", range(1, 14))
def test_no_row_has_a_hole_however_many_sections_there_are(count):
    rows = section_rows(paper(*[6] * count), frozenset())
    wide = {"half": 2, "third": 3}
    assert all(len(row) == wide.get(row[0].form, 1) for row in rows)
    assert sum(map(len, rows)) == count


def test_a_paper_without_pictures_has_words_alone_and_no_place_for_a_picture():
    rows = section_rows(paper(*[4] * 5, pictures=0), frozenset())
    assert {block.form for row in rows for block in row} <= {"half", "third", "briefs"}
    alone = section_rows(paper(4, pictures=0), frozenset())
    assert forms(alone) == [["briefs"]]


def test_the_large_place_of_a_block_has_the_newest_story_with_a_picture():
    section = Section("s", "s")
    cards = (card("words", picture=False), card("seen", 1), card("seen too", 2))
    (row,) = section_rows({section: cards}, frozenset())
    assert [one.id for one in row[0].cards] == ["seen", "words", "seen too"]


def test_four_abreast_need_pictures():
    rows = section_rows(paper(6, 6, pictures=2), frozenset())
    assert "row" not in [block.form for row in rows for block in row]


def test_a_block_repeats_nothing_from_above_and_vanishes_when_it_is_empty():
    tops = paper(2, 1)
    rows = section_rows(tops, frozenset({"s0-0", "s1-0"}))
    assert [[c.id for c in block.cards] for row in rows for block in row] == [["s0-1"]]


@pytest.mark.parametrize("form", FORMS)
def test_an_editor_has_the_form_that_was_chosen(form):
    tops = paper(6, 6, 6, 6)
    second = list(tops)[1]
    rows = section_rows(tops, frozenset(), {second: form})
    chosen = next(b for row in rows for b in row if b.section == second)
    assert chosen.form == form
    width = {"half": 2, "third": 3}.get(form, 1)
    assert next(len(row) for row in rows if chosen in row) == width


def test_a_half_with_nothing_beside_it_takes_the_whole_width():
    tops = paper(6, 6)
    rows = section_rows(tops, frozenset(), {list(tops)[1]: "half", next(iter(tops)): "row"})
    assert forms(rows) == [["row"], ["lead"]]


def test_an_editor_takes_a_section_off_the_page():
    tops = paper(6, 6)
    rows = section_rows(tops, frozenset(), {next(iter(tops)): "off"})
    assert [block.section.slug for row in rows for block in row] == ["s1"]


def test_signed_pieces_figures_and_galleries_are_found_among_the_news():
    pool = [card(f"n{n}", n) for n in range(6)]
    pool += [card("says", 7, genre="رأي"), card("weighs", 8, genre="تحليل")]
    pool += [card("counts", 9, visual="chart"), card("shows", 10, visual="gallery")]
    found = extras_of(pool, frozenset())
    assert [one.id for one in found.opinion] == ["says", "weighs"]
    assert found.numbers and found.numbers.id == "counts"
    assert found.gallery and found.gallery.id == "shows"
    assert found.card_ids == {"says", "weighs", "counts", "shows"}
    assert extras_of(pool, frozenset(), ["opinion", "numbers", "gallery"]).card_ids == frozenset()
    assert extras_of(pool, frozenset({"counts"})).numbers is None


def test_short_news_is_a_block_of_its_own_only_beside_longer_stories():
    short = [card(f"b{n}", n, reading_minutes=1) for n in range(4)]
    long = [card(f"l{n}", n) for n in range(5)]
    assert [one.id for one in extras_of(short + long, frozenset()).briefing] == [
        "b0", "b1", "b2", "b3",
    ]  # fmt: skip
    assert extras_of(short, frozenset()).briefing == ()
    assert extras_of(short[:2] + long, frozenset()).briefing == ()


def test_what_was_paid_for_and_what_is_grave_stands_in_no_block_by_itself():
    pool = [card(f"n{n}", n) for n in range(6)]
    pool += [
        card("paid", genre="برعاية", visual="chart"),
        card("grave", visual="gallery", sensitive=True),
    ]
    assert extras_of(pool, frozenset()).card_ids == frozenset()


@pytest.mark.parametrize("pictures", [0, 1, 4])
def test_what_was_paid_for_leads_no_block(pictures):
    paid = card("paid", genre="sponsored")
    news = tuple(card(f"n{at}", at + 1, picture=at < pictures) for at in range(4))
    ((block,),) = section_rows({Section("s", "s"): (paid, *news)}, frozenset())
    assert block.cards[0].id == "n0"
    assert paid in block.cards, "it is shown where its time puts it, only not at the head"
