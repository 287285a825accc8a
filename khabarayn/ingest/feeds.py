"""Take in what is new in the feeds that the paper subscribes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from flask_babel import get_locale
from flask_babel import gettext as _

from khabarayn.article.story import Source
from khabarayn.desk.arrange.feeds import Answer, claim_feed, note_answer
from khabarayn.desk.by import IMPORT
from khabarayn.ingest.accept import Intake
from khabarayn.ingest.adapt import Places
from khabarayn.ingest.fetch import FetchRefused, Validators, fetch
from khabarayn.ingest.report import ACCEPTED, REFUSED, UNCHANGED, UPDATED, Report
from khabarayn.ingest.sources import stories_of
from khabarayn.media.port import MediaStore
from khabarayn.settings import Settings
from khabarayn.store.db import db
from khabarayn.store.queries.feeds import FeedUse, due_feeds
from khabarayn.store.queries.languages import main_language
from khabarayn.store.queries.sections import sections_named_in

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/json, "
    "application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.1"
)
# It answered with what is no list of news; its report says what is wrong.
NO_FEED = "unread"
# So many rows of a round that an editor should look at are kept.
KEPT_ROWS = 30


def read_due_feeds(settings: Settings, store: MediaStore, should_stop: Callable[[], bool]) -> int:
    """Ask every feed whose time has come, each host once, and return how many were asked.

    Needs an application context. No lock of the database is held while another machine is asked,
    and one that does not answer is given up after `khabarayn.ingest.fetch.SECONDS`.
    """
    count = 0
    hosts: set[str] = set()
    for feed in due_feeds():
        host = urlsplit(feed.url).hostname or ""
        if host in hosts or should_stop():
            continue
        hosts.add(host)
        db.session.rollback()
        if claim_feed(feed.number):
            read_feed(feed, settings, store, should_stop)
            count += 1
    return count


def read_feed(
    feed: FeedUse,
    settings: Settings,
    store: MediaStore,
    should_stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Ask a feed for what is newer than its last answer, take that in, and note how it answered."""
    try:
        report, validators = _take(feed, settings, store, dry=False, should_stop=should_stop)
    except FetchRefused as refusal:
        note_answer(feed.number, Answer(refusal.reason, refusal.detail, refusal.wait))
        return Report(())
    if report.stopped:
        # The next round begins with the same answer.
        validators = Validators(feed.etag, feed.modified)
    elif report.rows and all(row.outcome == REFUSED and not row.headline for row in report.rows):
        note_answer(feed.number, Answer(NO_FEED, report=summary(report)))
        return report
    new_report = summary(report)
    note_answer(
        feed.number,
        Answer(
            etag=validators.etag,
            modified=validators.modified,
            report=new_report if new_report["rows"] else None,
        ),
    )
    return report


def preview(feed: FeedUse, settings: Settings, store: MediaStore) -> Report:
    """Return what would become of each story of a feed, and write nothing. Raises
    `FetchRefused`."""
    return _take(replace(feed, etag="", modified=""), settings, store, dry=True)[0]


def health(feed: FeedUse) -> str:
    """Return in words what keeps a feed from being read, '' when nothing does."""
    if feed.problem == NO_FEED:
        return _("جوابها ليس خلاصة أخبار تُقرأ.")
    if feed.problem:
        return FetchRefused(feed.problem, feed.detail).message()
    return _("موقوفة.") if feed.paused else ""


def summary(report: Report) -> dict[str, Any]:
    """Return the counts of a report and its rows that tell something new, those that somebody
    should look at first, as JSON-ready values."""
    rows = [row for row in report.rows if row.notes or row.outcome != UNCHANGED]
    rows.sort(key=lambda row: not (row.notes or row.outcome == REFUSED))
    return {"counts": report.counts, "rows": [row.to_json() for row in rows[:KEPT_ROWS]]}


def _take(
    feed: FeedUse,
    settings: Settings,
    store: MediaStore,
    *,
    dry: bool,
    should_stop: Callable[[], bool] = lambda: False,
) -> tuple[Report, Validators]:
    before = Validators(feed.etag, feed.modified)
    answer = fetch(feed.url, allow_private=settings.fetch_private, accept=ACCEPT, before=before)
    if answer.same:
        return Report(()), before
    sections = sections_named_in(main_language(), str(get_locale() or main_language()))
    intake = Intake(
        store=store,
        places=Places(sections, always=feed.section),
        by=IMPORT,
        status=feed.status,
        allow_private=settings.fetch_private,
        dry=dry,
        zone=settings.tz,
        credit=Source(feed.source, feed.source_url),
    )
    rows = tuple(intake.take(stories_of(feed.url, answer, settings.tz), should_stop))
    if not dry and any(row.outcome in {ACCEPTED, UPDATED} for row in rows):
        intake.finish()
    return Report(rows, should_stop()), answer.validators
