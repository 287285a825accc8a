"""The demo edition is a whole paper: every section, every special case, nothing broken."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from khabarayn.article.blocks import Credit, Gallery, KeyPoints, PinnedSeeAlso, Quote, Table
from khabarayn.article.genre import LABEL_GENRES, genre_of, is_sponsored
from khabarayn.article.parse import parse
from khabarayn.article.plain import text_of, words_in
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
    assert 40 <= words <= 100 if file.stem.startswith("brief") else 70 <= words <= 700
    assert told.standfirst
    assert "#" in told.teaser
    assert len(told.tags) >= 3
    assert told.authors
    if told.lead:
        assert len(told.lead.alt.split()) >= 6
        assert told.lead.credit


def test_the_front_reads_like_a_paper(proposals):
    """Long and short, with and without a picture, with every label that a genre has."""
    told = list(proposals.values())
    words = [words_in(parse(one.body_html)) for one in told]
    assert sum(count < 200 for count in words) >= 8
    assert sum(count > 350 for count in words) >= 20
    assert 5 <= sum(one.lead is None for one in told) <= 10
    assert {genre_of(one.genre) for one in told} == {"", *LABEL_GENRES}
    # As after the upload, which names pictures by their ids.
    bodies = [one.body_html.replace("file:../pictures/", "") for one in told]
    assert any(isinstance(block, Gallery) for body in bodies for block in parse(body))
    paid = [one for one in told if is_sponsored(one.genre)]
    assert all(one.source_name and one.source_link for one in paid)


def test_the_imagined_town_is_said_to_be_imagined(proposals):
    for one in proposals.values():
        text = text_of(parse(one.body_html))
        assert ("سنابل" in one.tags) == ("سنابل بلدة متخيَّلة" in text), one.headline


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


def test_bylines_fit_the_lines_that_authors_write_about(proposals):
    """An author of one line signs in it; desks that check, count or explain sign anywhere."""
    lines = {
        "salma": {"world", "news"},
        "younes": {"economy", "business"},
        "dana": {"entertainment", "health"},
        "karim": {"sport", "entertainment"},
        "hala": {"politics"},
        "partners": {"business"},
    }
    for one in proposals.values():
        top = one.section.partition("/")[0]
        for author in one.authors:
            assert top in lines.get(author.slug, {top}), f"{author.slug} signs {one.headline}"
        assert is_sponsored(one.genre) == ("partners" in {author.slug for author in one.authors})
        names = {author.name for author in one.authors}
        helped = [b.html for b in parse(one.body_html) if isinstance(b, Credit)]
        assert not any(name in line for name in names for line in helped), one.headline
