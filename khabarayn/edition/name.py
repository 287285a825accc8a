"""An edition's name (day, half of the day, language), and the time at which it closes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# The hour, by the paper's own clock, at which each half of the day closes.
CLOSES = {"am": time(6), "pm": time(17)}
PATTERN = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-(am|pm)(-[a-z]{2,3})?", re.ASCII)


@dataclass(frozen=True, order=True)
class EditionName:
    """One half of one day in one language, empty for the paper's first one; written
    «2026-11-23-am» and «2026-11-23-am-en». Names sort as their editions appeared."""

    day: date
    half: str
    language: str = ""

    def __str__(self) -> str:
        language = f"-{self.language}" if self.language else ""
        return f"{self.day.isoformat()}-{self.half}{language}"

    @classmethod
    def parse(cls, text: str) -> EditionName:
        """Return the name that ``text`` writes. Raises ``ValueError``.

        >>> str(EditionName.parse("2026-11-23-am"))
        '2026-11-23-am'
        >>> EditionName.parse("2026-11-23-pm-en").language
        'en'
        """
        match = PATTERN.fullmatch(text)
        if not match:
            raise ValueError(f"not the name of an edition: {text[:40]!r}")
        return cls(date.fromisoformat(match[1]), match[2], (match[3] or "")[1:])

    @property
    def previous(self) -> EditionName:
        """The edition before this one.

        >>> str(EditionName.parse("2026-11-23-am").previous)
        '2026-11-22-pm'
        """
        if self.half == "pm":
            return replace(self, half="am")
        return replace(self, day=self.day - timedelta(days=1), half="pm")

    @property
    def following(self) -> EditionName:
        """The edition after this one.

        >>> str(EditionName.parse("2026-11-23-pm").following)
        '2026-11-24-am'
        """
        if self.half == "am":
            return replace(self, half="pm")
        return replace(self, day=self.day + timedelta(days=1), half="am")

    def closes(self, tz: ZoneInfo) -> datetime:
        """Return the moment after which a story belongs to the next edition."""
        return datetime.combine(self.day, CLOSES[self.half], tz)


def newest(moment: datetime, tz: ZoneInfo, language: str = "") -> EditionName:
    """Return the last edition in ``language`` that has closed by ``moment`` (aware).

    >>> riyadh = ZoneInfo("Asia/Riyadh")
    >>> [
    ...     str(newest(datetime(2026, 11, 23, hour, tzinfo=riyadh), riyadh))
    ...     for hour in (5, 6, 16, 17)
    ... ]
    ['2026-11-22-pm', '2026-11-23-am', '2026-11-23-am', '2026-11-23-pm']
    """
    name = EditionName(moment.astimezone(tz).date(), "pm", language)
    while name.closes(tz) > moment:
        name = name.previous
    return name
