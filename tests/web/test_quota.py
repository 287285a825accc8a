"""One address cannot decide what is most read, and nobody is remembered for long."""

from __future__ import annotations

import pytest
from factories.story import story

from khabarayn.store.db import db
from khabarayn.store.models import ReadsRow
from khabarayn.web import quota
from khabarayn.web.quota import Quota
from khabarayn.web.reader.reads import OF_A_STORY

pytestmark = pytest.mark.trust


def test_a_window_that_is_over_begins_anew_and_keys_do_not_share():
    clock = [0.0]
    allows = Quota(2, 10, lambda: clock[0]).allows
    assert [allows("a"), allows("a"), allows("a"), allows("b")] == [True, True, False, True]
    clock[0] = 10.0
    assert allows("a")


def test_made_up_addresses_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(quota, "MOST", 10)
    asked = Quota(1, 10)
    for number in range(100):
        assert asked.allows(str(number))
    assert len(asked._counts) == 10


def test_readings_of_one_address_stop_counting_and_those_of_another_go_on(app, client):
    public_id = story(app)
    statuses = [client.post(f"/api/reads/{public_id}").status_code for _ in range(OF_A_STORY + 5)]
    assert statuses == [204] * OF_A_STORY + [429] * 5
    other = client.post(f"/api/reads/{public_id}", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert other.status_code == 204
    with app.app_context():
        assert db.session.query(ReadsRow).one().count == OF_A_STORY + 1
