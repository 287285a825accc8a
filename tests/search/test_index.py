"""The index is brought to its end by the next run, wherever the one before was killed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from factories.story import story

from khabarayn import Khabarayn
from khabarayn.settings import PACKAGE, Settings


@pytest.mark.trust
def test_reindexing_killed_at_any_of_its_steps_is_healed_by_the_next_run(any_app: Khabarayn):
    for number in range(4):
        story(any_app, headline=f"خبر من مدينة رقم {number}")
    settings: Settings = any_app.config["KHABARAYN"]
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("KHABARAYN_")},
        "KHABARAYN_DATA_DIR": str(settings.data_dir),
        "KHABARAYN_DATABASE_URL": settings.database_url,
        "KHABARAYN_SECRET_KEY": settings.secret_key,
        "PYTHONPATH": str(PACKAGE.parent),
    }
    program = Path(__file__).with_name("killed_reindexing.py")
    done = subprocess.run(
        [sys.executable, str(program)], env=environ, capture_output=True, text=True, timeout=600
    )
    steps = re.fullmatch(r"steps (\d+)\n", done.stdout)
    assert done.returncode == 0 and steps, done.stdout + done.stderr
    assert int(steps[1]) > 20, "statements and commits"
