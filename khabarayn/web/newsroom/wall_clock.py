"""Moments as people of the newsroom type them: by the site's own clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from flask import current_app
from flask_babel import gettext as _

from khabarayn.desk.refused import Refused
from khabarayn.settings import Settings

_TYPED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?", re.ASCII)


def moment_of(typed: str, field: str = "at") -> datetime:
    """Return the moment that «2026-11-23T18:00» is by the site's clock. Raises `Refused`, also
    for an hour that the clock leaps over in spring."""
    if not _TYPED.fullmatch(typed.strip()):
        raise Refused(field, _("اكتب اليوم والساعة."))
    try:
        naive = datetime.fromisoformat(typed.strip())
    except ValueError as error:
        raise Refused(field, _("لا يوجد هذا اليوم أو هذه الساعة.")) from error
    settings: Settings = current_app.config["KHABARAYN"]
    local = naive.replace(tzinfo=settings.tz)
    there = local.astimezone(UTC)
    if there.astimezone(settings.tz).replace(tzinfo=None) != naive:
        raise Refused(field, _("تُقدَّم الساعة في ذلك الوقت، فلا وجود لهذا الموعد."))
    return there


def typed(moment: datetime) -> str:
    """Return the moment as the browser's field for day and hour writes it."""
    settings: Settings = current_app.config["KHABARAYN"]
    return moment.astimezone(settings.tz).strftime("%Y-%m-%dT%H:%M")
