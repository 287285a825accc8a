"""The audit page: who did what, when and from where; and the same as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from flask import Response, abort, current_app, request, url_for

from khabarayn.desk.deeds import action_name
from khabarayn.desk.people.audit import note_export
from khabarayn.settings import settings_of
from khabarayn.store.queries.audit import AuditFilter, Line, audit_all, audit_page, audit_verbs
from khabarayn.web.newsroom.access import acting, needs
from khabarayn.web.page import Page
from khabarayn.web.request import whole

FIELDS = ("id", "at", "who", "verb", "story", "headline", "address", "detail", "words")
# A spreadsheet takes a cell that begins so for a formula, and runs it (OWASP: CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class AuditPage(Page):
    """``since`` and ``until`` are days as they were asked for."""

    template: ClassVar[str] = "newsroom/people/audit.html"

    lines: tuple[Line, ...]
    verbs: tuple[str, ...]
    filter: AuditFilter
    since: str
    until: str
    next_url: str


@needs("audit.read")
def audit() -> str:
    """Show the log, newest first, filtered by person, action, story and days."""
    audit_filter = _requested_filter()
    lines, before = audit_page(audit_filter, _before())
    values = {
        name: request.args.get(name) or None for name in ("who", "verb", "story", "from", "to")
    }
    next_url = _older(before, values) if before else ""
    since, until = request.args.get("from", ""), request.args.get("to", "")
    return AuditPage(lines, audit_verbs(), audit_filter, since, until, next_url).render()


def _older(before: int, values: dict[str, str | None]) -> str:
    query: dict[str, Any] = {**values, "before": before}
    return url_for("newsroom.audit", **query)


@needs("audit.read", fresh=True)
def export() -> Response:
    """Return the filtered log as CSV; the export is logged."""
    note_export(acting())
    text = "".join(_rows(audit_all(_requested_filter())))
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = "attachment; filename=audit.csv"
    return response


def cell(value: object) -> str:
    """Return a value as a CSV cell that no spreadsheet runs as a formula."""
    text = str(value)
    return "'" + text if text.startswith(_FORMULA) else text


def _rows(lines: Iterator[Line]) -> Iterator[str]:
    # With a byte order mark, without which spreadsheets misread Arabic.
    yield "\ufeff" + _row(FIELDS)
    for line in lines:
        detail = json.dumps(line.detail, ensure_ascii=False) if line.detail else ""
        yield _row(
            (line.id, line.at.isoformat(timespec="seconds"), line.who, line.verb, line.story,
             line.headline, line.address, detail, action_name(line.verb))
        )  # fmt: skip


def _row(values: tuple[object, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow([cell(value) for value in values])
    return out.getvalue()


def _requested_filter() -> AuditFilter:
    args = request.args
    until = _day("to")
    return AuditFilter(
        args.get("who", "").strip()[:120],
        args.get("verb", "").strip()[:40],
        args.get("story", "").strip()[:12],
        _day("from"),
        until + timedelta(days=1) if until else None,
    )


def _day(name: str) -> datetime | None:
    """Return the beginning of a day by the newsroom's clock; anything but a day is ignored."""
    settings = settings_of(current_app.config)
    try:
        return datetime.combine(date.fromisoformat(request.args.get(name, "")), time(), settings.tz)
    except ValueError:
        return None


def _before() -> int | None:
    text = request.args.get("before", "")
    if not text:
        return None
    before = whole(text)
    return abort(400) if before is None else before
