"""Make known every published story that waits for it, in three passes: all are indexed and learned,
then each is linked, then the older stories near to them are linked anew, each once.

How far this has come stands in the outbox, group by group: what a killed process has left is done
by the next import, or by the worker. Of what is kept in memory nothing grows with the number of
stories but their row ids.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial

from khabarayn.desk.record import enqueue
from khabarayn.desk.stories.enter import (
    ENTER,
    LINK,
    PATIENCE_OF_MANY,
    RECONNECT,
    Frequencies,
    Neighbourhood,
    enter_later,
    lead,
    relate,
    write_documents,
)
from khabarayn.desk.stories.write_if_unchanged import (
    GROUP,
    TOGETHER,
    close_rows,
    parts,
    public_ids,
    row_ids,
    stories,
    write_if_unchanged,
)
from khabarayn.jobs.outbox import Payload, count_waiting, due, not_before, still_open, waiting
from khabarayn.jobs.outbox import close as tick_off
from khabarayn.related.index import likeness_of, outlines_of, store_likenesses
from khabarayn.related.profile import Outline, weigh
from khabarayn.search.document import Document, documents_of
from khabarayn.store.db import now
from khabarayn.store.models import ArticleRow
from khabarayn.store.queries.related import Likeness, story_count

# So many stories are indexed before the first profile is made, which counts the words of all.
PASS = 500
# The older stories of so many rows of the outbox are linked anew at once.
ROWS = 50
# The columns of a story that are needed when its profile is made.
_SHORT = ("id", "language", "public_id", "rev", "section_id", "published_at", "created_at")
# Called with a step («index», «link», «lead»), how much of it is done, and of how much.
Advance = Callable[[str, int, int], None]
Row = tuple[int, Payload]


def enter_many(advance: Advance = lambda _step, _count, _of: None) -> int:
    """Index and link every story that stands in the outbox, and the stories near to them; return
    how many were indexed. ``advance`` is told how far each step has come: stories indexed, stories
    linked, groups of stories whose neighbours are linked anew. Raises `LinksUnsettled`."""
    later = not_before(now() + PATIENCE_OF_MANY)
    index_count, link_count, of = 0, 0, count_waiting(ENTER)
    for part in parts(waiting(ENTER), PASS):
        for count in _learn_all(part, later):
            advance("index", index_count + count, of)
        index_count += len(part)
    # The new stories are linked once all are indexed; only links of older ones change after that.
    new = {one for part in parts(waiting(LINK), PASS) for one in row_ids(_stories_in(part))}
    of = count_waiting(LINK)
    for part in parts(waiting(LINK), TOGETHER):
        _link_all(part, new, later)
        link_count += len(part)
        advance("link", link_count, of)
    _lead_neighbours(partial(advance, "lead"))
    return index_count


def enter_left(number: int, payload: Payload) -> None:
    """Index the story that a row of the outbox names, which a killed process has left, together
    with others that were left, and have them linked; one alone is linked at once."""
    queue = due(ENTER, number, GROUP)
    if len(queue) == 1:
        enter_later(number, payload)
    elif queue:
        for _ in _learn_all(queue, {}):
            pass


def link_left(number: int, payload: Payload) -> None:
    """Link the indexed story that a row of the outbox names, which a killed import has left,
    together with others that were left."""
    del payload
    if queue := due(LINK, number, GROUP):
        _link_all(queue, set(row_ids(_stories_in(queue))), {})


class _Outlines:
    """What stories say, from when they are indexed until their words are weighed: a story that is
    changed in between is read anew."""

    def __init__(self) -> None:
        self._outlines: dict[int, tuple[ArticleRow, Outline]] = {}

    def documents(self, rows: Sequence[ArticleRow]) -> list[Document]:
        """Return what search keeps of these stories, and remember what they say."""
        result = documents_of(rows)
        for row, outline in zip(rows, outlines_of(rows), strict=True):
            short = {name: getattr(row, name) for name in _SHORT}
            self._outlines[row.id] = ArticleRow(**short), outline
        return result

    def read(self, ids: Sequence[int]) -> list[ArticleRow]:
        """Return these stories: those that are remembered without their text."""
        fresh = stories([number for number in ids if number not in self._outlines])
        return [self._outlines[number][0] for number in ids if number in self._outlines] + fresh

    def outlines(self, rows: Sequence[ArticleRow]) -> list[Outline]:
        """Return the outlines of stories that were just `read`, and forget them."""
        result = {row.id: entry[1] for row in rows if (entry := self._outlines.pop(row.id, None))}
        fresh = [row for row in rows if row.id not in result]
        result |= {row.id: one for row, one in zip(fresh, outlines_of(fresh), strict=True)}
        return [result[row.id] for row in rows]


def _learn_all(part: Sequence[Row], later: Payload) -> Iterator[int]:
    """Index these stories, then keep what each is compared by; yield how many are done. Each is to
    be linked after that, by the worker at the earliest when ``later`` says."""
    numbers = _numbers(part)
    ids = row_ids(numbers)
    reader, counts = _Outlines(), Frequencies()
    for group in parts(ids, GROUP):
        write_if_unchanged(group, reader.documents, write_documents)

    # The frequencies count all of these stories by now, and no other story is indexed meanwhile.
    def weigh_rows(rows: Sequence[ArticleRow]) -> list[Likeness]:
        outlines = reader.outlines(rows)
        counts({stem for outline in outlines for stem in outline.stems})
        everything = story_count()
        return [
            likeness_of(row, weigh(outline, everything, counts))
            for row, outline in zip(rows, outlines, strict=True)
        ]

    def learn(rows: Sequence[ArticleRow], likenesses: Sequence[Likeness]) -> None:
        store_likenesses(likenesses)
        for row in rows:
            enqueue(LINK, row, **later)
        tick_off([number for row in rows for number in numbers.pop(row.public_id)])

    for number, group in enumerate(parts(ids, GROUP), 1):
        write_if_unchanged(group, weigh_rows, learn, read=reader.read)
        yield min(number * GROUP, len(ids))
    # Those of stories that are no longer published.
    close_rows([number for each in numbers.values() for number in each])


def _link_all(part: Sequence[Row], new: Collection[int], later: Payload) -> None:
    """Link these stories to those near to them, and have those that are not ``new`` linked anew."""
    numbers = _numbers(part)

    def also(rows: Sequence[ArticleRow], meetings: Sequence[Neighbourhood]) -> None:
        older = {number for meeting in meetings for number in meeting.near} - set(new)
        if older:
            enqueue(RECONNECT, neighbours=public_ids(older), **later)
        tick_off([number for row in rows for number in numbers.pop(row.public_id)])

    relate(row_ids(numbers), also=also)
    # Those of stories that are no longer published.
    close_rows([number for each in numbers.values() for number in each])


def _lead_neighbours(advance: Callable[[int, int], None]) -> None:
    """Link all stories anew whose links others may have changed, each once."""
    led_ids: set[int] = set()
    count, of = 0, count_waiting(RECONNECT)
    for part in parts(waiting(RECONNECT), ROWS):
        names = {str(name) for _, payload in part for name in payload.get("neighbours", ())}
        ids = [number for number in row_ids(names) if number not in led_ids]
        for group in parts(ids, TOGETHER):
            lead(group)
        led_ids.update(ids)
        close_rows([number for number, _ in part])
        count += len(part)
        advance(count, of)


def _stories_in(part: Sequence[Row]) -> list[str]:
    return [str(payload.get("id", "")) for _, payload in part]


def _numbers(part: Sequence[Row]) -> dict[str, list[int]]:
    """Return the numbers of those of these rows that nobody has closed meanwhile, by story."""
    numbers: dict[str, list[int]] = {}
    open_now = still_open([number for number, _ in part])
    for (number, _), story in zip(part, _stories_in(part), strict=True):
        if number in open_now:
            numbers.setdefault(story, []).append(number)
    return numbers
