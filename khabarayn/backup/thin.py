"""Which snapshots stay as they grow old."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

# Every one of the last hour; then the last of each hour, day and week.
ALL = timedelta(hours=1)
STEPS = (
    (timedelta(hours=48), "%Y%m%d%H"),
    (timedelta(days=30), "%Y%m%d"),
    (timedelta(days=366), "%G%V"),
)


def to_keep(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return the moments whose snapshots stay: all of the last hour, the newest of each hour for
    two days, of each day for thirty and of each week for a year; the newest of all in any case.

    >>> from datetime import UTC
    >>> now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    >>> minutes = [now - timedelta(minutes=20 * n) for n in range(15)]
    >>> [f"{m:%H:%M}" for m in sorted(to_keep(minutes, now))]
    ['07:40', '08:40', '09:40', '10:40', '11:00', '11:20', '11:40', '12:00']
    """
    newest_first = sorted(moments, reverse=True)
    stay = set(newest_first[:1])
    periods: set[str] = set()
    for moment in newest_first:
        age = now - moment
        if age <= ALL:
            stay.add(moment)
        for span, form in STEPS:
            period = form + moment.strftime(form)
            if age <= span and period not in periods:
                periods.add(period)
                stay.add(moment)
    return stay
