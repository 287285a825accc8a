"""``khabarayn source …``: the feeds that stories are taken from."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import TypeVar

import click
from flask import Flask

from khabarayn.cli.application import open_app
from khabarayn.cli.language import gettext as _
from khabarayn.cli.language import operator_locale
from khabarayn.desk.arrange.feeds import DRAFT, INTERVALS, OWN, FeedForm, add_feed, delete_feed
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.refused import Refused
from khabarayn.ingest.feeds import health, preview, read_feed
from khabarayn.ingest.fetch import FetchRefused
from khabarayn.ingest.report import Report
from khabarayn.settings import settings_of
from khabarayn.store.queries.feeds import FeedUse, feed_by_number, feeds
from khabarayn.store.queries.site import overlaid

T = TypeVar("T")
JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
STATUS = {"draft": DRAFT, "own": OWN}


def register(group: click.Group) -> None:
    """Add ``source`` to the command."""
    group.add_command(source)


@click.group()
def source() -> None:
    """The feeds that stories are taken from: RSS, Atom, JSON Feed, ninjs."""


@source.command("add")
@click.argument("url")
@click.option("--name", required=True, help="The source that its stories are credited to.")
@click.option("--section", default="", metavar="PATH", help="Put every story into this section.")
@click.option(
    "--as",
    "status",
    type=click.Choice(tuple(STATUS)),
    default="draft",
    show_default=True,
    help="Take stories in as drafts, or with the status that each has of its own.",
)
@click.option(
    "--every",
    "minutes",
    type=click.Choice([str(minutes) for minutes in INTERVALS]),
    default="30",
    show_default=True,
    help="Minutes between two questions.",
)
def add(url: str, name: str, section: str, status: str, minutes: str) -> None:
    """Subscribe to a feed; the worker asks it at once and then again and again."""
    form = FeedForm(url, name, section, STATUS[status], int(minutes))
    with open_app():
        number = _result_of(lambda: add_feed(form, OPERATOR))
    click.echo(f"{_('أضيفت الخلاصة')}: {number}")


@source.command("list")
@JSON
def list_(as_json: bool) -> None:
    """List the feeds and how well each answers."""
    with open_app():
        rows = [(feed, health(feed)) for feed in feeds()]
    if as_json:
        click.echo(json.dumps([_as_json(feed) for feed, _words in rows], ensure_ascii=False))
        return
    for feed, words in rows:
        click.echo(f"{feed.number}\t{feed.source}\t{feed.url}\t{words}")


@source.command("check")
@click.argument("number", type=int)
@JSON
def check(number: int, as_json: bool) -> None:
    """Say what would enter from a feed now, and change nothing."""
    _print_report(number, preview, as_json=as_json)


@source.command("run")
@click.argument("number", type=int)
@JSON
def run(number: int, as_json: bool) -> None:
    """Take in what is new in a feed now, whether or not its time has come."""
    _print_report(number, read_feed, as_json=as_json)


@source.command("remove")
@click.argument("number", type=int)
def remove(number: int) -> None:
    """End the subscription to a feed; its stories stay."""
    with open_app():
        _result_of(lambda: delete_feed(number, OPERATOR))
    click.echo(_("أُلغي الاشتراك."))


def _print_report(number: int, do: Callable[..., Report], *, as_json: bool) -> None:
    with open_app() as app:
        report = _report_of(app, _feed(number), do)
        if as_json:
            click.echo(json.dumps(report.to_json(), ensure_ascii=False, indent=1))
        else:
            for line in report.lines(operator_locale()):
                click.echo(line)
        after = feed_by_number(number)
        if after and after.problem and do is read_feed:
            raise click.ClickException(health(after))
    sys.exit(1 if report.problem_rows else 0)


def _report_of(app: Flask, feed: FeedUse, do: Callable[..., Report]) -> Report:
    settings = overlaid(settings_of(app.config))
    try:
        return do(feed, settings, app.extensions["khabarayn.media"])
    except FetchRefused as refusal:
        raise click.ClickException(refusal.message()) from refusal


def _feed(number: int) -> FeedUse:
    feed = feed_by_number(number)
    if feed is None:
        raise click.BadParameter(_("لا خلاصة بهذا المعرّف."), param_hint="NUMBER")
    return feed


def _result_of(verb: Callable[[], T]) -> T:
    try:
        return verb()
    except Refused as error:
        raise click.ClickException(error.message) from error


def _as_json(feed: FeedUse) -> dict[str, object]:
    at = feed.answered_at
    return {
        "number": feed.number,
        "url": feed.url,
        "source": feed.source,
        "section": feed.section,
        "status": feed.status or "own",
        "minutes": feed.minutes,
        "paused": feed.paused,
        "answered_at": at and at.isoformat(),
        "failures": feed.failures,
        "problem": feed.problem,
        "detail": feed.detail,
        "report": dict(feed.report),
    }
