"""Prometheus reads counts with its token; nobody else learns that there is such an address."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from asgi import answer
from factories.story import story
from sqlalchemy.exc import OperationalError

from khabarayn.jobs.outbox import BACKUP, beat
from khabarayn.metrics import FOLDER
from khabarayn.server.gateway import Gateway
from khabarayn.server.site import observer
from khabarayn.web import metrics

TOKEN = "a token of sixteen bytes or more"


@pytest.fixture
def measured(app):
    """The application with its token set."""
    app.config["KHABARAYN"] = replace(app.config["KHABARAYN"], metrics_token=TOKEN)
    return app


def numbers(client) -> dict[str, float]:
    said = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert said.status_code == 200
    assert said.headers["Cache-Control"] == "no-store"
    pairs = [line.rsplit(" ", 1) for line in said.text.splitlines() if line[:1] not in "# "]
    return {name: float(value) for name, value in pairs}


@pytest.mark.parametrize("given", ["", f"Bearer {TOKEN}x", "Bearer ", TOKEN, "Bearer خبر"])
def test_whoever_does_not_bring_the_token_finds_nothing(measured, client, given):
    said = client.get("/metrics", headers={"Authorization": given.encode().decode("latin-1")})
    assert said.status_code == 404
    assert "khabarayn_" not in said.text


def test_without_the_setting_there_is_nothing_even_for_an_empty_token(client):
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_requests_are_counted_by_kind_and_status_and_never_by_address(measured, client):
    public_id = story(measured)
    settings = measured.config["KHABARAYN"]
    before = numbers(client)
    gateway = Gateway(measured, observe=observer(settings))
    for path in (f"/a/{public_id}", "/by/nobody", "/_f/rail"):
        answer(gateway, path=path, headers=())
    after = numbers(client)
    for status in (200, 404):
        page = f'khabarayn_requests_total{{kind="page",status="{status}"}}'
        assert after[page] - before.get(page, 0) == 1
    count = 'khabarayn_request_seconds_count{kind="fragment"}'
    assert after[count] - before.get(count, 0) == 1
    statements = "khabarayn_database_seconds_count"
    assert after[statements] > before[statements]
    assert public_id not in str(after)
    assert "nobody" not in str(after)


def test_the_state_of_the_house_is_told_in_numbers(measured, client):
    measured.config["KHABARAYN"] = replace(measured.config["KHABARAYN"], backup_url="/backup")
    never = numbers(client)
    assert never["khabarayn_worker_age_seconds"] == float("inf")
    assert never["khabarayn_backup_age_seconds"] == float("inf")
    with measured.app_context():
        beat()
        beat(BACKUP)
    story(measured)
    found = numbers(client)
    assert found["khabarayn_worker_age_seconds"] < 60
    assert found["khabarayn_backup_age_seconds"] < 60
    assert found["khabarayn_disk_free_bytes"] > 0
    assert found["khabarayn_schema_current"] == 1
    assert found["khabarayn_database_up"] == 1
    assert found["khabarayn_queue_length"] >= 0


def test_counts_are_told_while_the_database_is_away(measured, client, monkeypatch):
    def away(_settings):
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(metrics, "condition", away)
    assert numbers(client)["khabarayn_database_up"] == 0


def test_processes_that_share_add_up_their_counts(tmp_path):
    """In processes of their own: the library decides at its import where it counts."""
    begin = f"""
import os, subprocess, sys
os.environ[{FOLDER!r}] = {str(tmp_path)!r}
from khabarayn import metrics
"""
    one = begin + "metrics.REQUESTS.labels('page', '200').inc()\n"
    for _process in range(2):
        subprocess.run([sys.executable, "-c", one], check=True)
    said = subprocess.run(
        [sys.executable, "-c", begin + "print(metrics.exposition({}).decode())"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert 'khabarayn_requests_total{kind="page",status="200"} 2.0' in said.stdout
