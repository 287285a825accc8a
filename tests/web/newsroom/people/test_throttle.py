"""Guessing is slow; nobody is locked out by what strangers try."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from web.newsroom.test_access import EMAIL, PASSWORD, sign_in, token_in

from khabarayn.desk.by import OPERATOR
from khabarayn.desk.people.accounts import add_user
from khabarayn.desk.people.attempts import ACCOUNT, ADDRESS, PAIR, prune_attempts
from khabarayn.store.db import db
from khabarayn.store.models import AttemptRow

pytestmark = pytest.mark.trust


@pytest.fixture(autouse=True)
def samar(app) -> None:
    with app.app_context():
        add_user(EMAIL, "سمر", "writer", PASSWORD, OPERATOR)


def from_address(app, address: str):
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return client


def fail(client, email: str = EMAIL, times: int = 1) -> list[int]:
    token = token_in(client.get("/newsroom/sign-in").text)
    data = {"email": email, "password": "", "csrf_token": token}
    return [client.post("/newsroom/sign-in", data=data).status_code for _ in range(times)]


def test_the_right_password_after_too_many_wrong_ones_has_to_wait(app):
    with time_machine.travel(1_774_000_000, tick=False) as clock:
        client = from_address(app, "192.0.2.1")
        assert fail(client, times=PAIR.times) == [422] * PAIR.times
        held = sign_in(client)
        assert held.status_code == 429
        assert 0 < int(held.headers["Retry-After"]) <= PAIR.within.total_seconds() + 1
        assert "طلبات كثيرة" in held.text
        # However often somebody knocks meanwhile.
        assert set(fail(client, times=5)) == {429}
        clock.shift(PAIR.within + timedelta(seconds=2))
        assert sign_in(client).status_code == 303


def test_strangers_elsewhere_do_not_hold_up_who_comes_from_a_known_address(app):
    home = from_address(app, "192.0.2.7")
    assert sign_in(home).status_code == 303
    tried = 0
    for n in range(1, 40):
        tried += fail(from_address(app, f"198.51.100.{n}"), times=4).count(422)
    assert tried == ACCOUNT.times
    assert sign_in(from_address(app, "203.0.113.9")).status_code == 429
    assert sign_in(from_address(app, "192.0.2.7")).status_code == 303


def test_one_address_cannot_try_many_accounts(app):
    client = from_address(app, "192.0.2.2")
    got = [fail(client, f"p{n}@khabarayn.example")[0] for n in range(ADDRESS.times + 1)]
    assert got == [422] * ADDRESS.times + [429]


def test_one_household_of_the_new_internet_is_one_address(app):
    got = [
        fail(from_address(app, f"2001:db8:1:2::{n:x}"), f"p{n}@khabarayn.example")[0]
        for n in range(1, ADDRESS.times + 2)
    ]
    assert got[-1] == 429


def test_being_right_is_no_try(app):
    client = from_address(app, "192.0.2.3")
    for _ in range(PAIR.times + 2):
        assert sign_in(client).status_code == 303
        page = client.get("/newsroom/").text
        client.post("/newsroom/sign-out", data={"csrf_token": token_in(page)})
    with app.app_context():
        assert db.session.query(AttemptRow).count() == 0


def test_of_a_try_nothing_readable_is_kept_and_nothing_longer_than_a_day(app):
    with time_machine.travel(1_774_000_000, tick=False) as clock:
        fail(from_address(app, "192.0.2.4"))
        with app.app_context():
            kept = repr([vars(row) for row in db.session.query(AttemptRow)])
            assert "192.0.2" not in kept and "samar" not in kept
        clock.shift(timedelta(hours=24, seconds=1))
        with app.app_context():
            assert prune_attempts() == 3
