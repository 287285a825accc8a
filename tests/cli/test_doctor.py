"""``khabarayn doctor`` names each fault that was planted, and nothing in a sound paper."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from click.testing import CliRunner
from factories.story import story
from factories.user import user

from khabarayn import Khabarayn
from khabarayn.cli.doctor import doctor, examine_all
from khabarayn.edition.seal import seal_in
from khabarayn.jobs.outbox import BACKUP, beat
from khabarayn.search.index import reindex
from khabarayn.store.db import db, now
from khabarayn.store.models import EditionRow, LogRow, MediaRow, OutboxRow

pytestmark = pytest.mark.trust
Examine = Callable[..., dict[str, str]]


@pytest.fixture
def examine(app: Khabarayn, monkeypatch: pytest.MonkeyPatch) -> Examine:
    """Return a way to run all looks; it answers with the words of what is not ok, by name."""
    folder = app.config["KHABARAYN"].data_dir

    def run(levels: tuple[str, ...] = ("bad",), **given: str) -> dict[str, str]:
        with monkeypatch.context() as patched:
            for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
                patched.setenv(name, "C")
            patched.setenv("KHABARAYN_DATA_DIR", str(folder))
            for name, value in given.items():
                patched.setenv(f"KHABARAYN_{name.upper()}", value)
            return {f.name: f.words for f in examine_all() if f.level in levels}

    return run


@pytest.fixture
def folder(app: Khabarayn) -> Path:
    return app.config["KHABARAYN"].data_dir


def change(folder: Path, *statements: str) -> None:
    """Change the file from outside, as somebody with a shell would."""
    with closing(sqlite3.connect(folder / "khabarayn.db")) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def indexed(app: Khabarayn) -> str:
    """Return a published story of a paper whose index `init` has made."""
    public_id = story(app)
    with app.app_context():
        for _step in reindex():
            pass
    return public_id


def picture(app: Khabarayn) -> str:
    """Return the stored name of a picture's only rendition."""
    with app.app_context():
        db.session.add(
            MediaRow(
                public_id="k3f9k3f9", folder="k3f9k3f9", digest="d" * 64, mime="image/jpeg",
                width=8, height=8, created_at=now(), renditions=[{"name": "800.jpg", "width": 8}],
            )
        )  # fmt: skip
        db.session.commit()
    app.extensions["khabarayn.media"].put("k3f9k3f9/800.jpg", b"picture", "image/jpeg")
    return "k3f9k3f9/800.jpg"


def test_a_sound_paper_has_no_fault(app, examine, folder):
    indexed(app)
    picture(app)
    (folder / "khabarayn.db").chmod(0o600)
    assert examine() == {}
    assert {"people", "worker"} <= set(examine(levels=("warn",)))


@pytest.mark.parametrize("held", ["", "four"])
def test_an_empty_or_short_secret_key_is_named(examine, folder, held):
    (folder / "secret.key").write_text(held)
    (folder / "secret.key").chmod(0o600)
    assert "secret.key" in examine()["secret key"]


def test_keys_that_others_read_and_a_damaged_one_are_named(examine, folder):
    (folder / "secret.key").write_text("s" * 40)
    (folder / "secret.key").chmod(0o644)
    assert "can be read by others" in examine()["secret key"]
    seal_in(folder)
    (folder / "edition.key").chmod(0o640)
    assert "can be read by others" in examine()["edition key"]
    (folder / "edition.key").chmod(0o600)
    (folder / "edition.key").write_bytes(b"not a key")
    assert "edition.key" in examine()["edition key"]


