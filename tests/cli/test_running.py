"""``khabarayn serve`` carries a worker along, and lets it rest when it ends."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing

import pytest
from serving import Server


def beating(server: Server) -> bool:
    """Say whether a worker of this paper has said that it is alive."""
    with closing(sqlite3.connect(server.data_dir / "khabarayn.db")) as database:
        return bool(database.execute("SELECT 1 FROM beat WHERE name = 'worker'").fetchall())


@pytest.mark.parametrize(("words", "works"), [((), True), (("--no-worker",), False)])
def test_one_command_serves_and_works_and_both_end_with_it(server, words, works):
    # Once as an operator's shell does it, with an interpreter that has imported nothing.
    server.cold = works
    server.run("init")
    server.start(30, *words)
    deadline = time.monotonic() + 10
    while works and not beating(server) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert beating(server) == works
    server.stop()
    assert not beating(server)
