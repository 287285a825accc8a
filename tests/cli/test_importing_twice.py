"""Two imports of one folder, each a process of its own, begun at the same moment."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from prepared import begin

from khabarayn import Khabarayn
from khabarayn.settings import Settings
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
    # Begun by one process that has imported everything: within a millisecond of each other.
    with ExitStack() as opened:
        files = [opened.enter_context(TemporaryFile("w+")) for _ in range(4)]
        running = [
            begin(["import", str(folder), "--json"], environ, out.fileno(), err.fileno())
            for out, err in zip(files[::2], files[1::2], strict=True)
        ]
        ended = [process.wait(120) for process in running]
        for file in files:
            file.seek(0)
        said = [file.read() for file in files]
    done = list(zip(said[::2], said[1::2], strict=True))
    for code, (out, err) in zip(ended, done, strict=True):
        assert code == 0, err
        assert not RAW.search(out + err), out + err
    reports = [Counter(row["outcome"] for row in json.loads(out)["rows"]) for out, _err in done]
    assert reports[0] + reports[1] == {"accepted": STORIES, "unchanged": STORIES}
    with any_app.app_context():
        headlines = list(db.session.scalars(db.select(ArticleRow.headline)))
        topics = list(db.session.scalars(db.select(OutboxRow.topic)))
    assert len(headlines) == len(set(headlines)) == STORIES
    assert topics.count("published") == STORIES
