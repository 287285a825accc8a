"""Many stories are made known at once, after they are public, and none is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from factories.story import BY, MORNING, body, proposal
from sqlalchemy import delete, event, func, select

from khabarayn.desk.record import enqueue
from khabarayn.desk.stories import enter as enter_module
from khabarayn.desk.stories import enter_many as module
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.enter import (
    ENTER,
    LINK,
    PATIENCE_OF_MANY,
    RECONNECT,
    reconnect,
    relearn,
)
from khabarayn.desk.stories.enter_many import enter_many
from khabarayn.desk.stories.publish import publish, put_out
from khabarayn.desk.stories.revise import revise
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.jobs.outbox import not_before, waiting
from khabarayn.search.engine import search
from khabarayn.search.index import indexed_ids, remove
from khabarayn.search.port import SearchRequest
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import ArticleRow, LikenessRow, LinkRow, OutboxRow, PostingRow
from khabarayn.worker import work

pytestmark = pytest.mark.usefixtures("any_app_context")
TOPICS = ("جسور", "كرة", "بحر")


def told(n: int, *, many: bool = False) -> str:
    topic = TOPICS[n % 3]
    given = {"tags": (topic,), "headline": f"{topic} ومدن {n}", "body_html": body(n, 8)}
    public_id = draft(proposal(**given), BY)
    if many:
        put_out(public_id, BY, at=MORNING + timedelta(hours=n), patience=PATIENCE_OF_MANY)
    else:
        publish(public_id, BY, at=MORNING + timedelta(hours=n))
    return public_id


def row_id(public_id: str) -> int:
    return db.session.scalars(select(ArticleRow.id).filter_by(public_id=public_id)).one()


def links() -> dict[int, set[tuple[str, int]]]:
    found: dict[int, set[tuple[str, int]]] = {}
    for row in db.session.execute(select(LinkRow.article_id, LinkRow.kind, LinkRow.target_id)):
        found.setdefault(row.article_id, set()).add((row.kind, row.target_id))
    db.session.rollback()
    return found


def waiting_for(topic: str) -> int:
    query = select(func.count()).where(OutboxRow.topic == topic, OutboxRow.done_at.is_(None))
    return db.session.scalar(query) or 0


def test_many_get_the_links_that_they_get_one_by_one():
    ids = [told(n) for n in range(12)]
    # By the words of all of them, not of those that were here when each came.
    for public_id in ids:
        relearn(public_id)
    reconnect(ids)
    one_by_one = links()
    assert len(one_by_one) == 12
    all_forgotten(ids)
    assert enter_many() == 12
    assert links() == one_by_one
    assert waiting_for(ENTER) == 0
    assert enter_many() == 0


def test_stories_that_were_here_before_lead_to_those_that_came():
    old = row_id(told(0))
    new = row_id(told(3, many=True))
    assert links() == {}
    enter_many()
    assert ("rel", new) in links()[old]


def test_a_killed_import_loses_nothing_and_the_worker_does_the_rest():
    told(0, many=True)
    told(3, many=True)
    ids = list(db.session.scalars(select(ArticleRow.id)))
    work(once=True)
    assert (links(), indexed_ids(ids), waiting_for(ENTER)) == ({}, set(), 2)
    with time_machine.travel(now() + PATIENCE_OF_MANY + timedelta(seconds=1), tick=False):
        work(once=True)
    assert set(links()) == indexed_ids(ids) == set(ids)
    assert waiting_for(ENTER) == 0


def test_many_that_wait_hide_nothing_that_stands_behind_them(monkeypatch):
    monkeypatch.setattr("khabarayn.jobs.outbox._LOOKED_AT", 2)
    for n in range(5):
        told(n, many=True)
    with writing():
        enqueue("told last")
        commit()
    work(once=True)
    last = select(OutboxRow.done_at).where(OutboxRow.topic == "told last")
    assert db.session.scalar(last) is not None
    assert waiting_for(ENTER) == 5


def test_no_link_leads_to_a_story_withdrawn_while_links_were_decided(monkeypatch):
    gone = told(0)
    told(3, many=True)
    decide = enter_module.links_of
    decided = []

    def slowly(row, *given):
        made = decide(row, *given)
        if not decided:
            decided.append([link.target_id for link in made])
            withdraw(gone, BY, "خطأ في المصدر")
        return made

    monkeypatch.setattr(enter_module, "links_of", slowly)
    enter_many()
    assert decided == [[row_id(gone)]]
    assert links() == {}


def test_a_text_published_while_an_older_one_was_being_indexed_is_what_search_finds(monkeypatch):
    public_id = told(0, many=True)
    make = module.documents_of
    made = []

    def slowly(rows):
        documents = make(rows)
        if not made:
            made.append(documents)
            revise(public_id, proposal(headline="زرافة في الحديقة"), BY)
            publish(public_id, BY)
        return documents

    monkeypatch.setattr(module, "documents_of", slowly)
    enter_many()
    assert [hit.card.id for hit in search(SearchRequest("زرافة")).hits] == [public_id]
    assert search(SearchRequest("جسور")).hits == ()


def test_an_import_asks_the_database_little_for_each_story():
    for n in range(20):
        told(n, many=True)
    asked = []

    def note(*_):
        asked.append(1)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        enter_many()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(asked) / 20 < 45


class Killed(BaseException):
    """The process ends here."""


def killed_at(monkeypatch, name: str, times: int) -> None:
    """Have the import killed when the function ``name`` is called after ``times`` calls."""
    work_of = getattr(module, name)
    calls = []

    def once_more(*given, **named):
        calls.append(1)
        if len(calls) > times:
            raise Killed
        return work_of(*given, **named)

    with monkeypatch.context() as patched:
        for size in ("GROUP", "TOGETHER"):
            patched.setattr(module, size, 4)
        patched.setattr(module, name, once_more)
        with pytest.raises(Killed):
            enter_many()
    db.session.rollback()


def all_forgotten(ids: list[str]) -> None:
    """Make these published stories ones that wait to be made known."""
    with writing():
        for row in db.session.scalars(select(ArticleRow)).all():
            remove(row)
            if row.public_id in ids:
                enqueue(ENTER, row, **not_before(now() + PATIENCE_OF_MANY))
        for table in (LinkRow, PostingRow, LikenessRow):
            db.session.execute(delete(table))
        commit()


# The function that is not called any more, how often it was, and what waits then.
KILLS = pytest.mark.parametrize(
    ("name", "times", "entering", "linking"),
    [
        ("documents_of", 1, 12, 0),
        ("likeness_of", 5, 8, 4),
        ("relate", 0, 0, 12),
        ("relate", 2, 0, 4),
    ],
)


@KILLS
def test_an_import_killed_in_its_last_passes_is_ended_by_the_next(
    monkeypatch, name, times, entering, linking
):
    ids = [told(n, many=True) for n in range(12)]
    enter_many()
    whole = links()
    assert len(whole) == 12
    all_forgotten(ids)
    killed_at(monkeypatch, name, times)
    assert (waiting_for(ENTER), waiting_for(LINK)) == (entering, linking)
    enter_many()
    assert links() == whole
    assert {waiting_for(topic) for topic in (ENTER, LINK, RECONNECT)} == {0}


@KILLS
def test_an_import_killed_in_its_last_passes_is_ended_by_the_worker(
    monkeypatch, name, times, entering, linking
):
    ids = [told(n, many=True) for n in range(12)]
    enter_many()
    whole = links()
    all_forgotten(ids)
    killed_at(monkeypatch, name, times)
    with time_machine.travel(now() + PATIENCE_OF_MANY + timedelta(seconds=1), tick=False):
        work(once=True)
    assert links() == whole
    assert {waiting_for(topic) for topic in (ENTER, LINK, RECONNECT)} == {0}
    assert (entering, linking) != (0, 0)


def test_older_neighbours_of_a_killed_import_are_led_to_what_it_brought(monkeypatch):
    old = row_id(told(0))
    new = row_id(told(3, many=True))
    killed_at(monkeypatch, "lead", 0)
    assert links() == {new: {("rel", old)}}
    assert waiting_for(RECONNECT) == 1
    enter_many()
    assert ("rel", new) in links()[old]


def test_two_imports_at_once_leave_what_one_alone_leaves():
    ids = [told(n, many=True) for n in range(12)]
    enter_many()
    whole = links()
    all_forgotten(ids)
    others = []

    def another(*_) -> None:
        if not others:
            others.append(1)
            others.append(enter_many())

    enter_many(another)
    assert others
    assert links() == whole
    assert {waiting_for(topic) for topic in (ENTER, LINK, RECONNECT)} == {0}


def test_what_is_done_is_told_while_it_goes_on(monkeypatch):
    for size in ("GROUP", "TOGETHER"):
        monkeypatch.setattr(module, size, 4)
    for n in range(10):
        told(n, many=True)
    old = told(12)
    told(15, many=True)
    done: list[tuple[str, int, int]] = []
    assert enter_many(lambda *given: done.append(given)) == 11
    assert done == [
        *(("index", n, 11) for n in (4, 8, 11)),
        *(("link", n, 11) for n in (4, 8, 11)),
        ("lead", 3, 3),
    ]
    assert row_id(old) in links()


def test_an_older_story_near_to_many_new_ones_is_led_anew_once(monkeypatch):
    old = row_id(told(0))
    for n in range(1, 8):
        told(3 * n, many=True)
    led = []
    lead = module.lead

    def noted(ids):
        led.extend(ids)
        lead(ids)

    for size in ("GROUP", "TOGETHER"):
        monkeypatch.setattr(module, size, 2)
    monkeypatch.setattr(module, "lead", noted)
    enter_many()
    assert led == [old]


def test_what_waits_is_read_a_part_at_a_time(monkeypatch):
    monkeypatch.setattr("khabarayn.jobs.outbox._LOOKED_AT", 2)
    ids = [told(n, many=True) for n in range(5)]
    read = []
    for _number, payload in waiting(ENTER):
        read.append(payload["id"])
        if len(read) == 1:
            told(9, many=True)
    assert read == ids
