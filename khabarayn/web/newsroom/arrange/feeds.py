"""The pages of the feeds that stories are taken from: how each answers, and what would enter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import abort, current_app
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from khabarayn.arabic.numerals import number as digits
from khabarayn.desk.arrange.feeds import (
    ADDRESS,
    DRAFT,
    INTERVALS,
    OWN,
    FeedForm,
    add_feed,
    ask_feed,
    change_feed,
    delete_feed,
    pause_feed,
)
from khabarayn.desk.by import By
from khabarayn.desk.fields import Fields
from khabarayn.desk.refused import Refused, faults_of
from khabarayn.ingest.feeds import KEPT_ROWS, health, preview, summary
from khabarayn.ingest.fetch import FetchRefused
from khabarayn.ingest.report import OUTCOMES, REFUSED, Report
from khabarayn.settings import settings_of
from khabarayn.store.queries.feeds import FeedUse, feed_by_number
from khabarayn.store.queries.feeds import feeds as all_feeds
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.site import overlaid
from khabarayn.store.queries.sources import source_uses
from khabarayn.web.newsroom.access import acting, needs
from khabarayn.web.newsroom.forms import (
    GOOD,
    Faults,
    form_value,
    number,
    redirect_with_error,
    redirect_with_notice,
)
from khabarayn.web.page import Page


@dataclass(frozen=True)
class StoryLine:
    """What became of a story, or would: its ``outcome`` in words, its headline, the address of it
    in the newsroom or '', and what an editor should know of it."""

    outcome: str
    headline: str
    is_refused: bool
    id: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class FeedLine:
    """A feed of the list, and in words what keeps it from being read."""

    feed: FeedUse
    trouble: str


@dataclass(frozen=True)
class Choices:
    """What the form of a feed lets choose from: value and words."""

    sources: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]
    statuses: tuple[tuple[str, str], ...]
    minutes: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class FeedsPage(Page):
    """The feeds with their health, and the form for a new one; ``lines`` and ``counts`` are what
    would enter from it, when that was asked."""

    template: ClassVar[str] = "newsroom/arrange/feeds.html"

    title: str
    feeds: tuple[FeedLine, ...]
    form: FeedForm
    choices: Choices
    checked: bool
    counts: tuple[str, ...]
    lines: tuple[StoryLine, ...]
    bad: Faults


@dataclass(frozen=True)
class FeedPage(Page):
    """One feed: its form, its health, and what its last round brought."""

    template: ClassVar[str] = "newsroom/arrange/feed.html"

    title: str
    feed: FeedUse
    trouble: str
    form: FeedForm
    choices: Choices
    counts: tuple[str, ...]
    lines: tuple[StoryLine, ...]
    bad: Faults


@needs("arrange.sources")
def feeds() -> str:
    """Show every feed and an empty form for a new one."""
    return _list(FeedForm(), GOOD)


@needs("arrange.sources")
def check() -> Any:
    """Show what would enter from the feed that the form names; write nothing. A feed that does not
    answer, or a form with faults, comes again (422)."""
    form = _form()
    fields = Fields()
    url = fields.web_address("url", form.url, ADDRESS)
    settings = overlaid(settings_of(current_app.config))
    report = Report(())
    if url:
        new_feed = FeedUse(
            0, url, form.source or _("خلاصة جديدة"), "", form.section, form.status, form.minutes,
            "", "", None, None, None, 0, "", "", {},
        )  # fmt: skip
        try:
            report = preview(new_feed, settings, current_app.extensions["khabarayn.media"])
        except FetchRefused as refusal:
            fields.wrong("url", refusal.message())
    bad = {field: str(words) for field, words in fields.faults.items()}
    if bad:
        return _list(form, bad), 422
    return _list(form, GOOD, report)


@needs("arrange.sources")
def subscribe() -> Any:
    """Subscribe to a feed; a form with faults comes again (422)."""
    form = _form()
    try:
        new_number = add_feed(form, acting())
    except Refused as refused:
        return _list(form, faults_of(refused)), 422
    return redirect_with_notice(
        _("أضيفت الخلاصة، وتُقرأ بعد قليل."), "newsroom.feed", number=new_number
    )


@needs("arrange.sources")
def feed(number: int) -> str:
    """Show one feed."""
    this_feed = _feed(number)
    return _one(this_feed, _form_of(this_feed), GOOD)


@needs("arrange.sources")
def save(number: int) -> Any:
    """Change a feed; a form with faults comes again (422)."""
    this_feed, form = _feed(number), _form()
    try:
        change_feed(number, form, acting())
    except Refused as refused:
        return _one(this_feed, form, faults_of(refused)), 422
    return redirect_with_notice(_("حُفظت الخلاصة."), "newsroom.feed", number=number)


@needs("arrange.sources")
def ask(number: int) -> Any:
    """Let the worker read a feed as soon as it can."""
    return _redirect_after(number, ask_feed, _("تُقرأ الخلاصة بعد قليل."))


@needs("arrange.sources")
def pause(number: int) -> Any:
    """Let a feed be read no more."""
    return _redirect_after(number, pause_feed, _("أُوقفت الخلاصة."))


@needs("arrange.sources")
def drop(number: int) -> Any:
    """End the subscription to a feed."""
    try:
        delete_feed(number, acting())
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.feeds")
    return redirect_with_notice(_("أُلغي الاشتراك."), "newsroom.feeds")


VERBS = {"ask": ask, "pause": pause, "delete": drop}


def _redirect_after(number: int, verb: Callable[[int, By], None], words: str) -> Any:
    try:
        verb(number, acting())
    except Refused as refused:
        return redirect_with_error(refused, "newsroom.feeds")
    return redirect_with_notice(words, "newsroom.feed", number=number)


def _feed(number: int) -> FeedUse:
    return feed_by_number(number) or abort(404)


def _form() -> FeedForm:
    return FeedForm(
        form_value("url").strip(),
        form_value("source"),
        form_value("section"),
        form_value("status"),
        number("minutes"),
    )


def _form_of(this_feed: FeedUse) -> FeedForm:
    return FeedForm(
        this_feed.url, this_feed.source, this_feed.section, this_feed.status, this_feed.minutes
    )


def _list(form: FeedForm, bad: Faults, report: Report | None = None) -> str:
    lines = tuple(FeedLine(one, health(one)) for one in all_feeds())
    counts, stories = _lines_of(_would_enter(report)) if report else ((), ())
    return FeedsPage(
        _("الخلاصات الواردة"), lines, form, _choices(), report is not None, counts, stories, bad
    ).render()


def _one(this_feed: FeedUse, form: FeedForm, bad: Faults) -> str:
    counts, stories = _lines_of(this_feed.report)
    return FeedPage(
        this_feed.source, this_feed, health(this_feed), form, _choices(), counts, stories, bad
    ).render()


def _would_enter(report: Report) -> Mapping[str, Any]:
    """Return the report with its sound rows too, as far as they are shown."""
    return {**summary(report), "rows": [row.to_json() for row in report.rows[:KEPT_ROWS]]}


def _lines_of(report: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[StoryLine, ...]]:
    """Return the counts of a report in words, and its rows."""
    language = "ar" if str(get_locale()) == "ar" else "en"
    counts = tuple(
        f"{OUTCOMES[outcome]}: {digits(count)}"
        for outcome, count in report.get("counts", {}).items()
        if count and outcome in OUTCOMES
    )
    lines = tuple(_line(row, language) for row in report.get("rows", ()))
    return counts, lines


def _line(row: Mapping[str, Any], language: str) -> StoryLine:
    outcome = row["outcome"] if row.get("outcome") in OUTCOMES else REFUSED
    notes = [note[language] for note in row.get("notes", ())]
    if reason := row.get("reason"):
        notes.insert(0, reason[language])
    return StoryLine(
        str(OUTCOMES[outcome]),
        row.get("headline", ""),
        outcome == REFUSED,
        "" if outcome == REFUSED else row.get("id", ""),
        tuple(notes),
    )


def _choices() -> Choices:
    sections = tuple(
        (section.slug, " / ".join(above.name for above in section.trail))
        for section in section_tree().by_id.values()
    )
    return Choices(
        tuple(use.source.name for use in source_uses()),
        (("", _("بحسب ما تقوله الأخبار")), *sections),
        (
            (DRAFT, _("مسودات يراجعها محرر")),
            (OWN, _("تُنشر كما نشرها مصدرها")),
        ),
        tuple((minutes, _every(minutes)) for minutes in INTERVALS),
    )


def _every(minutes: int) -> str:
    if minutes % 60:
        return ngettext("كل %(count)s دقيقة", "كل %(count)s دقيقة", minutes, count=digits(minutes))
    hours = minutes // 60
    return ngettext("كل ساعة", "كل %(count)s ساعة", hours, count=digits(hours))
