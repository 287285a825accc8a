"""The frame of a folder of stories: sections, people, tags, reference moment."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from ingest.conftest import Take
from sqlalchemy import select

from khabarayn.article.story import Story
from khabarayn.desk.arrange.bylines import add_author, merge_authors
from khabarayn.desk.arrange.tags import change_tag
from khabarayn.desk.by import DEMO, OPERATOR
from khabarayn.ingest.paper_setup import paper_setup_of, read
from khabarayn.store.db import db
from khabarayn.store.models import AuthorRow, TagRow
from khabarayn.store.queries.sections import section_tree
from khabarayn.store.queries.story import article_by_id
from khabarayn.wire.fault import WireError
from khabarayn.wire.newsitem import Byline, NewsItem
from khabarayn.wire.ninjswrite import write

GIVEN = {
    "reference": "2026-11-23T12:00:00Z",
    "sections": [
        {"slug": "news", "name": "اسم آخر", "hue": 1},
        {"slug": "news/cats", "name": "قطط", "hue": 30, "description": "كل ما يموء."},
    ],
    "authors": [{"slug": "lina", "name": "لينا", "role": "محررة", "bio": "تحب القطط."}],
    "tags": [{"name": "قطط", "intro": "أخبارها."}],
}


def test_what_is_missing_is_added_and_what_is_here_stays(newsroom: Flask) -> None:
    edition = read(json.dumps(GIVEN).encode())
    assert edition.reference == datetime(2026, 11, 23, 12, tzinfo=UTC)
    edition.arrange(DEMO)
    edition.arrange(DEMO)
    tree = section_tree()
    cats, news = tree.find("news/cats"), tree.find("news")
    assert cats is not None
    assert news is not None
    assert (cats.name, cats.hue, cats.description, cats.parent) == ("قطط", 30, "كل ما يموء.", news)
    assert news.name == "أخبار"
    assert db.session.scalar(select(AuthorRow.bio)) == "تحب القطط."
    assert db.session.scalar(select(TagRow.intro)) == "أخبارها."


def test_who_was_merged_is_who_they_have_become(
    newsroom: Flask, take: Take, tmp_path: Path
) -> None:
    edition = read(json.dumps(GIVEN).encode())
    edition.arrange(DEMO)
    stays = add_author(OPERATOR, name="لينا سالم", role="مراسلة")
    merge_authors("lina", stays, OPERATOR)
    change_tag("قطط", OPERATOR, "قطط البلدة")
    edition.arrange(DEMO)
    assert list(db.session.scalars(select(AuthorRow.slug))) == [stays]
    assert db.session.scalar(select(AuthorRow.role)) == "مراسلة"
    assert list(db.session.scalars(select(TagRow.name))) == ["قطط البلدة"]
    (tmp_path / "a.json").write_text(
        write(
            NewsItem(
                uri="tag:x/a",
                headline="قطة على سطح",
                body_html="<p>صعدت قطة إلى سطح البيت ثم نزلت.</p>",
                section="news",
                tags=("قطط",),
                authors=(Byline("لينا", "lina"),),
                published=datetime(2026, 1, 5, tzinfo=UTC),
            )
        ),
        "utf-8",
    )
    (row,) = take(tmp_path)
    story = article_by_id(row.id)
    assert isinstance(story, Story)
    assert [author.slug for author in story.authors] == [stays]
    assert [tag.name for tag in story.tags] == ["قطط البلدة"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"sections": [{"slug": "x"}]}', "edition"),
        ('{"sections": {}}', "edition"),
        ('{"reference": "قريبًا"}', "bad_time"),
        ("{", "bad_json"),
        ("", "empty"),
    ],
)
def test_a_frame_that_cannot_be_used_is_refused_with_its_place(
    text: str, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(WireError) as caught:
        read(text.encode())
    assert caught.value.faults[0].reason == reason
    (tmp_path / "edition.json").write_text(text, "utf-8")
    edition, rows = paper_setup_of(tmp_path)
    assert (edition.sections, [row.file for row in rows]) == ((), ["edition.json"])


def test_a_folder_without_a_frame_has_an_empty_one(tmp_path: Path) -> None:
    edition, rows = paper_setup_of(tmp_path)
    assert (edition.reference, edition.sections, rows) == (None, (), [])
