"""What goes out comes in again as the same paper."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from flask import Flask
from ingest.conftest import Take, picture
from ingest.test_accept import ENGLISH, ITEM, put

from khabarayn.article.identity import public_id
from khabarayn.desk.by import By
from khabarayn.desk.stories.correct import correct
from khabarayn.ingest.export import StoryExport
from khabarayn.wire.newsitem import NewsItem, NewsPicture
from khabarayn.wire.ninjs import read_all, validator


def exporter(app: Flask, folder: Path) -> dict[str, NewsItem]:
    """Export everything and return what the files say, by headline."""
    made = StoryExport(folder, app.extensions["khabarayn.media"], "https://paper.example")
    made.paper_setup()
    files = [made.write(public_id) for public_id in made.ids()]
    found = {}
    for file in files:
        assert file is not None
        validator().validate(json.loads(file.read_text("utf-8")))
        (item,) = read_all(file.read_bytes())
        assert isinstance(item, NewsItem)
        found[item.headline] = item
    return found


def test_every_published_story_goes_out_with_pictures_and_links(
    newsroom: Flask, take: Take, tmp_path: Path
) -> None:
    inside = tmp_path / "in"
    put(
        inside,
        replace(
            ITEM,
            lead=NewsPicture("file:moon.jpg", "هلال", "الهلال", "رسم"),
            body_html=ITEM.body_html
            + '<p>اقرأ <a href="story:sun">عن الشمس</a>.</p>'
            + '<figure><img src="file:moon.jpg" alt="هلال"><figcaption>شرح</figcaption></figure>'
            + '<table class="chart-bar"><caption>أقطار<small>الوحدة: كيلومتر · المصدر: مرصد</small>'
            + "</caption><thead><tr><th>الجرم</th><th>القطر</th></tr></thead>"
            + "<tbody><tr><td>القمر</td><td>3475</td></tr></tbody></table>"
            + '<p class="credit">شارك في الإعداد: قسم البيانات</p>',
            flags=("evergreen",),
        ),
        replace(ITEM, uri="tag:x.example,2026:demo/sun", headline="الشمس"),
        replace(ITEM, uri="tag:x.example,2026:demo/draft", headline="مسودة", status="withheld"),
    )
    (inside / "moon.jpg").write_bytes(picture(10))
    take(inside)
    correct(public_id(ITEM.uri), By("editor"), "تصحيح.")
    out = tmp_path / "out"
    found = exporter(newsroom, out)
    assert set(found) == {"القمر يعود", "الشمس"}
    moon = found["القمر يعود"]
    assert moon.uri == ITEM.uri
    assert 'href="story:tag:x.example,2026:demo/sun"' in moon.body_html
    assert 'class="chart-bar"' in moon.body_html
    assert "الوحدة: كيلومتر · المصدر: مرصد" in moon.body_html
    assert [text for _, text in moon.corrections] == ["تصحيح."]
    assert moon.flags == ("evergreen",)
    assert moon.lead is not None
    assert (out / "stories" / moon.lead.href.removeprefix("file:")).resolve().is_file()
    assert not list(out.rglob("*.part"))
    paper_setup = json.loads((out / "edition.json").read_text("utf-8"))
    assert "reference" not in paper_setup
    assert paper_setup["sections"][0]["slug"] == "news"


def test_an_export_comes_in_elsewhere_and_goes_out_the_same(
    newsroom: Flask, take: Take, tmp_path: Path
) -> None:
    inside = put(
        tmp_path / "in",
        replace(ITEM, body_html=ITEM.body_html + '<p><a href="story:sun">الشمس</a></p>'),
        replace(ITEM, uri="tag:x.example,2026:demo/sun", headline="الشمس"),
        ENGLISH,
    )
    take(inside)
    first = exporter(newsroom, tmp_path / "one")
    assert first["القمر يعود"].translations == (ENGLISH.uri,)
    rows = take(tmp_path / "one")
    assert {row.outcome for row in rows} <= {"updated", "unchanged"}
    second = exporter(newsroom, tmp_path / "two")
    for headline, item in first.items():
        assert replace(second[headline], version="", updated=None) == replace(
            item, version="", updated=None
        )
