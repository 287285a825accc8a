"""Copy and pictures are packed into stories, and what cannot be packed is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from khabarayn.article.blocks import Image, KeyPoints, PinnedSeeAlso, Table
from khabarayn.article.parse import parse
from khabarayn.demo.pack import CopyError, main, pack
from khabarayn.ingest.adapt import linked
from khabarayn.wire import ninjs

COPY: dict[str, Any] = {
    "slug": "one",
    "section": "news",
    "headline": "الأول",
    "short_headline": "أول",
    "standfirst": "تمهيد.",
    "teaser": "نص #ماء",
    "tags": ["ماء"],
    "authors": ["desk"],
    "genre": "brief",
    "age_hours": 3,
    "flags": ["evergreen"],
    "key_points": ["نقطة أولى.", "نقطة < ثانية."],
    "body_html": "<p>أ</p>\n<h2>ب</h2><p>ج &amp; د</p><p>ه</p><p>و</p>",
    "chart": {
        "kind": "bar",
        "title": "أطوال",
        "unit": "متر",
        "columns": ["الاسم", "الطول"],
        "rows": [["س", 12.5], ["ص", 3]],
        "source": "قياس",
        "after_paragraph": 3,
    },
    "map": {"title": "خريطة", "places": [], "alt": "خريطة فيها مدينتان ونهر"},
    "picture": {"motif": "x", "hue": 1, "alt": "رسم فيه نجمة وماء", "caption": "ماء"},
    "see_also": ["two"],
    "credit": "شارك: قسم",
    "corrections": [{"age_hours": 1, "text": "تصحيح."}],
    "status": "published",
}
FRAME = {
    "reference": "2026-11-23T12:00:00Z",
    "sections": [{"slug": "news", "name": "أخبار"}],
    "authors": [{"slug": "desk", "name": "الديسك"}],
}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    copy, pictures, out = (tmp_path / name for name in ("copy", "pictures", "out"))
    for folder in (copy, pictures, out):
        folder.mkdir()
    (out / "edition.json").write_text(json.dumps(FRAME), "utf-8")
    for slug in ("one", "two"):
        lean = {"slug": slug, "see_also": [], "chart": None, "map": None, "key_points": []}
        given = COPY if slug == "one" else {**COPY, **lean}
        (copy / f"{slug}.json").write_text(json.dumps(given), "utf-8")
    for name in ("one", "one-map"):
        (pictures / f"{name}.jpg").write_bytes(b"jpeg")
    alts = {"one": {"alt": "وصف من الرسام لنجمة", "caption": "تعليق الرسام"}}
    (pictures / "alts.json").write_text(json.dumps(alts), "utf-8")
    return copy, pictures, out


def test_everything_of_the_copy_survives(folders: tuple[Path, Path, Path]) -> None:
    lines = list(pack(*folders))
    assert lines == ["two: no picture", "2 stories, as of 2026-11-23T12:00:00Z"]
    item = ninjs.read((folders[2] / "stories/one.json").read_bytes())
    assert item.lead is not None
    assert (item.lead.alt, item.lead.caption) == ("وصف من الرسام لنجمة", "تعليق الرسام")
    assert item.published is not None
    assert item.published.hour == 9
    assert item.updated == item.corrections[0][0]
    assert (item.flags, item.genre, item.section_name) == (("evergreen",), "brief", "أخبار")
    blocks = parse(linked(item.body_html, item.uri).replace("file:../pictures/", ""))
    assert [block.kind for block in blocks] == [
        "key_points", "paragraph", "heading", "paragraph", "image", "see_also",
        "paragraph", "table", "paragraph", "credit",
    ]  # fmt: skip
    assert isinstance(blocks[0], KeyPoints)
    assert blocks[0].items[1] == "نقطة < ثانية."
    assert isinstance(blocks[4], Image)
    assert (blocks[4].caption, blocks[4].credit) == ("خريطة", "رسم: خَبَرَيْن")
    assert isinstance(blocks[5], PinnedSeeAlso)
    table = blocks[7]
    assert isinstance(table, Table)
    assert (table.chart, table.unit, table.source) == ("bar", "متر", "قياس")
    assert table.rows == (("س", "12.5"), ("ص", "3"))


def test_packing_twice_gives_the_same_and_removes_what_is_gone(
    folders: tuple[Path, Path, Path],
) -> None:
    list(pack(*folders))
    before = (folders[2] / "stories/one.json").read_bytes()
    (folders[2] / "stories/old.json").write_text("{}")
    assert "removed old.json" in list(pack(*folders))
    assert (folders[2] / "stories/one.json").read_bytes() == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"section": "moon"}, "unknown section"),
        ({"authors": ["nobody"]}, "unknown author"),
        ({"see_also": ["three"]}, "unknown story: three"),
        ({"body_html": '<p><a href="story:three">x</a></p>'}, "unknown story: three"),
        ({"body_html": "bare <p>x</p>"}, "between"),
    ],
)
def test_copy_that_cannot_be_packed_is_named(
    folders: tuple[Path, Path, Path], change: dict[str, Any], words: str
) -> None:
    (folders[0] / "one.json").write_text(json.dumps({**COPY, **change}), "utf-8")
    with pytest.raises(CopyError, match=f"one: .*{words}"):
        list(pack(*folders))


def test_wrong_use_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "COPY_DIR" in capsys.readouterr().err
