"""``khabarayn edition``: made once, listed, and checked on any machine that has the key."""

from __future__ import annotations

import errno
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from factories.story import stories

from khabarayn import Khabarayn
from khabarayn.cli import cli
from khabarayn.desk.front import make_edition


@pytest.fixture
def run(app: Khabarayn, monkeypatch: pytest.MonkeyPatch):
    settings = app.config["KHABARAYN"]
    stories(app, 3, published_at=datetime(2026, 3, 1, 1, tzinfo=UTC))
    monkeypatch.setenv("KHABARAYN_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("KHABARAYN_SECRET_KEY", settings.secret_key)
    monkeypatch.setenv("LC_ALL", "ar_SA.UTF-8")
    return lambda *words: CliRunner().invoke(cli, ["edition", *words])


MORNING = ("--date", "2026-03-01", "--half", "am")


def test_made_once_then_left_alone_and_listed(run) -> None:
    first = run("make", *MORNING, "--json")
    assert first.exit_code == 0, first.output
    (told,) = map(json.loads, first.stdout.splitlines())
    assert (told["name"], told["stories"], told["new"]) == ("2026-03-01-am", 3, True)
    assert "صدرت من قبل" in run("make", *MORNING).stdout
    (listed,) = json.loads(run("list", "--json").stdout)
    assert listed["text_size"] == told["text_size"]
    assert "2026-03-01-am" in run("list").stdout


def test_on_a_full_disk_the_operator_is_told_and_the_next_run_makes_it(
    run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(make_edition, "store_file", full)
        refused = run("make", *MORNING)
    assert refused.exit_code == 1
    assert "أفرغ مكانًا" in refused.output and "No space left" in refused.output
    assert "Traceback" not in refused.output
    assert run("make", *MORNING).exit_code == 0


def test_an_edition_is_arabic_whatever_the_operator_speaks(
    run, app: Khabarayn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert run("make", *MORNING).exit_code == 0
    story = json.loads(run("list", "--json").stdout)[0]
    client = app.test_client()
    page = client.get(f"/editions/{story['name']}").text
    assert "1 مارس/آذار 2026" in page


def test_what_will_not_do_is_said_and_exits_with_one_or_two(run) -> None:
    refused = run("make", "--date", "2999-01-01", "--half", "am")
    assert refused.exit_code == 1
    assert "لم يحن موعد" in refused.stderr
    assert run("make", "--half", "am").exit_code == 2


def test_a_file_is_checked_and_a_changed_byte_is_refused_in_words(
    run, app: Khabarayn, tmp_path: Path
) -> None:
    run("make", *MORNING)
    data = app.test_client().get("/editions/2026-03-01-am.khb").data
    file = tmp_path / "نشرة.khb"
    file.write_bytes(data)
    good = run("check", str(file))
    assert good.exit_code == 0
    assert "سليم وموقّع" in good.stdout
    file.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    bad = run("check", str(file))
    assert bad.exit_code == 1
    assert "تالف" in bad.stderr or "تغيّر" in bad.stderr
    file.write_bytes(b"PK" + data)
    assert "ليس هذا ملف نشرة" in run("check", str(file)).stderr
