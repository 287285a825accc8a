"""The frame of a folder of stories: sections, people, tags, reference moment."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from khabarayn.desk.by import DEMO
from khabarayn.ingest.paper_setup import paper_setup_of, read
from khabarayn.store.db import db
from khabarayn.store.models import AuthorRow, TagRow
from khabarayn.store.queries.sections import section_tree
from khabarayn.wire.fault import WireError

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
