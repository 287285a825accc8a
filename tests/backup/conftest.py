"""A paper with stories, pictures and keys, and an empty house beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from factories.media import picture_bytes
from factories.story import story

from khabarayn import Khabarayn
from khabarayn.backup.repository import Repository
from khabarayn.backup.take import Backup, open_repository, take
from khabarayn.desk.by import OPERATOR
from khabarayn.desk.pictures.upload import upload
from khabarayn.edition.seal import seal_in
from khabarayn.settings import Settings, settings_of

KEY = "a secret that only this test knows, and long enough"
Back = Callable[..., Backup]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder of the backup."""
    return tmp_path / "backup"


@pytest.fixture
def paper(any_app: Khabarayn) -> Khabarayn:
    """A paper with two stories, one picture and the key that editions are signed with."""
    story(any_app, headline="البلدية تفتتح مكتبة في الحي القديم")
    with any_app.app_context():
        upload(picture_bytes(400, 300), OPERATOR, store=any_app.extensions["khabarayn.media"])
    story(any_app, headline="الميناء يستقبل أول سفينة هذا العام")
    seal_in(settings_of(any_app.config).data_dir)
    return any_app


@pytest.fixture
def back_up(paper: Khabarayn, place: Path) -> Back:
    """Take a snapshot of `paper` into `place`."""

    def back_up(**given: bool) -> Backup:
        settings = settings_of(paper.config)
        with paper.app_context():
            repository = open_repository(str(place), settings, make=True)
            return take(repository, settings, paper.extensions["khabarayn.media"], **given)

    return back_up


@pytest.fixture
def repository(place: Path) -> Callable[..., Repository]:
    """Open what lies in `place`, without a key."""
    return lambda **given: open_repository(str(place), replace(Settings(), **given))
