"""Values that several tests of the article room start from."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from khabarayn.article.story import Card, Section


@pytest.fixture
def card() -> Card:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return Card(
        id="abc",
        headline="خبر",
        short_headline="",
        standfirst="",
        teaser="",
        section=Section("world", "العالم"),
        published_at=at,
        updated_at=at,
    )
