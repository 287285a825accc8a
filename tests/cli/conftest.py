"""The operator's command on a house of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from khabarayn.cli import cli
from khabarayn.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings, migrated: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``khabarayn …`` in English on a migrated house with the default sections."""
    shutil.copy(migrated, settings.data_dir / "khabarayn.db")
    for name in [name for name in os.environ if name.startswith("KHABARAYN_")]:
        monkeypatch.delenv(name)
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("KHABARAYN_DATA_DIR", str(settings.data_dir))

    def run(*arguments: str, language: str = "") -> Result:
        return CliRunner().invoke(cli, arguments, env={"LANG": language} if language else None)

    return run
