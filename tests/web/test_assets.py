"""A site starts and is whole on a disk that takes no more."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from khabarayn import create_app
from khabarayn.settings import SITE
from khabarayn.store.db import db
from khabarayn.web.assets import build


@pytest.fixture
def full_after(monkeypatch: pytest.MonkeyPatch):
    """Return what makes the disk full after so many files were written to a folder."""

    def fill(folder: Path, files: int, code: int = errno.ENOSPC) -> None:
        genuine, written = Path.write_bytes, 0

        def write_bytes(path: Path, data: bytes) -> int:
            nonlocal written
            if path.is_relative_to(folder):
                written += 1
                if written > files:
                    genuine(path, data[: len(data) // 2])
                    raise OSError(code, "No space left on device")
            return genuine(path, data)

        monkeypatch.setattr(Path, "write_bytes", write_bytes)

    return fill


@pytest.mark.parametrize("files", [0, 20])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_a_start_on_a_full_disk_serves_every_sheet_script_and_font(
    app, settings, tmp_path, full_after, caplog, files, code
):
    del app  # the database, set up while there was room
    data = tmp_path / "data"
    data.mkdir()
    started = replace(
        settings, data_dir=data, database_url=f"sqlite:///{settings.data_dir}/khabarayn.db"
    )
    folder = data / "static"
    full_after(folder, files, code)
    with caplog.at_level(logging.ERROR):
        site = create_app(started)
    assert "served from memory" in caplog.text
    client = site.test_client()
    names = site.extensions["khabarayn.assets"]
    page = client.get("/")
    assert page.status_code == 200
    linked = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text))
    assert linked
    for address in linked | {f"/static/{name}" for name in names.values()}:
        answer = client.get(address, headers={"Accept-Encoding": "identity"})
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["Cache-Control"]
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["KH-Sha256"] == hashlib.sha256(answer.data).hexdigest(), address
        if address.endswith(".css"):
            assert answer.mimetype == "text/css"
        answer.close()
    assert client.get("/static/css/app.000000000000.css").status_code == 404
    # No half of a file is left behind to fill the disk with.
    with site.app_context():
        db.session.remove()
        db.engine.dispose()
    assert not list(folder.rglob(f"*.{os.getpid()}"))


def test_what_an_earlier_build_left_is_used_on_a_full_disk(made_once, full_after):
    folder = made_once / "static"
    before = build(SITE / "static", folder)
    full_after(folder, 0)
    after = build(SITE / "static", folder)
    assert after.names == before.names
    assert (after.in_memory, after.why) == ({}, "")
