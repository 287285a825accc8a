"""Two imports of one folder, each a process of its own, begun at the same moment."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from khabarayn import Khabarayn
from khabarayn.settings import PACKAGE, Settings
from khabarayn.store.db import db
from khabarayn.store.models import ArticleRow, OutboxRow

STORIES = 16
RAW = re.compile(r"sqlite3|psycopg|sqlalchemy|INSERT|UPDATE|UNIQUE|Integrity|database is|Traceback")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(STORIES):
        told = {
            "uri": f"urn:test:story-{number}",
            "firstcreated": f"2026-01-01T10:{number:02}:00Z",
            "headlines": [{"role": "main", "value": f"الخبر رقم {number} من البلدة"}],
            "bodies": [
                {"contenttype": "text/html", "value": f"<p>زرع الناس {number} شجرة في يوم.</p>"}
            ],
            "subjects": [{"rel": "section", "literal": "news"}, {"rel": "tag", "name": "أشجار"}],
        }
        (tmp_path / f"{number:02}.json").write_text(json.dumps(told), "utf-8")
    return tmp_path


def test_two_imports_of_one_folder_tell_each_story_once_and_refuse_none(
    any_app: Khabarayn, folder: Path
) -> None:
    settings: Settings = any_app.config["KHABARAYN"]
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KHABARAYN_")},
        "KHABARAYN_DATA_DIR": str(settings.data_dir),
        "KHABARAYN_DATABASE_URL": settings.database_url,
        "KHABARAYN_SECRET_KEY": settings.secret_key,
        "LANG": "C.UTF-8",
    }
    # Both wait until both are there, then begin.
    gate = folder / "gate"
    begin = (
        "import pathlib, sys, time\n"
        "from khabarayn.cli import cli\n"
        "gate, me = pathlib.Path(sys.argv[1]), sys.argv[2]\n"
        "pathlib.Path(f'{gate}{me}').touch()\n"
        "while not all(pathlib.Path(f'{gate}{n}').exists() for n in '12'):\n"
        "    time.sleep(0.001)\n"
        "cli(['import', str(gate.parent), '--json'])\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", begin, str(gate), me],
            cwd=PACKAGE.parent,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for me in "12"
    ]
    done = [process.communicate(timeout=120) for process in running]
    for process, (out, err) in zip(running, done, strict=True):
        assert process.returncode == 0, err
        assert not RAW.search(out + err), out + err
    reports = [Counter(row["outcome"] for row in json.loads(out)["rows"]) for out, _err in done]
    assert reports[0] + reports[1] == {"accepted": STORIES, "unchanged": STORIES}
    with any_app.app_context():
        headlines = list(db.session.scalars(db.select(ArticleRow.headline)))
        topics = list(db.session.scalars(db.select(OutboxRow.topic)))
    assert len(headlines) == len(set(headlines)) == STORIES
    assert topics.count("published") == STORIES
