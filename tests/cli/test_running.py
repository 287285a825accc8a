"""``khabarayn serve`` carries a worker along, and lets it rest when it ends."""

from __future__ import annotations

import re
import secrets
import sqlite3
import time
from contextlib import closing
from urllib.request import Request, urlopen

import pytest
from services import administer
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


@pytest.mark.postgres
def test_processes_that_serve_side_by_side_count_together(server, postgres):
    name, token = f"s_{secrets.token_hex(6)}", "a token of sixteen bytes or more"
    administer(postgres, f"CREATE DATABASE {name}")
    url = f"{postgres}/{name}"
    server.environ |= {"KHABARAYN_DATABASE_URL": url, "KHABARAYN_METRICS_TOKEN": token}
    server.run("init")
    server.start(60, "--workers", "2", "--no-worker")
    for _ask in range(40):
        with urlopen(f"{server.url}/healthz"):
            pass
    asked = Request(f"{server.url}/metrics", headers={"Authorization": f"Bearer {token}"})
    with urlopen(asked) as answer:
        text = answer.read().decode()
    counted = re.search(r'khabarayn_requests_total\{kind="health",status="200"\} ([\d.]+)', text)
    assert counted
    # Whichever process answers tells of all of them.
    assert float(counted[1]) >= 40
    assert len(list((server.data_dir / "metrics").glob("counter_*.db"))) == 2
    server.stop()
    administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")
