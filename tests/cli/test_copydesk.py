"""``khabarayn copydesk`` and ``khabarayn words``: remarks on a text, and the house's spellings."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from khabarayn.cli import cli


@pytest.fixture
def run(app, settings, monkeypatch):
    monkeypatch.setenv("KHABARAYN_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("KHABARAYN_SECRET_KEY", "for tests only, and nobody else's")
    monkeypatch.setenv("LC_ALL", "ar")

    def run(*words: str, text: str | None = None):
        return CliRunner().invoke(cli, list(words), input=text)

    return run


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("سطر سليم.\nاعلن ترمب, أمس\n", "utf-8")
    return str(path)


def test_remarks_say_where_what_why_and_how(run, page):
    done = run("copydesk", page)
    assert done.exit_code == 1
    assert f"{page}:2:1: همزة قطع ساقطة: «اعلن» ← «أعلن»" in done.output
    assert ":2:10: علامة لاتينية" in done.output


def test_a_clean_text_says_nothing(run):
    done = run("copydesk", "-", text="نص سليم تمامًا.\n")
    assert (done.exit_code, done.output) == (0, "")


def test_json_gives_every_place(run, page):
    found = json.loads(run("copydesk", page, "--json").output)
    assert all(one["found"] and "text" not in one for one in found)
    assert [(one["line"], one["column"], one["found"]) for one in found] == [
        (2, 1, "اعلن"),
        (2, 10, ","),
    ]


def test_fix_prints_the_text_put_right(run, page):
    done = run("copydesk", page, "--fix")
    assert done.exit_code == 0
    assert done.output == "سطر سليم.\nأعلن ترمب، أمس\n"


def test_the_house_spells_names_its_way(run, page):
    assert run("words", "set", "ترامب", "ترمب", "طرامب").exit_code == 0
    assert "تكتبه الدار: ترامب" in run("copydesk", page).output
    assert "تكتبه الدار" not in run("copydesk", page, "--no-house-words").output
    assert run("words", "list").output == "ترامب\tترمب | طرامب\n"
    assert json.loads(run("words", "list", "--json").output) == [["ترامب", "ترمب", "طرامب"]]
    assert run("words", "drop", "ترامب").exit_code == 0
    assert run("words", "list").output == ""


def test_a_spelling_has_one_place_and_setting_again_replaces(run):
    run("words", "set", "ترامب", "ترمب")
    refused = run("words", "set", "دونالد", "ترمب")
    assert refused.exit_code == 1
    assert "«ترامب»" in refused.output
    run("words", "set", "ترامب", "طرامب")
    assert run("words", "list").output == "ترامب\tطرامب\n"


def test_what_cannot_be_kept_or_read_is_refused_in_words(run, tmp_path):
    for wrong in (("set", "ترامب", "ترامب"), ("set", "أ|ب", "ج"), ("drop", "غائب")):
        done = run("words", *wrong)
        assert done.exit_code == 1
        assert done.output.strip()
    binary = tmp_path / "picture.bin"
    binary.write_bytes(b"\xff\xfe\x00\xd8")
    done = run("copydesk", str(binary))
    assert done.exit_code == 2
    assert "UTF-8" in done.output
