"""Killed at random moments while editors write, the paper loses nothing and is soon back."""

from __future__ import annotations

import pytest
from insiders import insider
from serving import Server

from bench.kills import Editor, kill_often
from khabarayn import create_app
from khabarayn.settings import Settings
from khabarayn.store.db import db

pytestmark = pytest.mark.trust
KILLS = 6


def editor(server: Server) -> Editor:
    """Return a chief editor who is signed in."""
    app = create_app(Settings(data_dir=server.data_dir))
    client = insider(app, "chief")
    person = Editor(server.port)
    (cookie,) = client._cookies.values()
    person.cookie, person.token = f"{cookie.key}={cookie.value}", client.token
    with app.app_context():
        db.engine.dispose()
    return person


def test_what_was_acknowledged_survives_kills_at_random_moments(server: Server):
    server.run("init")
    people = [editor(server) for _person in range(2)]
    server.start()
    tally = kill_often(server, people, KILLS)
    assert tally.lost == []
    assert tally.kills == KILLS
    assert tally.saved > KILLS
    assert tally.published > 0
    # Ours alone took 0.6 s; a machine that runs all other tests meanwhile is given some more.
    assert sorted(tally.starts)[KILLS // 2] < 5
