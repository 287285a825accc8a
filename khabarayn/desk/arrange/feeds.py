"""Subscribe to feeds of agencies and papers, and note how they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update

from khabarayn.desk.by import By
from khabarayn.desk.fields import Fields
from khabarayn.desk.permissions import require
from khabarayn.desk.record import log
from khabarayn.desk.refused import Refused
from khabarayn.store.db import commit, db, now, writing
from khabarayn.store.models import FeedRow, SectionRow, SourceRow

ADDRESS, NAME = 500, 120
# Minutes between two questions: what editors may choose from, and the most after failures.
INTERVALS = (15, 30, 60, 180, 720, 1440)
LONGEST = timedelta(days=1)
DRAFT, OWN = "draft", ""
# How long a worker that asks a feed may take before another asks it.
LEASE = timedelta(minutes=30)
# A server that says this of a feed will never have it again.
GONE_STATUS = "410"


@dataclass(frozen=True)
class FeedForm:
    """What the form of a feed says: ``source`` is the name that its stories are credited to,
    ``section`` a path or empty, ``status`` `DRAFT` or `OWN`."""

    url: str = ""
    source: str = ""
    section: str = ""
    status: str = DRAFT
    minutes: int = INTERVALS[1]


@dataclass(frozen=True)
class Answer:
    """How a feed answered: ``problem`` and ``detail`` why not, ``wait`` for how many seconds its
    server asks to be left alone, else its validators and what became of its stories."""

    problem: str = ""
    detail: str = ""
    wait: int = 0
    etag: str = ""
    modified: str = ""
    report: Mapping[str, Any] | None = None


@writing("sources")
def add_feed(form: FeedForm, by: By) -> int:
    """Subscribe to a feed, to be asked at once, and return its number; the source is made where
    it is new. Raises `Refused`."""
    require(by, "arrange.sources")
    row = FeedRow(next_at=now())
    _describe(row, form)
    db.session.add(row)
    log("add_feed", by, url=row.url)
    commit()
    return row.id


@writing("sources")
def change_feed(number: int, form: FeedForm, by: By) -> None:
    """Change a feed; another address is asked at once. Raises `Refused`."""
    require(by, "arrange.sources")
    row = _row(number)
    before = row.url
    _describe(row, form)
    if row.url != before:
        row.etag = row.modified = row.problem = row.detail = ""
        row.failures, row.next_at = 0, now()
    log("change_feed", by, url=row.url)
    commit()


@writing()
def pause_feed(number: int, by: By) -> None:
    """Ask a feed no more until `ask_feed`. Raises `Refused`."""
    require(by, "arrange.sources")
    row = _row(number)
    row.next_at = None
    log("pause_feed", by, url=row.url)
    commit()


@writing()
def ask_feed(number: int, by: By) -> None:
    """Let the worker ask a feed as soon as it can, one that was paused too. Raises `Refused`."""
    require(by, "arrange.sources")
    row = _row(number)
    row.next_at = now()
    log("ask_feed", by, url=row.url)
    commit()


@writing("sources")
def delete_feed(number: int, by: By) -> None:
    """End the subscription to a feed; its stories stay. Raises `Refused`."""
    require(by, "arrange.sources")
    row = _row(number)
    log("delete_feed", by, url=row.url)
    db.session.delete(row)
    commit()


@writing()
def claim_feed(number: int) -> bool:
    """Hold a feed whose time has come for `LEASE`, and say whether this worker is the one that
    asks it."""
    at = now()
    due = update(FeedRow).where(FeedRow.id == number, FeedRow.next_at <= at)
    row = db.session.execute(
        due.values(next_at=at + LEASE, asked_at=at).returning(FeedRow.id)
    ).first()
    commit()
    return row is not None


@writing()
def note_answer(number: int, answer: Answer) -> None:
    """Note how a feed answered, and when it is asked next: after its interval, twice as long after
    each failure, never before its server allows, and no more when it is gone for good."""
    row = db.session.get(FeedRow, number)
    if row is None:
        return
    at = now()
    row.asked_at = at
    row.problem, row.detail = answer.problem[:40], answer.detail[:200]
    pause = timedelta(minutes=row.minutes)
    if answer.problem:
        row.failures += 1
        pause = min(LONGEST, pause * 2 ** min(row.failures, 8))
    else:
        row.failures, row.answered_at = 0, at
        row.etag, row.modified = answer.etag, answer.modified
    if answer.report is not None:
        row.report = dict(answer.report)
    is_gone = answer.problem == "status" and answer.detail == GONE_STATUS
    if row.next_at is not None:
        row.next_at = None if is_gone else at + max(pause, timedelta(seconds=answer.wait))
    commit()


def _row(number: int) -> FeedRow:
    row = db.session.get(FeedRow, number)
    if row is None:
        raise Refused("feed", _("لا خلاصة بهذا المعرّف."))
    return row


def _describe(row: FeedRow, form: FeedForm) -> None:
    fields = Fields()
    url = fields.web_address("url", form.url, ADDRESS)
    same = select(FeedRow.id).where(FeedRow.url == url, FeedRow.id != (row.id or 0))
    with db.session.no_autoflush:
        if url and db.session.scalar(same) is not None:
            fields.wrong("url", _("هذه الخلاصة في القائمة."))
        name = fields.line("source", _("المصدر"), form.source, NAME, _("لا بدّ من اسم المصدر."))
        if "|" in name:
            fields.wrong("source", _("لا بدّ من اسم، بلا العلامة |."))
        section_id = db.session.scalar(select(SectionRow.id).where(SectionRow.slug == form.section))
        source = db.session.scalar(select(SourceRow).where(SourceRow.name == name))
    if form.section and section_id is None:
        fields.wrong("section", _("اختر قسمًا من القائمة."))
    if form.status not in {DRAFT, OWN}:
        fields.wrong("status", _("اختر حالة من القائمة."))
    if form.minutes not in INTERVALS:
        fields.wrong("minutes", _("اختر مدة من القائمة."))
    fields.raise_faults()
    if source is None:
        source = SourceRow(name=name)
        db.session.add(source)
        db.session.flush()
    row.url, row.source_id, row.section_id = url, source.id, section_id
    row.status, row.minutes = form.status, form.minutes
