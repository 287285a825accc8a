"""The demo edition is a whole paper: every section, every special case, nothing broken."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from khabarayn.article.blocks import KeyPoints, PinnedSeeAlso, Quote, Table
from khabarayn.article.parse import parse
from khabarayn.article.plain import words_in
from khabarayn.article.story import Section
from khabarayn.desk.arrange.seed import DEFAULT_SECTIONS
from khabarayn.ingest.adapt import Places, from_ninjs
from khabarayn.ingest.paper_setup import read
from khabarayn.wire import ninjs

DEMO = Path(__file__).resolve().parents[2] / "khabarayn/demo"
FILES = sorted((DEMO / "stories").glob("*.json"))


@pytest.fixture(scope="module")
def proposals():
    edition = read((DEMO / "edition.json").read_bytes())
    places = Places(Section(planned.slug, planned.name) for planned in edition.sections)
    return {file.stem: from_ninjs(ninjs.read(file.read_bytes()), places) for file in FILES}


def test_there_are_sixty_stories_over_every_section(proposals):
    assert len(proposals) >= 60
    tops = Counter(told.section.partition("/")[0] for told in proposals.values())
    assert set(tops) == {section.slug for section in DEFAULT_SECTIONS}
    assert min(tops.values()) >= 6
    assert sum("/" in told.section for told in proposals.values()) >= 20


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_story_is_whole(proposals, file):
    told = proposals[file.stem]
    words = words_in(parse(told.body_html))
    assert words <= 100 if file.stem.startswith("brief") else 250 <= words <= 700
    assert told.standfirst
    assert "#" in told.teaser
    assert len(told.tags) >= 3
    assert told.authors
    assert told.lead
    assert len(told.lead.alt.split()) >= 6
    assert told.lead.credit


def test_the_special_cases_are_there(proposals):
    told = list(proposals.values())
    blocks = [block for one in told for block in parse(one.body_html)]
    kinds = Counter(type(block) for block in blocks)
    assert min(kinds[kind] for kind in (KeyPoints, Table, Quote, PinnedSeeAlso)) >= 3
    assert sum(isinstance(block, Table) and bool(block.chart) for block in blocks) >= 4
    assert sum(one.sensitive for one in told) == 1
    assert sum(one.status == "withdrawn" for one in told) == 1
    assert sum(bool(one.corrections) for one in told) == 1
    assert any(len(one.headline) >= 100 and "Wi-Fi" in one.headline for one in told)


def test_every_picture_is_used_and_every_used_picture_is_there():
    named = {
        href.rpartition("/")[2]
        for file in FILES
        for association in json.loads(file.read_bytes()).get("associations", [])
        for href in [rendition["href"] for rendition in association.get("renditions", [])]
    }
    kept = {file.name for file in (DEMO / "pictures").iterdir()}
    assert named == kept
