"""Stories are made known after they are public, and without the lock, and none is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from factories.story import BY, MORNING, body, proposal
from sqlalchemy import delete, event, func, select

from khabarayn.desk.record import tell
from khabarayn.desk.stories import enter as module
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.enter import (
    ENTER,
    PATIENCE_OF_MANY,
    LinksUnsettled,
    enter_many,
    reconnect,
    relearn,
)
from khabarayn.desk.stories.publish import publish, put_out
from khabarayn.desk.stories.revise import revise
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.jobs.outbox import beat
from khabarayn.search.engine import search
from khabarayn.search.index import indexed_ids, remove
from khabarayn.search.port import SearchRequest
from khabarayn.store.db import commit, db, now, within_writing, writing
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


def still_open() -> int:
    query = select(func.count()).where(OutboxRow.topic == ENTER, OutboxRow.done_at.is_(None))
    return db.session.scalar(query) or 0


def test_many_get_the_links_that_they_get_one_by_one():
    ids = [told(n) for n in range(12)]
    # By the words of all of them, not of those that were here when each came.
    for public_id in ids:
        relearn(public_id)
    reconnect(ids)
    one_by_one = links()
    assert len(one_by_one) == 12
    with writing():
        for row in db.session.scalars(select(ArticleRow)).all():
            remove(row)
            tell(ENTER, row)
        for table in (LinkRow, PostingRow, LikenessRow):
            db.session.execute(delete(table))
        commit()
    assert enter_many() == 12
    assert links() == one_by_one
    assert still_open() == 0
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
    assert (links(), indexed_ids(ids), still_open()) == ({}, set(), 2)
    with time_machine.travel(now() + PATIENCE_OF_MANY + timedelta(seconds=1), tick=False):
        work(once=True)
    assert set(links()) == indexed_ids(ids) == set(ids)
    assert still_open() == 0


def test_many_that_wait_hide_nothing_that_stands_behind_them(monkeypatch):
    monkeypatch.setattr("khabarayn.jobs.outbox._LOOKED_AT", 2)
    for n in range(5):
        told(n, many=True)
    with writing():
        tell("told last")
        commit()
    work(once=True)
    last = select(OutboxRow.done_at).where(OutboxRow.topic == "told last")
    assert db.session.scalar(last) is not None
    assert still_open() == 5


def test_no_link_leads_to_a_story_withdrawn_while_links_were_decided(monkeypatch):
    gone = told(0)
    told(3, many=True)
    decide = module.links_of
    decided = []

    def slowly(row, *given):
        made = decide(row, *given)
        if not decided:
            decided.append([link.target_id for link in made])
            withdraw(gone, BY, "خطأ في المصدر")
        return made

    monkeypatch.setattr(module, "links_of", slowly)
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


def test_a_story_is_public_though_nobody_could_make_it_known(monkeypatch):
    def never(*_):
        raise LinksUnsettled("as under many writers")

    monkeypatch.setattr(module, "_settled", never)
    public_id = told(0)
    assert db.session.scalar(select(ArticleRow.status).filter_by(public_id=public_id)) == (
        "published"
    )
    assert still_open() == 1


@pytest.mark.parametrize("worker", [True, False], ids=["beside a worker", "without a worker"])
def test_likeness_and_links_are_decided_while_others_may_write(monkeypatch, worker):
    for n in range(4):
        told(3 * n)
    if worker:
        beat()
    asked = []
    for name in ("documents_of", "profiles_of", "compare_all", "links_of"):
        work_of = getattr(module, name)

        def noted(*given, name=name, work_of=work_of):
            asked.append((name, within_writing()))
            return work_of(*given)

        monkeypatch.setattr(module, name, noted)
    public_id = told(12)
    withdraw(public_id, BY, "خطأ في المصدر")
    work(once=True)
    assert {name for name, _ in asked} == {"documents_of", "profiles_of", "compare_all", "links_of"}
    assert not any(locked for _, locked in asked)


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
