"""What a file is shows in its words, not in its name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from wire.samples import FULL_FEED, FULL_ITEM, fixture

from khabarayn.article.proposal import Proposal
from khabarayn.ingest.identify import (
    FEED_XML,
    HTML,
    JSON_FEED,
    NINJS,
    digest_of,
    kind_of,
    versions_by_origin,
)
from khabarayn.wire import jsonfeed, ninjswrite
from khabarayn.wire.fault import WireError


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (fixture("feed.rss"), FEED_XML),
        (fixture("windows-1256.rss"), FEED_XML),
        (fixture("feed.atom"), FEED_XML),
        (fixture("article.html"), HTML),
        (fixture("story.ninjs.json"), NINJS),
        (fixture("broken-list.ninjs.json"), NINJS),
        (jsonfeed.write(FULL_FEED).encode(), JSON_FEED),
        (ninjswrite.write(FULL_ITEM).encode(), NINJS),
        (b"\xef\xbb\xbf \n<?xml version='1.0'?><!-- x --><rdf:RDF/>", FEED_XML),
        (b"<!DOCTYPE html><title>about &lt;rss&gt; and <rss> feeds</title>", HTML),
    ],
)
def test_a_file_is_known_by_its_words(data: bytes, kind: str) -> None:
    assert kind_of(data, "name.without.meaning") == kind


@pytest.mark.parametrize("data", ["سلام".encode(), b"\x89PNG\r\n", b"PK\x03\x04"])
def test_what_is_none_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(WireError, match="unknown_kind"):
        kind_of(data, "x.bin")


def test_a_broken_file_is_known_by_its_name() -> None:
    assert kind_of(b"<channel><item>", "feed.xml") == FEED_XML


def test_the_digest_changes_with_every_word_and_every_picture() -> None:
    proposal = Proposal(headline="عنوان", body_html="<p>نص</p>")
    same = digest_of(replace(proposal), b"1", b"2")
    assert same == digest_of(proposal, b"1", b"2")
    others = {
        digest_of(proposal),
        digest_of(proposal, b"1"),
        digest_of(proposal, b"12"),
        digest_of(proposal, b"2", b"1"),
        digest_of(replace(proposal, headline="عنوانٌ"), b"1", b"2"),
        digest_of(replace(proposal, sensitive=True), b"1", b"2"),
    }
    assert len({same, *others}) == 7


def test_a_large_archive_is_asked_for_in_parts(any_app_context) -> None:
    # PostgreSQL takes 65,535 values in one query.
    assert versions_by_origin(f"urn:{number}" for number in range(70_000)) == {}
