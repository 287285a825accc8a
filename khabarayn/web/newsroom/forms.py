"""Form idioms of the newsroom: fields as sent, faults beside them, moments by the site's clock, and
the message on the page that follows."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from flask import current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from khabarayn.arabic.numerals import to_digits
from khabarayn.desk.refused import Refused
from khabarayn.settings import settings_of
from khabarayn.web.request import GOOD, Faults, form_value, whole

__all__ = [
    "GOOD",
    "Faults",
    "clock_value",
    "form_value",
    "moment_of",
    "number",
    "point",
    "redirect_with_error",
    "redirect_with_notice",
    "refusal",
]  # fmt: skip


def number(name: str, digits: int = 9) -> int:
    """Return the form's field ``name`` as a whole number; 0 when it is none."""
    return whole(form_value(name), digits) or 0


def point(name: str) -> float:
    """Return the form's field ``name`` as a number, whole or not. Raises `Refused`."""
    try:
        return float(to_digits(form_value(name).strip(), "latn"))
    except ValueError as error:
        raise Refused(name, _("هذا ليس عددًا: %(value)s", value=form_value(name)[:40])) from error


def redirect_with_notice(words: str, endpoint: str, **values: Any) -> Response:
    """Redirect to a page with a message of what was done."""
    flash(words)
    return redirect(url_for(endpoint, **values), 303)


def refusal(bad: Faults) -> dict[str, Any]:
    """Return what a script is told of a form that is refused: ``refused`` for who reads one line,
    and ``bad``, the words by field."""
    return {"refused": next(iter(bad.values()), ""), "bad": dict(bad)}


def redirect_with_error(error: Refused, endpoint: str, **values: Any) -> Response:
    """Redirect to a page with the reason why nothing was done: for forms that are one button."""
    flash(error.message, "error")
    return redirect(url_for(endpoint, **values), 303)


_LOCAL_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?", re.ASCII)


def moment_of(form_value: str, field: str = "at") -> datetime:
    """Return the moment that «2026-11-23T18:00» is by the site's clock. Raises `Refused`, also
    for an hour that the clock leaps over in spring."""
    if not _LOCAL_MOMENT.fullmatch(form_value.strip()):
        raise Refused(field, _("اكتب اليوم والساعة."))
    try:
        naive = datetime.fromisoformat(form_value.strip())
    except ValueError as error:
        raise Refused(field, _("لا يوجد هذا اليوم أو هذه الساعة.")) from error
    settings = settings_of(current_app.config)
    local = naive.replace(tzinfo=settings.tz)
    there = local.astimezone(UTC)
    if there.astimezone(settings.tz).replace(tzinfo=None) != naive:
        raise Refused(field, _("تُقدَّم الساعة في ذلك الوقت، فلا وجود لهذا الموعد."))
    return there


def clock_value(moment: datetime) -> str:
    """Return the moment as the browser's field for day and hour writes it."""
    settings = settings_of(current_app.config)
    return moment.astimezone(settings.tz).strftime("%Y-%m-%dT%H:%M")
