"""No text that a person or a feed can send costs more than its length: twice the text, twice the
time, and 128 kB of anything within a second."""

import gc
import random
import re
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from khabarayn.arabic import bidi, copydesk, hygiene, keyboard, normalise, numerals, slug, stem
from khabarayn.arabic.reading import word_count
from khabarayn.article import diff, links, merge, parse, plain, sanitise, tables
from khabarayn.article.excerpt import excerpt
from khabarayn.article.form import StoryForm, names_in
from khabarayn.desk.stories import suggest
from khabarayn.ingest import adapt, images, lead, pictures
from khabarayn.media import refusal
from khabarayn.related.entities import entities
from khabarayn.search import query
from khabarayn.wire import decode, moment, text, xml

SIZE = 128 * 1024  # characters
NOT_WORTH_COMPARING = 0.12  # seconds: below it the clock is coarser than what is asked of it
LONGEST = 1.0
RATIO = 2.5

PIECES = [
    " ", "\n", "\t", "  \n", "ا", "a", "و", "ات", "-", "–", "…", "«", "»", "“", '"', "'", "(", "[",
    "{", "#", "@", "A.", "A-", "A B ", "a1 ", "1", "1,", "2026-", "10:", "<", "<!--", "<b ", "<br",
    "<br> ", "<img ", "<i>x</i> ", "<p><", "<item>\n", "&", "&#", "&amp;", "]]>", "<![CDATA[", "ء",
    "ي\u064b", "\u064b", "\u0301", "ـ", "\u200c", "\u2068", "\u2069", ".»", "http://", "a@",
    "كلمة ", "والكلمة وال", "ًا ", "iPhone 15 ", "href=", '<a href="', '<img "', '<img src="a"',
    '<img src="a">', "<figure ", "<figure>", '<figure><img src="a"></figure>', "<p></p>",
    "href='story:", "href = ", "|", "؛", "\\", "%d9",
]  # fmt: skip


def _later(given: str) -> str:
    return given[1:] + "x"


def _refused(given: str) -> None:
    refusal.refuse_at_sight(given.encode("utf-8", "replace"))


def _with_media(given: str) -> None:
    named = images.sources(given)
    pictures.with_media(given, {one: "x" * (n % 2) for n, one in enumerate(named)})


