"""``khabarayn import``, ``demo`` and ``export`` as an operator meets them."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
from pathlib import Path
from typing import Any

import click
import pytest
from cli.conftest import Run
from wire.samples import FIXTURES

from khabarayn.cli import importing
from khabarayn.ingest import accept
from khabarayn.settings import Settings


def live(settings: Settings) -> dict[str, str]:
    """Every story's status by headline, read from the file itself."""
    with sqlite3.connect(settings.data_dir / "khabarayn.db") as connection:
        rows = dict(
            connection.execute("SELECT headline, status FROM article WHERE page = ''").fetchall()
        )
    connection.close()
    return rows


def counts(text: str) -> dict[str, int]:
    return json.loads(text)["counts"]


def test_a_sound_file_enters_and_ends_with_nothing_refused(run: Run, settings: Settings) -> None:
    file = str(FIXTURES / "feed.atom")
    first = run("import", file)
    assert (first.exit_code, first.stderr.count("Traceback")) == (0, 0)
    assert "accepted: 2" in first.stdout
    again = run("import", file, "--json")
    assert again.exit_code == 0
    assert counts(again.stdout) == {"accepted": 0, "updated": 0, "unchanged": 2, "refused": 0}
    assert set(live(settings).values()) == {"published"}


def test_a_broken_file_names_file_place_and_reason_and_its_good_stories_enter(
    run: Run, settings: Settings
) -> None:
    result = run("import", str(FIXTURES / "broken.rss"), language="ar_SA.UTF-8")
    assert result.exit_code == 1
    assert "مرفوض: broken.rss، الخبر 2، السطر 13" in result.stdout
    assert "قُبل: 2" in result.stdout
    assert "الزيتون: قطاف مبكر ومعاصر مزدحمة" in live(settings)


def test_a_dry_run_changes_nothing(run: Run, settings: Settings) -> None:
    result = run("import", str(FIXTURES / "feed.atom"), "--dry-run", "--json")
    assert result.exit_code == 0
    assert counts(result.stdout)["accepted"] == 2
    assert live(settings) == {}


