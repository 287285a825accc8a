"""Sitemaps say where pages are and when they changed, and come back as they went out."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from khabarayn.wire import sitemap
from khabarayn.wire.sitemap import Address

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
ADDRESSES = (
    Address("https://news.example/", AT),
    Address("https://news.example/t/%D9%85%D8%A7%D8%A1?x=1&y=2"),
    Address(
        "https://news.example/a/2b3c4d5f", AT, "https://news.example/media/a/800.jpg",
        "عنوان & آخر", "خَبَرَيْن", "ar", AT,
    ),
)  # fmt: skip


def test_a_sitemap_comes_back_as_it_went_out() -> None:
    assert sitemap.read(sitemap.write(ADDRESSES).encode()) == ADDRESSES


def test_the_index_names_every_sitemap() -> None:
    root = ElementTree.fromstring(sitemap.write_index([("https://news.example/s1.xml", AT)]))
    assert [node.text for node in root.iter() if node.tag.endswith("loc")] == [
        "https://news.example/s1.xml"
    ]


def test_a_sitemap_too_long_for_search_engines_is_refused() -> None:
    with pytest.raises(ValueError, match="50000"):
        sitemap.write(Address("https://news.example/") for _ in range(50_001))