FUNCTIONS = {
    "word count": word_count,
    "one clean line": lambda given: hygiene.clean_line(given, SIZE),
    "a clean line, cut": lambda given: hygiene.clean_line(given, SIZE // 6),
    "clean lines": lambda given: hygiene.clean_text(given, SIZE),
    "clean lines, cut": lambda given: hygiene.clean_text(given, SIZE // 6),
    "runs of languages": lambda given: list(bidi.runs(given)),
    "direction": bidi.direction_of,
    "language": bidi.language_of,
    "isolates": bidi.without_unpaired_isolates,
    "folding": normalise.fold,
    "words": lambda given: list(normalise.tokens(given)),
    "stem": stem.stem,
    "stems": stem.stems,
    "slug": slug.slug,
    "hashtags": slug.hashtags,
    "other keyboard": keyboard.slips,
    "a number": numerals.to_digits,
    "copy desk": copydesk.check,
    "difference": lambda given: diff.words(given, _later(given)),
    "difference from nothing alike": lambda given: diff.words(given, given[::-1]),
    "three texts in one": lambda given: merge.merge(given[:9000], _later(given[:9000]), given[9:]),
    "beginning": lambda given: excerpt(given, 200),
    "most of it": lambda given: excerpt(given, len(given) - 5),
    "plain text": plain.plain,
    "clean markup": sanitise.clean_html,
    "clean inline markup": sanitise.clean_inline,
    "blocks of a body": parse.parse,
    "a typed body": lambda given: StoryForm(body=given).blocks(),
    "names in a field": names_in,
    "a table's note": tables.read_note,
    "an address": lambda given: links.address(given, "https://news.example/"),
    "own story": links.own_story,
    "a query": query.read,
    "names in a story": lambda given: entities((given,)),
    "sentences": suggest._SENTENCE.findall,
    "text of a feed": text.plain,
    "addresses of a feed": lambda given: text.absolute(given, "https://news.example/"),
    "encoding": lambda given: decode.decode(given.encode("utf-8", "replace")),
    "a moment": moment.moment,
    "lines of a feed's items": xml.item_lines,
    "a feed's entities": xml.prepare,
    "a picture's first bytes": _refused,
    "pictures of a body": images.sources,
    "pictures renamed or taken out": _with_media,
    "a picture taken out": lambda given: lead.without_picture(given, "a"),
    "a lead among pictures": lambda given: lead.choose_lead((), None, given),
    "links to own stories": lambda given: adapt.resolve_links(given, "urn:x:1"),
}
# What takes its digits from a setting needs it here, too.
FUNCTIONS["a number"] = lambda given: numerals.to_digits(given, "arab")


def _seconds(function, piece: str, size: int) -> float:
    given = (piece * (size // len(piece) + 1))[:size]
    gc.disable()
    start = time.process_time()
    try:
        function(given)
    except ValueError:
        pass  # a refusal is an answer
    finally:
        took = time.process_time() - start
        gc.enable()
    return took


def costs(function, piece: str) -> str:
    """Return what is wrong with the time that ``function`` takes for ``piece`` over and over.

    A neighbour on the machine makes single measurements wrong by a half: what is right once of
    three times is right, for a slow function is slow each time.
    """
    wrong = ""
    for _ in range(3):
        wrong = _cost(function, piece)
        if not wrong:
            break
    return wrong


def _cost(function, piece: str) -> str:
    """Measure `costs` once.

    An eighth of the size tells who must be looked at in full: what grows with the square and
    takes a second in the end takes 16 ms there.
    """
    probe = _seconds(function, piece, SIZE // 8)
    if probe < NOT_WORTH_COMPARING / 8:
        return ""
    if probe * 8 < LONGEST and probe < RATIO * _seconds(function, piece, SIZE // 16):
        return ""
    took = min(_seconds(function, piece, SIZE) for _ in range(3))
    half = max(_seconds(function, piece, SIZE // 2) for _ in range(3))
    if took > LONGEST or took > max(RATIO * half, 2 * NOT_WORTH_COMPARING):
        return f"{piece!r}: {half:.3f} s, then {took:.3f} s for twice as much"
    return ""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_twice_the_text_takes_twice_the_time(name):
    wrong = [one for piece in PIECES if (one := costs(FUNCTIONS[name], piece))]
    assert not wrong


@pytest.mark.parametrize("name", FUNCTIONS)
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=4).map("".join))
@settings(
    max_examples=4, deadline=None, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
@example("- ")
def test_no_mixture_of_signs_is_slower(name, piece):
    assert costs(FUNCTIONS[name], piece) == ""


@pytest.mark.parametrize("piece", ["-", " ", "<", "« ", "\t\n", "كلمة، "])
@pytest.mark.parametrize("name", ["word count", "difference", "clean lines", "plain text"])
def test_a_long_text_of_one_thing_is_done_within_a_second(name, piece):
    took = min(_seconds(FUNCTIONS[name], piece, SIZE) for _ in range(2))
    half = max(_seconds(FUNCTIONS[name], piece, SIZE // 2) for _ in range(2))
    assert took <= LONGEST
    assert took <= max(RATIO * half, NOT_WORTH_COMPARING)


def test_a_search_for_a_slow_function_finds_one(monkeypatch):
    monkeypatch.setitem(costs.__globals__, "SIZE", SIZE // 192)
    monkeypatch.setitem(costs.__globals__, "NOT_WORTH_COMPARING", 0.002)
    assert costs(re.compile("-*-*[^-]").findall, "-")


def test_boxes_in_boxes_around_a_picture_are_taken_out_in_linear_time():
    def nested(given: str) -> None:
        depth = len(given) // 7
        lead.without_picture("<p>" * depth + "</p>" * depth, "a")

    assert costs(nested, "-") == ""


def test_two_bodies_without_a_common_word_are_compared_in_linear_time():
    chance = random.Random(7)

    def bodies(count: int):
        from khabarayn.article.blocks import Paragraph

        said = [" ".join(f"ك{chance.randrange(900)}" for _ in range(40)) for _ in range(2 * count)]
        return [Paragraph(one) for one in said[:count]], [Paragraph(one) for one in said[count:]]

    took = []
    for count in (300, 600):
        before, after = bodies(count)
        start = time.process_time()
        diff.blocks(before, after)
        took.append(time.process_time() - start)
    assert took[1] <= LONGEST
    assert took[1] <= max(RATIO * took[0], NOT_WORTH_COMPARING)


def test_a_body_of_many_pictures_is_rewritten_in_linear_time():
    took = []
    for count in (1000, 2000):
        body = "".join(
            f'<figure><img src="https://x.example/{n}.jpg"><figcaption>{n}</figcaption></figure>'
            for n in range(count)
        )
        start = time.process_time()
        _with_media(body)
        took.append(time.process_time() - start)
    assert took[1] <= LONGEST
    assert took[1] <= max(RATIO * took[0], NOT_WORTH_COMPARING)
