"""Times in feeds, Arabic ones of every region included."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from khabarayn.wire.moment import moment

MECCA = ZoneInfo("Asia/Riyadh")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Tue, 09 Apr 2024 10:00:00 +0300", "2024-04-09T10:00:00+03:00"),
        ("2024-04-09T10:00:00Z", "2024-04-09T10:00:00+00:00"),
        ("2024-04-09", "2024-04-09T00:00:00+03:00"),
        ("الثلاثاء, 09 أبريل 2024 10:00:00 +0300", "2024-04-09T10:00:00+03:00"),
        ("الثلاثاء 9 نيسان 2024", "2024-04-09T00:00:00+03:00"),
        ("٩ أبريل/نيسان ٢٠٢٤ ١٠:٠٥", "2024-04-09T10:05:00+03:00"),
        ("9 أفريل 2024 - 3:15 م", "2024-04-09T15:15:00+03:00"),
        ("الأحد، 1 جانفي 2023 12:30 ص", "2023-01-01T00:30:00+03:00"),
        ("15 غشت 2025، 22:00 بتوقيت غرينتش", "2025-08-15T22:00:00+00:00"),
        ("31 كانون الأول 2025 23:59:59 GMT", "2025-12-31T23:59:59+00:00"),
        ("2 كانون الثاني 2026 08:00 -0500", "2026-01-02T08:00:00-05:00"),
        ("الثلاثاء, 09 Apr 2024 10:00:00 +0300", "2024-04-09T10:00:00+03:00"),
        ("أغسطس 5, 2024", "2024-08-05T00:00:00+03:00"),
        ("٢٠٢٤/٠٤/٠٩ 07:30 م", "2024-04-09T19:30:00+03:00"),
    ],
)
def test_a_time_is_understood(text: str, iso: str) -> None:
    found = moment(text, MECCA)
    assert found == datetime.fromisoformat(iso)
    assert found is not None
    assert found.utcoffset() == datetime.fromisoformat(iso).utcoffset()


@pytest.mark.parametrize("text", ["", "أمس", "32 أبريل 2024", "31 شباط 2024", "x" * 5000, "2024"])
def test_what_is_no_time_gives_none(text: str) -> None:
    assert moment(text) is None