def test_stories_can_be_kept_as_drafts_in_a_chosen_section(run: Run, settings: Settings) -> None:
    result = run("import", str(FIXTURES / "feed.atom"), "--as", "draft", "--section", "tech")
    assert result.exit_code == 0
    assert set(live(settings).values()) == {"draft"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("import",),
        ("import", "no/such/file.xml"),
        ("import", str(FIXTURES), "--section", "no/such"),
        ("import", str(FIXTURES), "--as", "withdrawn"),
        ("export",),
        ("demo", "more"),
    ],
)
def test_wrong_use_ends_with_two(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Error" in result.stderr


def test_an_inner_address_is_refused_in_words(run: Run) -> None:
    result = run("import", "http://169.254.169.254/latest/", language="ar")
    assert result.exit_code == 1
    assert "شبكة خاصة" in result.stdout


def test_a_house_without_a_database_is_told_what_to_do(
    run: Run, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHABARAYN_DATABASE_URL", f"sqlite:///{tmp_path / 'empty.db'}")
    result = run("import", str(FIXTURES / "feed.atom"))
    assert result.exit_code == 2
    assert "khabarayn init" in result.stderr


def test_control_c_stops_after_the_story_under_way_and_the_next_run_goes_on(
    run: Run, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    genuine = accept.admit

    def interrupted(*given: Any, **named: Any) -> Any:
        os.kill(os.getpid(), signal.SIGINT)
        return genuine(*given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(accept, "admit", interrupted)
        patched.setattr(accept, "MOST", 1)
        result = run("import", str(FIXTURES / "feed.atom"), "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["stopped"] is True
    assert len(live(settings)) == 1
    again = run("import", str(FIXTURES / "feed.atom"), "--json")
    assert counts(again.stdout) == {"accepted": 1, "updated": 0, "unchanged": 1, "refused": 0}
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def bars(run: Run, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[tuple[str, int, int]]:
    """Return label, end and length of each progress bar that a command shows."""
    shown: list[Any] = []
    genuine = click.progressbar

    def noted(**given: Any) -> Any:
        shown.append((given["label"], genuine(**given)))
        return shown[-1][1]

    monkeypatch.setattr(importing.click, "progressbar", noted)
    run(*arguments)
    return [(label, bar.pos, bar.length) for label, bar in shown]


def test_each_step_of_an_import_is_shown_to_its_end_and_what_is_done_at_once_is_not(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "feed.atom").write_bytes((FIXTURES / "feed.atom").read_bytes())
    empty = '<rss version="2.0"><channel><title>س</title></channel></rss>'
    assert bars(run, monkeypatch, "import", str(tmp_path)) == [
        ("stories", 2, 2),
        ("indexing", 2, 2),
        ("linking stories", 2, 2),
    ]
    assert bars(run, monkeypatch, "import", str(tmp_path)) == [("stories", 2, 2)]
    (tmp_path / "feed.atom").write_text(empty, "utf-8")
    assert bars(run, monkeypatch, "import", str(tmp_path)) == []


def test_a_folder_with_a_frame_brings_its_sections_and_goes_out_again(
    run: Run, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "edition"
    (folder / "stories").mkdir(parents=True)
    paper_setup = {
        "reference": "2020-01-01T12:00:00Z",
        "sections": [{"slug": "news/cats", "name": "قطط", "hue": 30}],
    }
    (folder / "edition.json").write_text(json.dumps(paper_setup), "utf-8")
    story = {
        "uri": "urn:test:cat",
        "firstcreated": "2020-01-01T10:00:00Z",
        "headlines": [{"role": "main", "value": "قطة في المطبعة"}],
        "bodies": [{"contenttype": "text/html", "value": "<p>نامت فوق الورق الدافئ.</p>"}],
        "subjects": [{"rel": "section", "literal": "news/cats"}],
    }
    (folder / "stories" / "cat.json").write_text(json.dumps(story), "utf-8")
    (folder / "tools.json").write_text('{"no": "story"}', "utf-8")
    assert run("import", str(folder)).exit_code == 0
    with sqlite3.connect(settings.data_dir / "khabarayn.db") as connection:
        (published,) = connection.execute("SELECT published_at FROM article").fetchone()
    connection.close()
    assert published > "2026"
    assert counts(run("import", str(folder), "--json").stdout)["unchanged"] == 1
    out = tmp_path / "out"
    result = run("export", str(out), "--json")
    assert (result.exit_code, json.loads(result.stdout)["stories"]) == (0, 1)
    assert run("import", str(out)).exit_code == 0


def test_the_demo_edition_enters_once(
    run: Run, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Two of its stories, since every picture of the whole edition takes its time.
    stories = sorted((importing.FOLDER / "stories").glob("*.json"))[:2]
    files = [importing.FOLDER / "edition.json", *stories]
    for story in stories:
        names = set(re.findall(r"pictures/([\w-]+\.jpg)", story.read_text("utf-8")))
        files += [importing.FOLDER / "pictures" / name for name in names]
    for file in files:
        target = tmp_path / file.relative_to(importing.FOLDER)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(file.read_bytes())
    monkeypatch.setattr(importing, "FOLDER", tmp_path)
    result = run("demo", "--json")
    assert result.exit_code == 0, result.stdout
    assert counts(result.stdout)["accepted"] == len(live(settings)) == 2
    assert counts(run("demo", "--json").stdout)["unchanged"] == 2


def archive(folder: Path, *sections: str) -> str:
    """A folder with a story in each of these sections."""
    for number, name in enumerate(sections):
        story = {
            "uri": f"urn:archive:{number}",
            "firstcreated": "2026-10-05T08:00:00Z",
            "headlines": [{"value": f"خبر من الأرشيف رقم {number}"}],
            "bodies": [{"value": "نص قصير من أرشيف قديم."}],
            "subjects": [{"rel": "section", "uri": f"urn:s:{name}", "name": name}],
        }
        (folder / f"{number}.json").write_text(json.dumps(story, ensure_ascii=False), "utf-8")
    return str(folder)


def test_sections_that_nobody_knows_are_listed_once(
    run: Run, tmp_path: Path, settings: Settings
) -> None:
    result = run("import", archive(tmp_path, "مرافئ", "مرافئ", "بساتين", "صحة"))
    assert result.exit_code == 1
    assert "sections that we do not have: مرافئ (2), بساتين (1)" in result.stdout
    report = json.loads(run("import", str(tmp_path), "--json").stdout)
    assert report["unknown_sections"] == {"مرافئ": 2, "بساتين": 1}
    assert len(live(settings)) == 1


def test_a_map_leads_their_sections_to_ours(run: Run, tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "in").mkdir()
    table = tmp_path / "map.txt"
    table.write_text("# أقسامهم\nمرافئ = economy\nبساتين\thealth  # زراعة\n", "utf-8")
    folder = archive(tmp_path / "in", "مرافئ", "بساتين")
    result = run("import", folder, "--section-map", str(table))
    assert result.exit_code == 0, result.output
    with sqlite3.connect(settings.data_dir / "khabarayn.db") as connection:
        rows = connection.execute(
            "SELECT section.slug FROM article JOIN section ON section.id = section_id"
        ).fetchall()
    connection.close()
    assert sorted(rows) == [("economy",), ("health",)]
    table.write_text("مرافئ = nowhere\n", "utf-8")
    wrong = run("import", folder, "--section-map", str(table))
    assert wrong.exit_code == 2
    assert "line 1" in wrong.output


def test_missing_sections_are_made_when_asked_for(
    run: Run, tmp_path: Path, settings: Settings
) -> None:
    folder = archive(tmp_path, "مرافئ", "مرافئ", "صحة")
    dry = run("import", folder, "--make-sections", "--dry-run")
    assert dry.exit_code == 1
    result = run("import", folder, "--make-sections")
    assert result.exit_code == 0, result.output
    with sqlite3.connect(settings.data_dir / "khabarayn.db") as connection:
        made = connection.execute("SELECT name FROM section WHERE name = 'مرافئ'").fetchall()
    connection.close()
    assert made == [("مرافئ",)]
    assert len(live(settings)) == 3
