"""The front page composes itself well, and does what editors say."""

from datetime import UTC, datetime, timedelta

import pytest

from khabarayn.article.compose import RAIL, SECONDS, compose
from khabarayn.article.story import Card, Picture, Section

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORLD, SPORT, TECH = (Section(slug, slug) for slug in ("world", "sport", "tech"))
CHINA = Section("world/china", "الصين", parent=WORLD)


def card(id_, section=WORLD, hours=0.0, picture=True, **given):
    moment = NOON - timedelta(hours=hours)
    return Card(
        id=id_,
        headline=id_,
        short_headline="",
        standfirst="",
        teaser="",
        section=section,
        published_at=moment,
        updated_at=moment,
        picture=Picture("p", 3, 2) if picture else None,
        **given,
    )


def test_an_empty_paper_has_an_empty_front():
    front = compose([], {})
    assert (front.lead, front.seconds, front.rail) == (None, (), ())


def test_the_newest_story_with_a_picture_leads():
    front = compose([card("a", picture=False), card("b", hours=1), card("c", hours=2)], {})
    assert front.lead and front.lead.id == "b"


def test_a_picture_from_yesterday_does_not_beat_the_news_of_the_hour():
    front = compose([card("a", picture=False), card("b", hours=30)], {})
    assert front.lead and front.lead.id == "a"


def test_breaking_news_leads_even_without_a_picture():
    front = compose([card("a"), card("b", hours=1, picture=False, breaking=True)], {})
    assert front.lead and front.lead.id == "b"


def test_a_sensitive_story_is_not_promoted_by_itself_but_an_editor_may():
    grave = card("grave", sensitive=True)
    others = [card(f"c{n}", hours=n) for n in range(1, 8)]
    front = compose([grave, *others], {})
    assert "grave" not in front.card_ids
    assert front.rail[0].id == "grave"
    assert compose([grave, *others], {0: grave}).lead == grave


def test_the_seconds_come_from_different_sections_before_any_comes_twice():
    pool = [card("w1"), card("w2", hours=1), card("w3", CHINA, hours=2)]
    pool += [card("s1", SPORT, hours=3), card("t1", TECH, hours=4), card("s2", SPORT, hours=5)]
    front = compose(pool, {})
    assert [second.id for second in front.seconds] == ["s1", "t1", "w2", "s2"]


def test_placed_stories_stand_where_they_were_put_and_nowhere_else():
    pool = [card(f"c{n}", hours=n) for n in range(20)]
    placed = {0: pool[9], 2: pool[15]}
    front = compose(pool, placed)
    assert front.lead == pool[9]
    assert front.seconds[1] == pool[15]
    shown = [front.lead, *front.seconds, *front.rail]
    assert len({story.id for story in shown if story}) == 1 + SECONDS + RAIL


@pytest.mark.parametrize("count", range(8))
def test_a_small_paper_is_shown_whole_and_once(count):
    pool = [card(f"c{n}", hours=n) for n in range(count)]
    front = compose(pool, {})
    shown = [story.id for story in (front.lead, *front.seconds, *front.rail) if story]
    assert sorted(shown) == sorted(story.id for story in pool)


def test_the_second_place_which_has_a_picture_on_a_desk_goes_to_a_story_that_has_one():
    pool = [card("lead"), card("s1", SPORT, hours=1, picture=False), card("t1", TECH, hours=2)]
    assert [one.id for one in compose(pool, {}).seconds] == ["t1", "s1"]
    assert [one.id for one in compose(pool, {1: pool[1]}).seconds] == ["s1", "t1"]
    wordy = [card(f"c{n}", SPORT, hours=n, picture=False) for n in range(4)]
    assert [one.id for one in compose(wordy, {}).seconds] == ["c1", "c2", "c3"]
