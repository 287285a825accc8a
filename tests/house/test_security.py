"""The table of `docs/security.md` names tests that are there, and a few proofs of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from factories.user import user

from khabarayn.desk.people.passwords import fits, hash_password
from khabarayn.store.db import db

pytestmark = pytest.mark.trust
TESTS = Path(__file__).resolve().parents[1]
TABLE = (TESTS.parent / "docs" / "security.md").read_text("utf-8")
ROW = re.compile(r"^\| (V[\d.]+(?:, V[\d.]+)*) \| ([^|]+) \| ([^|]+) \|$", re.M)
ROWS = ROW.findall(TABLE)
# Levels 1 and 2 of ASVS 5.0.0.
REQUIREMENTS = 253


def numbers(kind: str) -> int:
    """How many requirements have an outcome of this ``kind``; of tests where it is empty."""
    kinds = ("not in scope: ", "waived: ", "open: ")
    return sum(
        len(ids.split(", "))
        for ids, _words, outcome in ROWS
        if (outcome.startswith(kind) if kind else not outcome.startswith(kinds))
    )


def test_every_requirement_has_one_row():
    named = [name for ids, _words, _outcome in ROWS for name in ids.split(", ")]
    assert len(named) == len(set(named)) == REQUIREMENTS


def test_every_test_that_the_table_names_is_there():
    lacking = []
    for ids, _words, outcome in ROWS:
        for place in re.findall(r"`([\w/]+\.py(?:::\w+)?)`", outcome):
            file, _, name = place.partition("::")
            if file.startswith("media/child"):
                continue
            path = TESTS / file
            text = path.read_text("utf-8") if path.is_file() else ""
            if not re.search(rf"^def {name or 'test_'}", text, re.M):
                lacking.append(f"{ids}: {place}")
    assert lacking == []


def test_a_row_says_what_proves_it_or_why_nothing_does():
    for ids, words, outcome in ROWS:
        assert words.strip(), ids
        proven = re.search(r"`[\w/]+\.py", outcome)
        assert proven or outcome.startswith(("not in scope: ", "waived: ", "open: ")), ids


def test_the_figures_above_the_table_are_those_of_the_table():
    told = re.search(r"(\d+) by tests, (\d+) waived, (\d+) open, (\d+) not in scope", TABLE)
    assert told
    kinds = ("", "waived: ", "open: ", "not in scope: ")
    assert [int(number) for number in told.groups()] == [numbers(kind) for kind in kinds]


@pytest.mark.parametrize("path", ["/", "/newsroom/", "/static/none.css", "/healthz"])
def test_trace_is_not_answered(client, path):
    answer = client.open(path, method="TRACE", headers={"Cookie": "secret=1"})
    assert answer.status_code in {401, 404, 405}
    assert "secret" not in answer.text


@pytest.mark.usefixtures("app_context")
def test_a_password_of_any_letters_is_taken_as_typed_and_kept_as_argon2id():
    typed = " قمرٌ فوق واحةٍ " + "طويلة جدًّا 🌙 " * 10
    row = user(password=hash_password(typed))
    db.session.commit()
    assert row.password.startswith("$argon2id$")
    assert fits(row.password, typed)
    assert not fits(row.password, typed.strip())
    assert not fits(row.password, typed[:72])
