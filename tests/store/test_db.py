"""What the database keeps of JSON, and what a full disk still lets readers see."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from contextlib import contextmanager

import pytest
from factories.story import BY, proposal
from factories.story import story as told
from sqlalchemy import text

from khabarayn.article.identity import new_public_id
from khabarayn.desk.stories.draft import draft
from khabarayn.desk.stories.publish import publish
from khabarayn.store.db import compact_json, db


@pytest.mark.usefixtures("any_app_context")
def test_a_body_is_stored_in_its_own_letters():
    publish(draft(proposal(body_html="<p>ماء النيل</p>"), BY), BY)
    kept = db.session.scalar(text("SELECT CAST(body AS TEXT) FROM article"))
    assert "ماء النيل" in kept
    assert "\\u" not in kept


@pytest.mark.parametrize("value", ["خبر", "\ud800", {"a": ["\x00", 1.5, None]}, "😀"])
def test_whatever_is_written_is_read_again(value):
    written = compact_json(value)
    assert json.loads(written.encode()) == value


@contextmanager
def no_room_for(size: int):
    """No file grows beyond ``size`` bytes: the index of a WAL (32 kB) finds no room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_after_a_start_on_a_full_disk_readers_read_and_with_room_editors_write_again(app, enter):
    id = told(app, headline="خبر يُقرأ والقرص ممتلئ")
    writer, new = enter("writer"), new_public_id()
    form = {"headline": "خبر جديد", "section": "news", "body": "<p>نص.</p>", "base": "0"}
    with app.app_context():
        db.session.remove()
        db.engine.dispose()  # the last to close takes the WAL and its index away
    with no_room_for(20_000):
        for path in ("/", "/latest", f"/a/{id}", "/search?q=القرص", "/feed.xml", "/readyz"):
            answer = app.test_client().get(path, follow_redirects=True)
            assert answer.status_code == 200, path
            if path != "/readyz":
                assert "القرص" in answer.text, path
        refused = writer.post(f"/newsroom/stories/{new}", data=form)
        assert refused.status_code == 503
        assert "نصّك كله هنا" in refused.text
    assert writer.post(f"/newsroom/stories/{new}", data=form).status_code == 303


def test_after_an_unclean_end_on_a_full_disk_readers_read_what_was_acknowledged_last(app, enter):
    id = told(app, headline="خبر يُقرأ والقرص ممتلئ")
    writer, new = enter("writer"), new_public_id()
    form = {"headline": "خبر جديد", "section": "news", "body": "<p>نص.</p>", "base": "0"}
    path = app.config["KHABARAYN"].data_dir / "khabarayn.db"
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    # A process that is killed leaves its WAL; the index beside it went with the machine.
    last = "خبر قُبل قبل انقطاع الكهرباء"
    killed = (
        "import os, sqlite3, sys\n"
        "line = sqlite3.connect(sys.argv[1])\n"
        "line.execute('UPDATE article SET headline = ? WHERE public_id = ?', sys.argv[2:])\n"
        "line.commit()\n"
        "os._exit(0)\n"
    )
    subprocess.run([sys.executable, "-c", killed, str(path), last, id], check=True)
    assert path.with_name("khabarayn.db-wal").stat().st_size
    path.with_name("khabarayn.db-shm").unlink()
    with no_room_for(20_000):
        answer = app.test_client().get(f"/a/{id}", follow_redirects=True)
        assert answer.status_code == 200
        assert last in answer.text
        refused = writer.post(f"/newsroom/stories/{new}", data=form)
        assert refused.status_code == 503
        assert "نصّك كله هنا" in refused.text
    assert writer.post(f"/newsroom/stories/{new}", data=form).status_code == 303
    assert last in app.test_client().get(f"/a/{id}", follow_redirects=True).text
