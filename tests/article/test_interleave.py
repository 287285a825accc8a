"""See-also insets stand where a careful editor would put them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabarayn.article.blocks import (
    Block,
    Credit,
    Embed,
    Gallery,
    Heading,
    Image,
    KeyPoints,
    ListBlock,
    Paragraph,
    PinnedSeeAlso,
    Quote,
    Table,
)
from khabarayn.article.interleave import places, weave
from khabarayn.article.plain import words_of
from khabarayn.article.story import Card, PlaceReason, SeeAlso

IMAGE = Image("m1", caption="تعليق لا يُعدّ من كلام الخبر مهما طال وزاد")


def words(count: int, end: str = ".") -> str:
    return " ".join(["كلمة"] * count) + end


def body(notation: str) -> tuple[Block, ...]:
    """«p48» is a paragraph of 48 words, «p5:» one that ends in a colon, «p5?» a question, «b5» a
    paragraph in bold; h heading, l list, q quote, k key points, c credit; i image, g gallery,
    t table, e embed; S pinned."""
    made: list[Block] = []
    for kind, count, end in re.findall(r"([a-zS])(\d*)([:?]?)", notation):
        text = words(int(count or 1), {":": ":", "?": "؟"}.get(end, "."))
        made.append(
            {
                "p": lambda text=text: Paragraph(text),
                "b": lambda text=text: Paragraph(f"<strong>{text}</strong>"),
                "h": lambda text=text: Heading(text),
                "l": lambda text=text: ListBlock((text,)),
                "q": lambda text=text: Quote(text),
                "k": lambda text=text: KeyPoints((text,)),
                "c": lambda text=text: Credit(text),
                "i": lambda: IMAGE,
                "g": lambda: Gallery((IMAGE, IMAGE)),
                "t": lambda: Table(rows=(("سنة", "12"),)),
                "e": lambda: Embed("https://x.example/", "عنوان"),
                "S": lambda: PinnedSeeAlso("abc"),
            }[kind]()
        )
    return tuple(made)


GOLDEN = [
    # story                                              after        what it shows
    ("", [], "an empty story has none"),
    ("p149", [], "under 150 words there is none"),
    ("p40 p40 p40 p29", [], "149 words in four paragraphs are still too few"),
    ("p40 p40 p40 p30", [1], "at 150 words one stands"),
    ("p45 p34 p10 p80", [2], "79 words are not yet 80"),
    ("p45 p35 p10 p80", [1], "80 words are"),
    ("p120 p60", [], "one long paragraph is not two, and nothing would follow the second"),
    ("p120 p20 p60", [1], "the second paragraph opens the place"),
    ("p50 p50 p59", [], "59 words after it are too few"),
    ("p50 p50 p60", [1], "60 words after it are enough"),
    ("p50 p50 l70", [], "a list is no paragraph to follow, and nothing stands before one"),
    ("p50 p50 c80", [], "a credit line is not a paragraph"),
    ("p50 p50 p30 c80", [], "nor do its words count"),
    ("p50 p50 p60 c80", [1], "but a credit may end the story"),
    ("p50 p50 h5 p60", [1], "before a heading it may stand"),
    ("p50 h5 p50 h5 p60", [2], "after a heading never"),
    ("p50 p40 h80 p80", [1], "even where the words come from the heading"),
    ("p50 p50: p20 p60", [2], "not after a line that ends in a colon"),
    ("p50 p50: l20 p60", [2], "a colon's list may be followed, the colon may not"),
    ("p50 p50? p20 p60", [2], "not between a question and its answer"),
    ("p50 p40 b10 p20 p60", [1], "before a question it may stand"),
    ("p50 p20 b10 p20 p60", [3], "not after a line in bold"),
    ("p50 p50 l20 p60", [2], "not before a list"),
    ("p50 p50 q20 p60", [2], "not before a quotation"),
    ("p50 p50 i p60", [2], "not before a picture"),
    ("p50 p50 g p60", [2], "not before a gallery"),
    ("p50 p50 t p60", [2], "not before a table"),
    ("p50 p50 e p40 p60", [3], "neither before nor after an embed"),
    ("k90 p40 p30 p40 p60", [3], "key points are not read as part of the story"),
    ("p50 p50 p45 p44 p60", [1], "89 words after one, no second"),
    ("p50 p50 p45 p45 p60", [1, 3], "90 words after one, a second"),
    ("p50 p50 p100 p60 p60", [1, 3], "two paragraphs lie between, however long"),
    ("p45 p45 p50 p50 p60", [1, 3], "250 words carry two"),
    ("p45 p45 p45 p45 p19", [1], "199 words carry one"),
    ("p50 " * 10, [1, 3, 5, 7], "500 words could carry five, but the last needs 60 after it"),
    ("p50 " * 40, [1, 9, 17, 25, 33], "five is the most, and they spread over a long story"),
    ("p50 p50 S p50 p50 p60", [2, 4], "a pinned one stays, the next keeps its distance"),
    ("p50 p50 p40 S p50 p50 p60", [3, 5], "an automatic one gives way to a pinned one after it"),
    ("p50 p50 p50 p40 S p60", [1, 4], "and stands where 90 words lie between"),
    ("p50 p50 p50 p39 S p60", [4], "but not at 89"),
    ("S p50 p50 p50 p50", [0, 2], "a pinned one may stand first"),
    ("h5 S l20 e S", [1, 4], "a pinned one stands exactly where it was put"),
    ("p50 p50 p50 S", [3], "a pinned one counts among one per hundred words"),
    ("S S S S S S " + "p50 " * 20, [0, 1, 2, 3, 4, 5], "six by hand all stand, none is added"),
]  # fmt: skip


@pytest.mark.parametrize(("notation", "after", "why"), GOLDEN, ids=[g[2] for g in GOLDEN])
def test_insets_stand_at(notation: str, after: list[int], why: str) -> None:
    found = places(body(notation))
    assert [p.after for p in found] == after, why
    assert [p.slot for p in found] == list(range(1, len(after) + 1))


def test_a_sensitive_story_keeps_only_what_an_editor_pinned() -> None:
    story = body("p50 p50 p50 p50 S p50 p50 p60")
    assert [p.after for p in places(story)] == [1, 4, 6]
    assert [p.after for p in places(story, sensitive=True)] == [4]
    assert places(body("p50 " * 10), sensitive=True) == ()


def test_reasons_count_from_the_start_or_the_one_before_and_pinned_ones_name_the_editor() -> None:
    first, second, third = (p.reason for p in places(body("p50 p50 p45 p45 p50 p50 S p60")))
    assert first == PlaceReason("first", 100, 2)
    assert second == PlaceReason("next", 90, 2)
    assert third == PlaceReason("pinned")


def _inset(slot: int, after: int, card: Card) -> SeeAlso:
    return SeeAlso(slot, after, card)


def test_weaving_puts_each_inset_after_its_block_and_in_place_of_a_pinned_one(card: Card) -> None:
    story = body("p50 p50 p60 S p60 S p10")
    insets = [_inset(2, 3, card), _inset(1, 1, card)]
    assert weave(story, insets) == (
        story[0], story[1], insets[1], story[2], insets[0], story[4], story[6],
    )  # fmt: skip


def test_weaving_nothing_leaves_the_story_as_it_is() -> None:
    story = body("p50 h5 p50 i c5")
    assert weave(story, ()) == story


def test_a_pinned_inset_does_not_part_an_introduction_from_its_quotation(card: Card) -> None:
    inset = _inset(1, 1, card)
    for story in (
        (Paragraph("وقال المدير:"), PinnedSeeAlso("abc"), Paragraph("«نعم».")),
        (Paragraph("قال المدير."), PinnedSeeAlso("abc"), Quote("<p>نعم</p>")),
        (Paragraph("وهي:"), PinnedSeeAlso("abc"), ListBlock(("أولى", "ثانية"))),
    ):
        assert weave(story, [inset]) == (story[0], story[2], inset)
    alone = (Paragraph("وقال:"), PinnedSeeAlso("abc"))
    assert weave(alone, [inset]) == (alone[0], inset)
    plain = (Paragraph("قال."), PinnedSeeAlso("abc"), Paragraph("ثم مضى."))
    assert weave(plain, [inset]) == (plain[0], inset, plain[2])


BLOCK = st.one_of(
    st.tuples(st.just("p"), st.integers(1, 120), st.booleans()),
    st.tuples(st.sampled_from("hlqkc"), st.integers(1, 60), st.just(False)),
    st.tuples(st.sampled_from("igteS"), st.just(1), st.just(False)),
).map(lambda b: f"{b[0]}{b[1]}{':' if b[2] else ''}")
STORIES = st.lists(BLOCK, max_size=40).map(lambda parts: body(" ".join(parts)))


def reading(blocks: tuple[Block, ...]) -> tuple[int, int]:
    prose = [b for b in blocks if not isinstance(b, KeyPoints)]
    return sum(map(words_of, prose)), sum(isinstance(b, Paragraph) for b in prose)


@given(STORIES, st.booleans())
def test_every_rule_holds_for_every_story(story: tuple[Block, ...], sensitive: bool) -> None:
    found = places(story, sensitive=sensitive)
    pinned = [i for i, block in enumerate(story) if isinstance(block, PinnedSeeAlso)]
    afters = [p.after for p in found]
    automatic = [a for a in afters if a not in pinned]
    assert afters == sorted(set(afters))
    assert [a for a in afters if a in pinned] == pinned
    assert all(p.reason for p in found)
    total, _ = reading(story)
    if sensitive or total < 150:
        assert automatic == []
    if automatic:
        assert len(found) <= min(5, total // 100)
    for after in automatic:
        before, following = story[after], story[after + 1]
        assert not isinstance(before, Heading | Embed)
        assert not isinstance(following, ListBlock | Quote | Image | Gallery | Table | Embed)
        assert not (isinstance(before, Paragraph) and before.html.endswith(":"))
        earlier = [a for a in afters if a < after]
        later = [a for a in afters if a > after]
        count, paragraphs = reading(story[earlier[-1] + 1 if earlier else 0 : after + 1])
        assert count >= (90 if earlier else 80)
        assert paragraphs >= 2
        count, paragraphs = reading(story[after + 1 : later[0] + 1 if later else len(story)])
        assert count >= (90 if later else 60)
        assert paragraphs >= (2 if later else 1)


@given(STORIES)
def test_a_story_that_has_room_gets_at_least_one(story: tuple[Block, ...]) -> None:
    plain_story = tuple(b for b in story if isinstance(b, Paragraph) and b.html[-1] == ".")
    total, _ = reading(plain_story)
    room = any(
        reading(plain_story[: i + 1]) >= (80, 0)
        and i >= 1
        and reading(plain_story[i + 1 :])[0] >= 60
        for i in range(len(plain_story))
    )
    assert bool(places(plain_story)) == (room and total >= 150)


def test_an_editor_s_inset_stands_behind_the_answer_to_a_question(card: Card) -> None:
    story = body("b9 S p40 p40")
    inset = _inset(1, 1, card)
    assert weave(story, [inset]) == (story[0], story[2], inset, story[3])
