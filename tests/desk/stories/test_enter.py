"""A story is made known after it is public, and without the lock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from factories.story import BY, MORNING, body, proposal
from sqlalchemy import func, select

from khabarayn.desk.stories import enter as module
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.enter import ENTER
from khabarayn.desk.stories.publish import publish
from khabarayn.desk.stories.withdraw import withdraw
from khabarayn.desk.stories.write_if_unchanged import LinksUnsettled
from khabarayn.jobs.outbox import beat
from khabarayn.store.db import db, within_writing
from khabarayn.store.models import ArticleRow, OutboxRow
from khabarayn.worker import work

pytestmark = pytest.mark.usefixtures("any_app_context")
TOPICS = ("جسور", "كرة", "بحر")


def told(n: int) -> str:
    topic = TOPICS[n % 3]
    given = {"tags": (topic,), "headline": f"{topic} ومدن {n}", "body_html": body(n, 8)}
    public_id = draft(proposal(**given), BY)
    publish(public_id, BY, at=MORNING + timedelta(hours=n))
    return public_id


def still_open() -> int:
    query = select(func.count()).where(OutboxRow.topic == ENTER, OutboxRow.done_at.is_(None))
    return db.session.scalar(query) or 0


def test_a_story_is_public_though_nobody_could_make_it_known(monkeypatch):
    def never(*_):
        raise LinksUnsettled("as under many writers")

    monkeypatch.setattr(module, "write_if_unchanged", never)
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
