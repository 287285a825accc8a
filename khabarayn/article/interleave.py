"""Where «شاهد أيضًا» insets stand inside a body: an editor's where it was put, but never between an
introduction and its quotation or a question and its answer; the others by these rules.

The first comes after 80 words and two paragraphs; 90 words and two paragraphs lie between two;
60 words and a paragraph follow the last. None stands after a heading, a line that ends in a colon
or a question, before a list, a quotation or a picture, or beside an embed. A hundred words carry
one, a story five; a sensitive story and one under 150 words carry none but an editor's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from khabarayn.article.blocks import (
    Block,
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
from khabarayn.article.plain import block_text, words_of
from khabarayn.article.story import Place, PlaceReason, SeeAlso

FIRST_WORDS, FIRST_PARAGRAPHS = 80, 2
GAP_WORDS, GAP_PARAGRAPHS = 90, 2
LAST_WORDS, LAST_PARAGRAPHS = 60, 1
WORDS_PER_PLACE, MOST, SHORTEST = 100, 5, 150

_PIN = PlaceReason("pinned")
_CLOSERS = " »”\"')]…"
# A paragraph that is bold from end to end: a question, or a heading by hand.
_BOLD = re.compile(r"\s*<strong>(?:(?!</?strong>).)*</strong>\s*", re.S)


def _reading(block: Block) -> tuple[int, int]:
    """The number of words and of paragraphs in ``block``."""
    if isinstance(block, KeyPoints):
        return 0, 0
    words = words_of(block)
    return words, 1 if isinstance(block, Paragraph) and words else 0


def _ends_in_colon(block: Block) -> bool:
    return block_text(block).rstrip(_CLOSERS).endswith((":", "："))


def _asks(block: Block) -> bool:
    """Say whether ``block`` is a question, as interviews put them: the answer comes next."""
    if not isinstance(block, Paragraph):
        return False
    return bool(_BOLD.fullmatch(block.html)) or block_text(block).rstrip(_CLOSERS).endswith(
        ("؟", "?")
    )


def _introduces(before: Block, following: Block) -> bool:
    """Say whether ``following`` is what ``before`` leads to: what a colon promises, a quotation,
    or the answer to a question."""
    if _ends_in_colon(before):
        return True
    if not isinstance(before, Paragraph):
        return False
    return isinstance(following, Quote) or (_asks(before) and isinstance(following, Paragraph))


def _fits_between(before: Block, following: Block) -> bool:
    return not (
        isinstance(before, Heading | Embed | KeyPoints)
        or isinstance(following, ListBlock | Quote | Image | Gallery | Table | KeyPoints | Embed)
        or _ends_in_colon(before)
        or _asks(before)
    )


def _automatic(
    blocks: Sequence[Block], reading: Sequence[tuple[int, int]], budget: int, gap: int
) -> list[tuple[int, PlaceReason]]:
    """The earliest places that keep every distance: the block each follows, and why."""
    # What lies ahead up to the next pinned inset, or to the end.
    ahead: list[tuple[int, int, bool]] = [(0, 0, False)] * (len(blocks) + 1)
    for i in range(len(blocks) - 1, -1, -1):
        words, paragraphs, next_pin = ahead[i + 1]
        if isinstance(blocks[i], PinnedSeeAlso):
            ahead[i] = (0, 0, True)
        else:
            ahead[i] = (words + reading[i][0], paragraphs + reading[i][1], next_pin)

    result: list[tuple[int, PlaceReason]] = []
    words = paragraphs = 0
    first = True
    for i, block in enumerate(blocks[:-1]):
        if isinstance(block, PinnedSeeAlso):
            words, paragraphs, first = 0, 0, False
            continue
        words, paragraphs = words + reading[i][0], paragraphs + reading[i][1]
        left_words, left_paragraphs, pinned_next = ahead[i + 1]
        if (
            len(result) < budget
            and words >= (FIRST_WORDS if first else gap)
            and paragraphs >= (FIRST_PARAGRAPHS if first else GAP_PARAGRAPHS)
            and left_words >= (GAP_WORDS if pinned_next else LAST_WORDS)
            and left_paragraphs >= (GAP_PARAGRAPHS if pinned_next else LAST_PARAGRAPHS)
            and _fits_between(block, blocks[i + 1])
        ):
            result.append((i, PlaceReason("first" if first else "next", words, paragraphs)))
            words, paragraphs, first = 0, 0, False
    return result


def places(blocks: Sequence[Block], *, sensitive: bool = False) -> tuple[Place, ...]:
    """Return where see-also insets stand in ``blocks``, in reading order, slots from 1.

    ``after`` is the index of the block that an automatic inset follows, and of the
    `PinnedSeeAlso` itself for a pinned one. In a long story
    the automatic ones spread over all of it, as far as that costs none of them.

    >>> from khabarayn.article.blocks import Paragraph
    >>> [(p.after, p.reason.words) for p in places([Paragraph("كلمة " * 48)] * 4)]
    [(1, 96)]
    """
    pins = [(i, _PIN) for i, b in enumerate(blocks) if isinstance(b, PinnedSeeAlso)]
    reading = [_reading(block) for block in blocks]
    total = sum(words for words, _paragraphs in reading)
    budget = min(MOST, total // WORDS_PER_PLACE) - len(pins)
    automatic: list[tuple[int, PlaceReason]] = []
    if not sensitive and total >= SHORTEST and budget > 0:
        widest = (total - FIRST_WORDS - LAST_WORDS) // (budget + len(pins))
        gaps = [max(GAP_WORDS, widest * quarters // 4) for quarters in (4, 3, 2, 0)]
        automatic = max((_automatic(blocks, reading, budget, gap) for gap in gaps), key=len)
    positions = sorted(pins + automatic, key=lambda place: place[0])
    return tuple(Place(slot, after, why) for slot, (after, why) in enumerate(positions, start=1))


def weave(blocks: Sequence[Block], see_also: Iterable[SeeAlso]) -> tuple[Block | SeeAlso, ...]:
    """Return ``blocks`` with each inset after its block; one for a `PinnedSeeAlso` takes its
    place, and a pinned one that no inset fills is left out: its story cannot be shown. One that
    would part a colon, or a paragraph, from what it introduces stands behind that.

    >>> from khabarayn.article.blocks import Paragraph, PinnedSeeAlso
    >>> body = [Paragraph("قال:"), PinnedSeeAlso("2"), Paragraph("«نعم».")]
    >>> [type(part).__name__ for part in weave(body, [SeeAlso(1, 1, None)])]
    ['Paragraph', 'Paragraph', 'SeeAlso']
    """
    waiting: dict[int, list[SeeAlso]] = {}
    for inset in sorted(see_also, key=lambda inset: inset.slot):
        waiting.setdefault(inset.after, []).append(inset)
    result: list[Block | SeeAlso] = []
    pending: list[SeeAlso] = []
    before: Block | None = None
    for i, block in enumerate(blocks):
        if not isinstance(block, PinnedSeeAlso):
            result.append(block)
            before = block
        pending += waiting.get(i, ())
        following = next((b for b in blocks[i + 1 :] if not isinstance(b, PinnedSeeAlso)), None)
        if pending and not (before and following and _introduces(before, following)):
            result += pending
            pending = []
    return tuple(result)
