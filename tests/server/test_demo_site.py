"""A first start: the paper is read while it is filled, and filled once."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from khabarayn import Khabarayn
from khabarayn.cli import importing
from khabarayn.demo import FOLDER
from khabarayn.server import demo_site


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A demo edition of three Arabic stories without pictures; their headlines in file order."""
    folder = tmp_path / "demo"
    (folder / "stories").mkdir(parents=True)
    (folder / "edition.json").write_bytes((FOLDER / "edition.json").read_bytes())
    headlines = []
    stories = ((file, json.loads(file.read_bytes())) for file in sorted(FOLDER.rglob("*.json")))
    usable = (
        one
        for one in stories
        if (one[1].get("pubstatus"), one[1].get("language")) == ("usable", "ar")
    )
    for file, told in islice(usable, 3):
        told.pop("associations", None)
        # The long one alone: lists show the short one where there is one.
        told["headlines"] = told["headlines"][:1]
        headlines.append(told["headlines"][0]["value"])
        (folder / "stories" / file.name).write_text(json.dumps(told), "utf-8")
    for module in (importing, demo_site):
        monkeypatch.setattr(module, "FOLDER", folder)
    return headlines


def on_the_latest(client: FlaskClient, headlines: list[str]) -> list[bool]:
    page = client.get("/latest").text
    return [headline in page for headline in headlines]


def test_a_paper_is_read_while_it_is_filled(app: Khabarayn, client, three, monkeypatch):
    seen: list[list[bool]] = []

    def ending() -> bool:
        seen.append(on_the_latest(client, three))
        return False

    demo_site.fill(app, ending)
    assert seen[0] == [False, False, False]
    assert len(seen) > 2, "nothing is read before all is there"
    assert seen[-1] == [True, True, True]


def test_a_start_that_was_stopped_is_taken_up_by_the_next(app: Khabarayn, client, three):
    asked = iter([False, True])
    demo_site.fill(app, lambda: next(asked, True))
    assert on_the_latest(client, three) == [True, False, False]
    demo_site.fill(app, lambda: False)
    assert on_the_latest(client, three) == [True, True, True]


def test_a_second_start_does_not_look_through_the_demo_again(app, three, monkeypatch, capsys):
    demo_site.fill(app, lambda: False)
    monkeypatch.setattr(importing, "demo_taken", lambda *_, **__: pytest.fail("looked through"))
    capsys.readouterr()
    demo_site.fill(app, lambda: False)
    assert capsys.readouterr().out


def test_another_demo_edition_is_taken_in(app: Khabarayn, client, three):
    demo_site.fill(app, lambda: False)
    file = sorted((importing.FOLDER / "stories").glob("*.json"))[0]
    told = json.loads(file.read_bytes())
    told["headlines"][0]["value"], told["version"] = "عنوان آخر لخبر قديم", "2"
    told["versioncreated"] = "2026-11-23T11:59:00Z"
    file.write_text(json.dumps(told), "utf-8")
    demo_site.fill(app, lambda: False)
    assert on_the_latest(client, ["عنوان آخر لخبر قديم"]) == [True]
