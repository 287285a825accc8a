"""The demo edition is whole: valid stories, pictures with words, links that lead somewhere."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
from factories.story import BY

from khabarayn.arabic.copydesk.spelling import house_names
from khabarayn.article.parse import parse
from khabarayn.demo import FOLDER
from khabarayn.demo.house_words import WORDS, give_words
from khabarayn.demo.portraits import give_portraits
from khabarayn.ingest.adapt import Places, from_ninjs, story_uri
from khabarayn.ingest.paper_setup import PaperSetup, read
from khabarayn.store.queries.authors import author_by_slug
from khabarayn.wire import ninjs
from khabarayn.wire.newsitem import NewsItem

FILES = sorted((FOLDER / "stories").glob("*.json"))
PORTRAITS = sorted((FOLDER / "portraits").glob("*.jpg"))


@pytest.fixture(scope="module")
def edition() -> PaperSetup:
    return read((FOLDER / "edition.json").read_bytes())


@pytest.fixture(scope="module")
def stories() -> dict[str, NewsItem]:
    return {file.stem: ninjs.read(file.read_bytes()) for file in FILES}


def test_every_story_is_strictly_valid_ninjs() -> None:
    assert len(FILES) >= 60
    for file in FILES:
        ninjs.validator().validate(json.loads(file.read_text("utf-8")))


def test_every_story_stands_in_a_section_and_is_signed_by_one_of_ours(
    edition: PaperSetup, stories: dict[str, NewsItem]
) -> None:
    sections = {section.slug for section in edition.sections}
    authors = {slug for slug, *_ in edition.authors}
    for slug, story in stories.items():
        assert story.section in sections, slug
        assert story.authors, slug
        assert {author.slug for author in story.authors} <= authors, slug


# What the line of an author who writes of one thing says, in sections.
BEATS = {
    "hala": ("politics",),
    "younes": ("economy", "business"),
    "karim": ("sport", "entertainment/culture"),
    "dana": ("entertainment", "health"),
}


def test_a_byline_fits_what_is_said_of_its_author(stories: dict[str, NewsItem]) -> None:
    for slug, story in stories.items():
        for author in story.authors:
            beats = BEATS.get(author.slug, ("",))
            assert story.section.startswith(beats), f"{slug}: {author.name}"


def test_names_are_spelt_as_the_demo_prefers(stories: dict[str, NewsItem]) -> None:
    for slug, story in stories.items():
        text = f"{story.headline} {story.standfirst} {story.teaser} {story.body_html}"
        assert not list(house_names(text, WORDS)), slug


def test_a_paper_with_spellings_of_its_own_keeps_them(app_context) -> None:
    assert give_words(BY) == len(WORDS)
    assert give_words(BY) == 0


def test_parents_of_sections_come_before_their_children(edition: PaperSetup) -> None:
    seen: set[str] = set()
    for section in edition.sections:
        parent = section.slug.rpartition("/")[0]
        assert not parent or parent in seen
        seen.add(section.slug)


def test_every_link_between_stories_leads_to_one(stories: dict[str, NewsItem]) -> None:
    uris = {story.uri for story in stories.values()}
    for slug, story in stories.items():
        for named in re.findall(r'href="story:([^"]+)"', story.body_html):
            assert story_uri(named, story.uri) in uris, f"{slug} → {named}"
            assert story_uri(named, story.uri) != story.uri, f"{slug} leads to itself"


def test_every_picture_is_here_and_described(stories: dict[str, NewsItem]) -> None:
    shown = set()
    for slug, story in stories.items():
        for picture in filter(None, (story.lead, *story.pictures)):
            name = picture.href.removeprefix("file:../pictures/")
            assert (FOLDER / "pictures" / name).is_file(), f"{slug}: {name}"
            assert len(picture.alt.split()) >= 4, f"{slug}: {picture.alt}"
            shown.add(name)
    assert {file.name for file in (FOLDER / "pictures").iterdir()} == shown


def test_every_body_becomes_blocks_and_loses_nothing(stories: dict[str, NewsItem]) -> None:
    kinds: Counter[str] = Counter()
    for slug, story in stories.items():
        html = from_ninjs(story, Places([], always="news")).body_html
        # As after the upload, which names pictures by their ids.
        blocks = parse(html.replace("file:../pictures/", ""))
        kinds.update(block.kind for block in blocks)
        charts = sum(1 for block in blocks if getattr(block, "chart", ""))
        assert charts == story.body_html.count('class="chart-'), slug
        pinned = sum(1 for block in blocks if block.kind == "see_also")
        assert pinned == story.body_html.count('class="see-also"'), slug
    assert min(kinds[kind] for kind in ("table", "quote", "key_points", "image", "credit")) >= 3


def test_the_edition_shows_what_the_paper_can_do(stories: dict[str, NewsItem]) -> None:
    assert any(story.status == "canceled" and story.withdrawn_reason for story in stories.values())
    assert any(story.corrections for story in stories.values())
    assert any("sensitive" in story.flags for story in stories.values())


def test_what_is_told_in_english_is_tied_to_what_is_told_in_arabic(
    stories: dict[str, NewsItem],
) -> None:
    by_uri = {item.uri: item for item in stories.values()}
    english = [item for item in stories.values() if item.language == "en"]
    assert len(english) >= 6
    for item in english:
        (uri,) = item.translations
        assert by_uri[uri].language == "ar"
        assert by_uri[uri].section == item.section
        links = re.findall(r"story:([\w-]+)", item.body_html)
        assert all(stories[link].language == "en" for link in links), item.uri


def test_times_lie_before_the_reference_moment(
    edition: PaperSetup, stories: dict[str, NewsItem]
) -> None:
    assert edition.reference is not None
    for slug, story in stories.items():
        assert story.published is not None, slug
        assert story.updated is not None, slug
        assert story.published <= story.updated <= edition.reference, slug


def test_authors_of_the_demo_get_a_portrait_and_an_address_once(app, edition: PaperSetup) -> None:
    with app.app_context():
        edition.arrange(BY)
        assert give_portraits(BY) == len(PORTRAITS) >= 5
        assert give_portraits(BY) == 0
        found = author_by_slug("salma")
    assert found is not None
    assert found[0].portrait
    assert found[0].email == "salma@khabarayn.example"
    page = app.test_client().get("/by/salma").text
    assert "author__face" in page
    assert "mailto:salma@khabarayn.example" in page
    assert {file.stem for file in PORTRAITS} <= {slug for slug, *_ in edition.authors}
