"""Which files of a folder are stories, and what each of them holds or why it cannot be read."""

from __future__ import annotations

import json

import pytest

from khabarayn.ingest.sources import Incoming, files_in, spot_of, stories_in
from khabarayn.wire.fault import WireError

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>وكالة</title>
<item><title>الأول</title><link>https://wakala.example/1</link></item>
<item><title>الثاني</title><link>https://wakala.example/2</link></item>
</channel></rss>"""
NINJS = {"uri": "https://wakala.example/3", "headlines": [{"value": "الثالث"}]}


@pytest.fixture
def folder(tmp_path):
    for name, text in {
        "b.xml": RSS,
        "a.json": json.dumps(NINJS),
        "notes.txt": "لا خبر",
        ".hidden/c.json": json.dumps(NINJS),
        "deep/er/d.json": json.dumps(NINJS),
    }.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path


def test_stories_of_a_folder_are_found_in_order_however_deep_and_hidden_ones_are_not(folder):
    names = [file.relative_to(folder).as_posix() for file in files_in(folder)]
    assert names == ["a.json", "b.xml", "deep/er/d.json"]


def test_a_file_is_itself_whatever_it_is_called(folder):
    assert files_in(folder / "notes.txt") == [folder / "notes.txt"]


def test_a_folder_with_a_set_up_keeps_its_stories_in_stories(folder):
    (folder / "edition.json").write_text("{}", "utf-8")
    (folder / "stories").mkdir()
    (folder / "stories" / "e.json").write_text(json.dumps(NINJS), "utf-8")
    assert [file.name for file in files_in(folder)] == ["e.json"]


def test_every_entry_of_a_feed_is_a_story_with_its_number(folder):
    found = list(stories_in(folder / "b.xml", folder))
    assert [one.number for one in found] == [1, 2]
    assert {one.file for one in found} == {"b.xml"}
    assert spot_of(found[1]).item == 2


def test_a_single_story_has_no_number(folder):
    (found,) = stories_in(folder / "a.json", folder)
    assert (found.number, found.folder, found.root) == (0, folder, folder)
    assert spot_of(found).item == 0


def test_a_file_outside_the_folder_is_shown_by_its_name(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other") / "x.json"
    other.write_text(json.dumps(NINJS), "utf-8")
    (found,) = stories_in(other, folder)
    assert found.file == "x.json"


@pytest.mark.parametrize("text", ["", "{", "<rss>", '{"a": 1}'])
def test_a_file_that_holds_no_story_says_so_and_does_not_end_the_import(tmp_path, text):
    file = tmp_path / "broken.json"
    file.write_text(text, "utf-8")
    found: list[Incoming] = list(stories_in(file, tmp_path))
    assert found
    assert all(isinstance(one.content, WireError) for one in found)


def test_a_file_that_cannot_be_opened_says_so(tmp_path):
    (found,) = stories_in(tmp_path / "gone.json", tmp_path)
    assert isinstance(found.content, WireError)
    assert [fault.reason for fault in found.content.faults] == ["unreadable"]