def test_a_database_that_anybody_writes_is_named(examine, folder):
    (folder / "khabarayn.db").chmod(0o666)
    assert "can be written by anybody" in examine()["database"]


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("trusted_host", "paper.example", "did you mean KHABARAYN_TRUSTED_HOSTS"),
        ("secret_key", "short", "KHABARAYN_SECRET_KEY"),
        ("timezone", "Mars/Olympus", "KHABARAYN_TIMEZONE"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(examine, setting, value, told):
    assert told in examine(**{setting: value})["settings"]


def test_http_in_production_is_named(examine):
    given = {"env": "production", "secret_key": "s" * 40, "trusted_hosts": "paper.example"}
    assert "https://" in examine(**given, base_url="http://paper.example")["settings"]


def test_a_missing_and_an_empty_rendition_are_named_however_old_the_picture(app, examine, folder):
    file = picture(app)
    path = folder / "media" / file
    path.write_bytes(b"")
    assert f"empty: 1: {file}" in examine()["pictures"]
    path.unlink()
    assert f"missing: 1: {file}" in examine()["pictures"]


def test_files_of_an_edition_that_are_gone_are_named(app, examine):
    with app.app_context():
        db.session.add(
            EditionRow(name="2026-11-23-am", closes_at=now(), made_at=now(), issue=1,
                       text_file="editions/a.text.khb")
        )  # fmt: skip
        db.session.commit()
    assert "editions/a.text.khb" in examine()["Editions"]


def test_an_index_that_lost_a_trigger_is_named_and_made_whole_by_init(app, examine, folder):
    public_id = indexed(app)
    assert "search index" not in examine()
    change(folder, "DROP TRIGGER search_index_out")
    assert "run khabarayn init" in examine()["search index"]
    with app.app_context():
        for _step in reindex():
            pass
    assert "search index" not in examine()
    assert public_id


def test_a_short_index_says_how_many_stories_are_missing(app, examine, folder):
    indexed(app)
    change(folder, "DELETE FROM search_document")
    assert "stories missing: 1" in examine()["search index"]


def test_a_torn_index_is_named(app, examine, folder):
    indexed(app)
    change(folder, "DELETE FROM search_index_data WHERE id > 10")
    assert "torn" in examine()["search index"]


def test_a_broken_foreign_key_is_named(app, examine, folder):
    story(app)
    change(folder, "UPDATE article SET section_id = 99999")
    assert "article → section" in examine()["foreign keys"]


def test_a_story_out_of_its_lists_and_a_ghost_in_them_are_named(app, examine, folder):
    public_id = story(app)
    change(folder, "DELETE FROM listing")
    assert public_id in examine()["lists"]
    other = story(app)
    change(folder, f"UPDATE article SET status = 'withdrawn' WHERE public_id = '{other}'")
    assert "listed, not published" in examine()["lists"]


def test_a_late_schedule_is_named(app, examine, folder):
    public_id = story(app)
    change(folder, "UPDATE article SET status = 'scheduled', publish_at = '2020-01-01 00:00:00'")
    assert public_id in examine()["schedule"]


def test_a_stuck_outbox_is_named(app, examine):
    with app.app_context():
        made = now() - timedelta(hours=2)
        db.session.add(OutboxRow(topic="relabel", payload={}, created_at=made))
        db.session.commit()
    assert examine()["outbox"] == "stuck: 1"


def test_nobody_to_sign_in_is_named_and_an_admin_is_enough(app, examine):
    assert "no admin can sign in" in examine(levels=("warn",))["people"]
    with app.app_context():
        user(role="admin")
        db.session.commit()
    assert "people" not in examine(levels=("warn",))


def test_an_old_backup_is_named_and_none_at_all_is_a_warning(app, examine):
    assert "KHABARAYN_BACKUP_URL" in examine(levels=("warn",))["backup"]
    assert "none was taken" in examine(backup_url="/backup")["backup"]
    with app.app_context():
        beat(BACKUP)
    assert "backup" not in examine(backup_url="/backup")
    with time_machine.travel(now() + timedelta(hours=1)):
        assert "is old" in examine(backup_url="/backup")["backup"]


def test_a_mail_server_out_of_reach_is_named(examine):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert "does not answer" in examine(smtp_url=f"smtp://127.0.0.1:{port}")["mail server"]


def test_an_object_store_that_is_gone_is_named(examine, s3, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    assert "pictures" in examine(media_url="s3://gone/pictures")


def test_a_full_and_a_scant_disk_are_named(examine, monkeypatch):
    for free, level in ((100, "bad"), (500, "warn")):
        usage = SimpleNamespace(free=free * 1024 * 1024)
        monkeypatch.setattr(shutil, "disk_usage", lambda _path, usage=usage: usage)
        assert examine(levels=(level,))["disk space"] == f"{free} MB"


def test_a_database_of_another_time_or_none_is_named_and_looked_at_no_further(examine, folder):
    change(folder, "UPDATE alembic_version SET version_num = '0005'")
    assert set(examine()) == {"migrations"}
    (folder / "khabarayn.db").write_bytes(b"this is no database file, whatever its name says" * 99)
    assert "database" in examine()


def lose_picture(app, folder):
    (folder / "media" / picture(app)).unlink()


def open_key(app, folder):
    (folder / "secret.key").write_text("s" * 40)
    (folder / "secret.key").chmod(0o644)


def halve_migration(app, folder):
    change(folder, "DROP TABLE source", "CREATE TABLE _alembic_tmp_source (id INTEGER)")


def lose_index(app, folder):
    indexed(app)
    change(folder, "DELETE FROM search_document")


def turn_clock_back(app, folder):
    with app.app_context():
        db.session.add(LogRow(at=now() + timedelta(hours=3), who="x", verb="publish", detail={}))
        db.session.commit()


def leave_backup_to_age(app, folder):
    with app.app_context(), time_machine.travel(now() - timedelta(hours=1)):
        beat(BACKUP)


def nothing(app, folder):
    """The fault is in what is given."""


FAULTS = {
    "missing picture file": (lose_picture, {}, "ملفات الصور: مفقودة", "pictures: missing: 1"),
    "wrong permissions": (open_key, {}, "يقرؤه غير صاحبه", "can be read by others"),
    "half migration": (halve_migration, {}, "ترحيل لم يكتمل", "migration was not finished"),
    "index behind": (lose_index, {}, "أخبار غير مفهرسة: 1", "stories missing: 1"),
    "clock wrong": (turn_clock_back, {}, "السجل يسبق ساعة", "ahead of this machine"),
    "disk nearly full": (nothing, {"free": 100}, "مساحة القرص: 100 MB", "disk space: 100 MB"),
    "old backup": (leave_backup_to_age, {"BACKUP_URL": "/backup"}, "سليمة قديمة", "one is old"),
    "unsafe setting": (nothing, {"SECRET_KEY": "short"}, "الإعدادات: KHABARAYN_SECRET_KEY",
                       "settings: KHABARAYN_SECRET_KEY"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_named_in_arabic_and_english_and_for_programs(
    app, folder, monkeypatch, fault
):
    plant, given, arabic, english = FAULTS[fault]
    plant(app, folder)
    if "free" in given:
        usage = SimpleNamespace(free=given["free"] * 1024 * 1024)
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    environ = {f"KHABARAYN_{name}": str(value) for name, value in given.items() if name != "free"}
    environ |= {"KHABARAYN_DATA_DIR": str(folder), "LC_ALL": "", "LC_MESSAGES": ""}
    for language, words in (("ar", arabic), ("C", english)):
        said = CliRunner().invoke(doctor, env={**environ, "LANG": language})
        assert said.exit_code == 1, said.output
        (line,) = [line for line in said.output.splitlines() if words in line]
        assert line[0] == "✗"
    findings = json.loads(CliRunner().invoke(doctor, ["--json"], env=environ).output)
    assert any(english in f"{one['name']}: {one['words']}" for one in findings)
    assert {one["level"] for one in findings} <= {"ok", "warn", "bad"}


def test_a_missing_data_folder_is_named_without_a_traceback(examine, folder):
    shutil.rmtree(folder)
    assert "run khabarayn init" in examine()["data folder"]
